#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/disk.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/storage/families.hpp"

namespace solnoma {

enum class Access { read, write };

/// The format that this program writes. It reads this one and all before it.
inline constexpr int kStoreFormat = 1;

/// Ordered key-value storage on disk: its room is the sole user of RocksDB, whose types and
/// statuses do not leave it, but for the Env of a Disk. Thread-safe, but for cursors and batches,
/// which belong to one thread each.
class Store {
 public:
  class Cursor;
  class Batch;

  struct Entry {
    std::string_view key, value;
  };
  /// Makes an empty store in `directory`, which must be missing or empty; its family `meta` holds
  /// `notes` from the first moment on. Interrupted, it leaves no store, and may be run again.
  /// Errors: conflict when a store or anything else is there; io.
  [[nodiscard]] static Result<void> create(const Disk& disk, const std::string& directory,
                                           std::initializer_list<Entry> notes = {});

  /// One writer at a time; any number of readers beside it, in this process or another.
  /// A reader sees the store as of its opening or its last catch_up().
  /// Errors: unavailable (missing, not a store, in use, not permitted), unsupported
  /// (newer format), corrupt, io.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const Disk& disk,
                                                           const std::string& directory,
                                                           Access access);
  /// The one that it was opened on.
  [[nodiscard]] const Disk& disk() const;

  /// Writers: makes `name` in the directory of this store a store of the same content, in place of
  /// what is there, and gives its directory. The two have their files in common as hard links where
  /// the file system has such: what is written to one is not seen in the other. Errors: io.
  [[nodiscard]] Result<std::string> twin(std::string_view name) const;
  /// Takes away what is in the directory, as far as that can be done. Nobody may use it.
  static void remove(const Disk& disk, const std::string& directory);

  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Errors: corrupt (of the log), damaged_index (of any other family), io.
  [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key) const;

  /// `scan` leaves the cache alone: for long passes in key order.
  [[nodiscard]] Cursor cursor(Family family, bool scan = false) const;

  [[nodiscard]] Batch batch() const;
  /// One that may become larger than memory. What is more than some MB goes into files as it comes,
  /// which are taken in when it is written: then nothing of it may be removed, and what is appended
  /// to values comes in the order of their keys. One at a time; the store outlives it.
  [[nodiscard]] Batch large_batch() const;

  /// Where something may be put down while a batch is made. One at a time.
  [[nodiscard]] std::string scratch_path() const;

  /// All of the batch or nothing. With `sync` it is on disk on return.
  /// Errors: io; then the batch may yet survive a restart.
  [[nodiscard]] Result<void> write(Batch& batch, bool sync);

  /// Readers: sees what the writer has written since. Errors: io, corrupt, unavailable (replaced).
  [[nodiscard]] Result<void> catch_up();

  /// Takes out the keys that begin with `prefix`, not at once. Errors: as get().
  [[nodiscard]] Result<void> clear(Family family, std::string_view prefix = {});

  /// Empties a derived family that is damaged, without reading it. Nobody may use it meanwhile,
  /// and who follows in another process must open anew. Errors: io.
  [[nodiscard]] Result<void> drop(Family family);

  /// The newest position that was acknowledged before the store was opened, as far as is
  /// known: the log must reach up to there.
  [[nodiscard]] Position acknowledged() const;
  /// Writers: remembers that the events up to here are acknowledged. One thread at a time.
  void acknowledge(Position position);

  /// Moves what was written into sorted files. Errors: io.
  [[nodiscard]] Result<void> flush();

  /// How much was written since that was last done or begun, in bytes.
  [[nodiscard]] std::size_t unflushed() const;

  /// Begins to move what was written so far into a sorted file of each family, and does not wait
  /// for it. What is not written again stands in that file alone, and the write-ahead log goes: of
  /// all families, since one that is not moved keeps all of that. False where the disk does not
  /// keep up, and nothing can be begun now. Errors: io.
  [[nodiscard]] Result<bool> flush_beside();

  /// Checks every stored block against its checksum. A reader skips files that the writer has
  /// replaced meanwhile. Errors: corrupt (of the log), damaged_index (of any other
  /// family), io.
  [[nodiscard]] Result<void> verify_checksums() const;

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A place in one family. Views live until the cursor moves.
class Store::Cursor {
 public:
  ~Cursor();
  Cursor(Cursor&&) noexcept;

  void seek(std::string_view key);           ///< to the first key not before `key`
  void seek_backward(std::string_view key);  ///< to the last key not after `key`
  void to_last();
  void next();
  void previous();

  [[nodiscard]] bool valid() const;  ///< false at the end and after an error
  [[nodiscard]] Result<void> status() const;
  [[nodiscard]] std::string_view key() const;
  [[nodiscard]] std::string_view value() const;

 private:
  friend class Store;
  struct Impl;
  explicit Cursor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Changes that go in together.
class Store::Batch {
 public:
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;

  void put(Family family, std::string_view key, std::string_view value);
  void remove(Family family, std::string_view key);
  /// Adds bytes to the end of the value, which is `at` bytes long, without reading it.
  /// Where the value already goes further, nothing changes: appending twice is harmless.
  void append(Family family, std::string_view key, std::size_t at, std::string_view bytes);

  void clear();
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class Store;
  struct Impl;
  explicit Batch(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
