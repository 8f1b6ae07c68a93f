#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/disk.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Keys and values on disk, in byte order, for what can be made again: nothing is synced. After a
/// crash it holds what some beginning of the writes has left. One process at a time has it open.
/// Thread-safe.
class KeyValues {
 public:
  struct Change {
    std::string_view key;
    std::optional<std::string_view> value;  ///< nullopt: the key is taken out
  };

  /// Opens what stands in the directory, which is made where it is missing, and its parent.
  /// Errors: unavailable (in use, not permitted), damaged_index, io.
  [[nodiscard]] static Result<KeyValues> open(const Disk& disk, const std::string& directory);
  /// Takes away all that open() made. Nobody has it open. Errors: unavailable (in use), io.
  [[nodiscard]] static Result<void> destroy(const Disk& disk, const std::string& directory);

  KeyValues(KeyValues&&) noexcept;
  KeyValues& operator=(KeyValues&&) noexcept;
  ~KeyValues();

  /// Errors: damaged_index, io.
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const;
  /// Those that begin with `prefix`, until `visit` returns false. Errors: damaged_index, io.
  [[nodiscard]] Result<void> each(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  /// All or nothing. Errors: io.
  [[nodiscard]] Result<void> write(std::span<const Change> changes);

 private:
  struct Impl;
  explicit KeyValues(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
