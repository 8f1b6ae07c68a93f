#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/disk.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace rocksdb {
class RandomRWFile;
}  // namespace rocksdb

namespace solnoma {

/// The small files of a store, beside its database.

/// FORMAT makes a directory a store: "solnoma store, format 1\n".
/// Errors: unavailable (no store there), unsupported (a newer format), corrupt, io.
[[nodiscard]] Result<int> read_format(const Disk& disk, const std::string& directory);
/// By rename, so that it is there whole or not at all; on disk on return. Errors: io.
[[nodiscard]] Result<void> write_format(const Disk& disk, const std::string& directory);

/// Makes the directory of a new store and in it that of its database, if they are missing.
/// Errors: conflict when a store, or anything that is none of one, is there; unavailable.
[[nodiscard]] Result<void> make_room_for_store(const Disk& disk, const std::string& directory,
                                               std::string_view database);

/// ACKNOWLEDGED holds the position of the newest event that was acknowledged. It is written
/// after the event is safe and is not synced itself: a lower bound, by which a log that
/// lost its end to damage is told from one that ends there. One writer at a time.
class Acknowledged {
 public:
  Acknowledged(Disk disk, const std::string& directory);
  ~Acknowledged();

  /// 0 when the file is missing or cannot be read as such.
  [[nodiscard]] static Position read(const Disk& disk, const std::string& directory);

  /// Makes ready to write, where the file is there. Errors: unavailable where it leads elsewhere.
  [[nodiscard]] Result<void> open();
  /// About a microsecond. What fails is left: the bound stays lower.
  void write(Position position);

  /// For error messages.
  [[nodiscard]] static std::string path(const std::string& directory);

 private:
  Disk disk_;
  std::string path_;
  std::unique_ptr<rocksdb::RandomRWFile> file_;  // opened with the first write
  bool failed_ = false;
};

}  // namespace solnoma
