#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/disk.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// What the files of a database still hold, whether or not it can be opened: sorted files and
/// write-ahead logs are read one by one, without the list that says which of them are in force, and
/// what is damaged in them is passed over. Nothing is written. Keys are those of a store: what is a
/// block of the log, a name or a node of the tree is known by its shape. One thread at a time.
class DamagedFiles {
 public:
  /// What a file says of a value: some bytes of it, and where they belong.
  struct Part {
    std::size_t at;
    std::string bytes;
  };
  /// Keys that are a prefix and a big-endian number.
  struct Numbered {
    std::string prefix;
    std::size_t width;        ///< bytes of the number
    std::string_view family;  ///< in which they stand, as RocksDB calls it
    std::uint64_t most;       ///< what is greater is another key, which looks the same
  };

  /// `directory`: that of the store. Errors: unavailable where it has no database.
  [[nodiscard]] static Result<DamagedFiles> open(const Disk& disk, const std::string& directory);
  ~DamagedFiles();
  DamagedFiles(DamagedFiles&&) noexcept;

  /// Visits the keys of which any file has something, in their order, with all that the files say
  /// of their values. Memory: some of the files' blocks, and the write-ahead logs. Errors: those of
  /// `visit`.
  using Visit = std::function<Result<void>(std::uint64_t number, std::span<const Part> parts)>;
  [[nodiscard]] Result<void> each(const Numbered& keys, const Visit& visit) const;

 private:
  struct Impl;
  explicit DamagedFiles(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
