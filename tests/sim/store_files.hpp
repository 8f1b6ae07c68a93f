#pragma once

#include <doctest/doctest.h>
#include <rocksdb/env.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "engine/disk.hpp"
#include "tests/sim/story.hpp"

namespace solnoma::sim {

/// The files of a store by their paths within it, to be damaged one by one.
using Files = std::map<std::string, std::string>;

/// Of the store at `directory`.
[[nodiscard]] inline Files files_of(const std::string& directory) {
  Files files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), directory).string()] =
        std::string((std::istreambuf_iterator<char>(in)), {});
  }
  return files;
}

/// A disk in memory with a store of these files at kStore.
[[nodiscard]] inline Disk disk_of(const Files& files) {
  Disk disk = Disk::memory();
  REQUIRE(disk.env()->CreateDirIfMissing(kStore).ok());
  REQUIRE(disk.env()->CreateDirIfMissing(std::string(kStore) + "/db").ok());
  for (const auto& [name, bytes] : files)
    REQUIRE(rocksdb::WriteStringToFile(disk.env(), bytes, kStore + ("/" + name)).ok());
  return disk;
}

[[nodiscard]] inline std::size_t bits_of(const Files& files) {
  std::size_t bytes = 0;
  for (const auto& [name, content] : files) bytes += content.size();
  return bytes * 8;
}

/// Turns over a bit, counted through all files; the name of the file.
inline std::string flip(Files& files, std::size_t bit) {
  for (auto& [name, bytes] : files) {
    if (bit < bytes.size() * 8) {
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
      return name;
    }
    bit -= bytes.size() * 8;
  }
  return {};
}

/// A store that has sorted files of every family, and a write-ahead log.
inline void make_store(const std::string& directory, std::uint64_t flushed, std::uint64_t all) {
  test::TestJournal t(Disk::real(), directory, kLayoutOfStory);
  const auto grow = [&](std::uint64_t to) {
    while (t.log().head().value < to) t.record(batch_after(t.log().head().value));
  };
  grow(flushed);
  REQUIRE(t.bare()->flush());
  t.reopen();
  grow(all);
}

}  // namespace solnoma::sim
