#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// The files of a ZIP archive in memory; minizip reads them. One thread at a time.
class ZipArchive {
 public:
  /// `bytes` outlive it. Errors: invalid, when it is broken or encrypted.
  [[nodiscard]] static Result<ZipArchive> open(std::string_view bytes);

  /// How much the archive says it unpacks to, by its directory. No more comes out.
  [[nodiscard]] std::uint64_t unpacked_size() const { return unpacked_size_; }
  [[nodiscard]] bool has(const std::string& name) const { return files_.contains(name); }

  /// Unpacks a file piece by piece. Memory: one piece. Errors: those of `take`, which end it;
  /// invalid, when the archive has no such file or it is broken.
  [[nodiscard]] Result<void> unpack(
      const std::string& name, const std::function<Result<void>(std::string_view)>& take) const;

 private:
  struct Handle;
  struct Place {
    std::uint64_t directory, number;
  };
  ZipArchive() = default;

  std::shared_ptr<Handle> handle_;
  std::map<std::string, Place> files_;
  std::uint64_t unpacked_size_ = 0;
};

}  // namespace solnoma
