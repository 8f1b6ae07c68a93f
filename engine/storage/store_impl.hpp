#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/guarded_files.hpp"
#include "engine/storage/rocks.hpp"
#include "engine/storage/store.hpp"
#include "engine/storage/store_files.hpp"

namespace solnoma {

/// Between store.cpp, store_twin.cpp, store_cursor.cpp and store_batch.cpp. No other file includes
/// this one.

/// Where in the directory of a store its database is, the files of a batch that is made, and what
/// is put down meanwhile.
inline constexpr std::string_view kDatabase = "db";
inline constexpr std::string_view kBatch = "batch";
inline constexpr std::string_view kScratch = "scratch";

/// An open database. A reader may have a newer one when it catches up: cursors keep
/// theirs.
struct Database {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  bool follows = false;       // a secondary instance, which can catch up
  std::string manifest = {};  // the list of files that it was opened with

  ~Database() {
    if (!db) return;
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
    (void)db->Close();
  }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Family family) const {
    return handles[static_cast<std::size_t>(family)];
  }
};

struct Store::Impl {
  Disk disk;
  std::string directory;
  Access access;
  LogReads log_reads;
  std::unique_ptr<rocksdb::Env> env;  // the disk, for the database
  std::atomic<std::size_t> unflushed_bytes = 0;
  std::string identity;  // of the database, as a reader opened it; empty: it does not say
  Position acknowledged_before;
  Acknowledged acknowledged;

  Impl(Disk d, std::string dir, Access a);

  [[nodiscard]] std::shared_ptr<Database> database() const {
    const std::lock_guard lock(mutex_);
    return database_;
  }
  [[nodiscard]] std::string path() const;

  [[nodiscard]] Result<void> check(const rocksdb::Status& status) const;
  /// The same of one family: what derives from the log can be derived again.
  [[nodiscard]] Result<void> check(const rocksdb::Status& status, Family family) const;

  /// Readers. Errors: unavailable where the store was replaced or taken away since; io.
  [[nodiscard]] Result<void> check_is_the_same() const;

  /// For writing; and for reading, as the files are now. Strict: a file that is missing or
  /// damaged is an error.
  rocksdb::Status open_as_it_is();
  /// To follow the writer.
  rocksdb::Status open_to_follow(const std::string& manifest);

  /// Repeats what reads the list of files and then the files until both are of one moment:
  /// a write-ahead log that was deleted in between leaves a hole in what was read, but
  /// changes the list before it goes. Errors: those of `read`; io when there is no end.
  template <class Read>
  Result<void> steadily(const Read& read);

 private:
  /// Opens by `how`, which gets a database to fill.
  template <class How>
  rocksdb::Status open(const How& how);
  void use(std::shared_ptr<Database> database) {
    const std::lock_guard lock(mutex_);
    database_ = std::move(database);
  }

  mutable std::mutex mutex_;
  std::shared_ptr<Database> database_;
};

class BatchFiles;

struct Store::Batch::Impl {
  std::shared_ptr<Database> database;
  Store::Impl* large = nullptr;  // the store, where it may become larger than memory
  rocksdb::WriteBatch batch;
  std::unique_ptr<BatchFiles> files;  // then takes the place of `batch`

  Impl(std::shared_ptr<Database> d, Store::Impl* l);
  ~Impl();
  /// Moves what was added so far into files.
  void spill();
};

[[nodiscard]] inline rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

[[nodiscard]] inline rocksdb::ReadOptions read_options() {
  rocksdb::ReadOptions options;
  // No whole ranges are ever deleted. RocksDB 7.8, on the look-out for such, loses the error of a
  // file that it cannot read when it comes to that one from the one beside it.
  options.ignore_range_deletions = true;
  return options;
}

}  // namespace solnoma
