// What is packed is unpacked, but for bombs.

#include "tools/import/standards/unpacked.hpp"

#include <zlib.h>

#include "tests/tools/import/standards/read_all.hpp"

namespace solnoma::test {
namespace {

std::string packed(const std::string& text) {
  z_stream stream{};
  constexpr int kGzip = 16 + MAX_WBITS;
  REQUIRE(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) ==
          Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

/// Its content, or what is wrong with it.
std::string unpacked(const std::string& gzip) {
  const auto content = plain_content(FileContent::of_text("x.gz", gzip));
  return content ? std::string(content->bytes()) : content.error().what;
}

}  // namespace

TEST_CASE("a gzip file is unpacked, whatever its size, and also where it has several members") {
  for (const std::size_t size : {0UL, 1UL, 262144UL, 262145UL, 1000000UL, 9UL << 20}) {
    std::string text(size, 'x');
    for (std::size_t i = 0; i < size; i += 7) text[i] = static_cast<char>('a' + i % 26);
    CHECK(unpacked(packed(text)) == text);
    CHECK(unpacked(packed(text) + packed("end")) == text + "end");
  }
}

TEST_CASE("a gzip file that is cut off or damaged is refused") {
  const std::string whole = packed(std::string(5000, 'x') + "end");
  for (const std::size_t size : {3UL, 10UL, 12UL, whole.size() - 1}) {
    CHECK(unpacked(whole.substr(0, size)) == "the gzip file is damaged or cut off");
  }
  std::string damaged = whole;
  damaged[damaged.size() - 6] ^= 1;  // of its checksum
  CHECK(unpacked(damaged) == "the gzip file is damaged or cut off");
}

TEST_CASE("a bomb is refused before it is unpacked whole") {
  CHECK(unpacked(packed(std::string(100 << 20, '\0'))) ==
        "it unpacks to more than 19 MiB, far more than its size");
}

TEST_CASE("the beginning of a packed file can be had alone") {
  CHECK(unpacked_beginning(packed("abcdef"), 3) == "abc");
  CHECK(unpacked_beginning(packed("abcdef"), 9) == "abcdef");
}

}  // namespace solnoma::test
