// What is imported is a copy, whole and unchanged.

#include "tools/import/file_content.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace solnoma {
namespace {

std::string write(const std::string& name, const std::string& text) {
  const std::string path = std::filesystem::temp_directory_path() / name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

}  // namespace

TEST_CASE("a file is read whole, small or large, and zero bytes follow it") {
  for (const std::size_t size : {0UL, 1UL, 4096UL, 16UL << 20, (16UL << 20) + 1, 20UL << 20}) {
    std::string text(size, 'x');
    for (std::size_t i = 0; i < size; i += 997) text[i] = static_cast<char>('a' + i % 26);
    const std::string path = write("solnoma_file_content", text);
    auto content = FileContent::of(path);
    REQUIRE(content);
    const FileContent moved = std::move(*content);
    CHECK(moved.bytes() == text);
    CHECK(moved.bytes().data()[size] == '\0');
    CHECK(moved.bytes().data()[size + FileContent::kPadding - 1] == '\0');
    std::filesystem::remove(path);
    CHECK(moved.bytes() == text);  // a copy
  }
}

TEST_CASE("the hash of a file is its SHA-256") {
  // FIPS 180-4's own example.
  CHECK(to_hex(FileContent::of_text("x", "abc").sha256()) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("what is no file is refused by name") {
  const auto missing = FileContent::of("/nowhere/at.all");
  REQUIRE(!missing);
  CHECK(missing.error().what == "cannot read /nowhere/at.all: No such file or directory");
  const auto directory = FileContent::of("/");
  REQUIRE(!directory);
  CHECK(directory.error().what == "/ is a directory");
}

}  // namespace solnoma
