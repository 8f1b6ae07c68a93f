#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/disk.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Bytes that would be too many for memory until they are needed: put down beside a store, read
/// once in their order, and gone with this. Never synced. One thread at a time.
class Scratch {
 public:
  /// `path`: of the file, which add() makes anew. Errors of all: io.
  Scratch(Disk disk, std::string path);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] Result<void> add(std::string_view bytes);
  /// Reads the next `size` bytes to `to`. After the first call nothing is added.
  [[nodiscard]] Result<void> read(char* to, std::size_t size);
  /// Begins anew, with nothing.
  void clear();

 private:
  struct Files;
  [[nodiscard]] std::unexpected<Error> no_room(const std::string& text) const;
  Disk disk_;
  std::string path_;
  std::unique_ptr<Files> files_;
};

}  // namespace solnoma
