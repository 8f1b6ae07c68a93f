#include "engine/store.hpp"

#include <fmt/format.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/check.hpp"
#include "engine/guarded_files.hpp"
#include "engine/rocks.hpp"
#include "engine/store_files.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kDatabase = "db";

// Beside a busy writer a file may go between being listed and being opened.
constexpr int kTries = 20;
// Where nothing was changed meanwhile, damage is no passing moment.
constexpr int kTriesOfDamage = 3;
constexpr std::chrono::milliseconds kRetryAfter{5};

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}
std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}
rocksdb::ReadOptions read_options() {
  rocksdb::ReadOptions options;
  // No whole ranges are ever deleted. RocksDB 7.8, on the look-out for such, loses the error of a
  // file that it cannot read when it comes to that one from the one beside it.
  options.ignore_range_deletions = true;
  return options;
}
std::string database_of(const std::string& directory) {
  return fmt::format("{}/{}", directory, kDatabase);
}

}  // namespace

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
  Position acknowledged_before;
  Acknowledged acknowledged;

  Impl(Disk d, std::string dir, Access a)
      : disk(std::move(d)),
        directory(std::move(dir)),
        access(a),
        env(rocksdb::NewCompositeEnv(with_guarded_files(disk.env()->GetFileSystem(), log_reads))),
        acknowledged(disk, directory) {}

  [[nodiscard]] std::shared_ptr<Database> database() const {
    const std::lock_guard lock(mutex_);
    return database_;
  }
  void use(std::shared_ptr<Database> database) {
    const std::lock_guard lock(mutex_);
    database_ = std::move(database);
  }

  [[nodiscard]] std::string path() const { return database_of(directory); }
  [[nodiscard]] Result<void> check(const rocksdb::Status& status) const {
    if (status.ok()) return {};
    return failure(status, directory);
  }
  /// The same of one family: what derives from the log can be derived again.
  [[nodiscard]] Result<void> check(const rocksdb::Status& status, Family family) const {
    auto result = check(status);
    if (result || result.error().code != Errc::corrupt || family == Family::log) return result;
    return fail(
        Errc::damaged_index,
        fmt::format("the index of the store {} is damaged: {}", directory, status.ToString()),
        "run 'solnoma rebuild'");
  }

  /// Opens by `how`, which gets a database to fill.
  template <class How>
  rocksdb::Status open(const How& how) {
    auto database = std::make_shared<Database>();
    rocksdb::DB* db = nullptr;
    log_reads.failed = false;
    const auto status = how(*database, &db);
    if (!status.ok()) return status;
    database->db.reset(db);
    if (log_reads.failed) return unread_log();
    use(std::move(database));
    return status;
  }

  /// Repeats what reads the list of files and then the files until both are of one moment:
  /// a write-ahead log that was deleted in between leaves a hole in what was read, but
  /// changes the list before it goes. Errors: those of `read`; io when there is no end.
  template <class Read>
  Result<void> steadily(const Read& read) {
    Result<void> result;
    for (int i = 0; i < kTries; ++i) {
      const auto before = manifest_state(disk.env(), path());
      const rocksdb::Status status = read(before ? *before : std::string());
      const auto after = manifest_state(disk.env(), path());
      result = check(status);
      const bool steady = before && after && *before == *after;
      if (result && steady) return {};
      if (result && !after) result = std::unexpected(after.error());
      const bool may_pass =
          status.ok() || status.IsIOError() || status.IsCorruption() || status.IsTryAgain();
      if (!may_pass || (status.IsCorruption() && steady && i + 1 >= kTriesOfDamage)) return result;
      if (!result) std::this_thread::sleep_for(kRetryAfter);
    }
    if (!result) return result;
    return fail(Errc::io, fmt::format("the store {} changes too fast to be read", directory),
                "try again");
  }

  /// As the files are now. Strict: a file that is missing or damaged is an error.
  rocksdb::Status open_as_it_is() {
    return open([&](Database& database, rocksdb::DB** db) {
      return rocksdb::DB::OpenForReadOnly(database_options(env.get(), access), path(),
                                          family_descriptors(access), &database.handles, db);
    });
  }

  /// To follow the writer. A secondary instance leaves out what it cannot read, and would
  /// answer without it: the strict way goes first.
  rocksdb::Status open_to_follow(const std::string& manifest) {
    if (auto status = open_as_it_is(); !status.ok()) return status;
    // Nothing is written to the second path, since the options name a logger.
    return open([&](Database& database, rocksdb::DB** db) {
      database.follows = true;
      database.manifest = manifest;
      return rocksdb::DB::OpenAsSecondary(database_options(env.get(), access), path(), path(),
                                          family_descriptors(access), &database.handles, db);
    });
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<Database> database_;
};

struct Store::Cursor::Impl {
  const Store::Impl* store;
  Family family;
  std::shared_ptr<Database> database;
  std::unique_ptr<rocksdb::Iterator> iterator;
  bool failed = false;  // a look-up that skips what it cannot read may still find something

  void looked_up() { failed = !iterator->status().ok(); }
};

struct Store::Batch::Impl {
  std::shared_ptr<Database> database;
  rocksdb::WriteBatch batch;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store::~Store() {
  // A later reader replays what is not in sorted files yet: do not leave it much.
  constexpr std::size_t kWorthFlushing = 4 << 20;
  if (impl_->unflushed_bytes > kWorthFlushing) (void)flush();
}

Result<void> Store::create(const Disk& disk, const std::string& directory) {
  if (auto ok = make_room_for_store(disk, directory, kDatabase); !ok) return ok;
  {
    auto options = database_options(disk.env(), Access::write);
    options.create_if_missing = true;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(options, database_of(directory),
                                          family_descriptors(Access::write), &handles, &db);
    if (!status.ok()) return failure(status, directory);
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
    delete db;
  }
  return write_format(disk, directory);  // without that file there is no store
}

Result<std::unique_ptr<Store>> Store::open(const Disk& disk, const std::string& directory,
                                           Access access) {
  const auto format = read_format(disk, directory);
  if (!format) return std::unexpected(format.error());

  auto impl = std::make_unique<Impl>(disk, directory, access);
  // Before the log, which a writer beside a reader may lengthen meanwhile.
  impl->acknowledged_before = Acknowledged::read(disk, directory);
  if (access == Access::write) {
    const auto status = impl->open([&](Database& database, rocksdb::DB** db) {
      return rocksdb::DB::Open(database_options(impl->env.get(), access), impl->path(),
                               family_descriptors(access), &database.handles, db);
    });
    if (!status.ok()) return failure(status, directory);
  } else if (auto ok = impl->steadily([&](const std::string&) { return impl->open_as_it_is(); });
             !ok) {
    return std::unexpected(ok.error());
  }
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Result<std::optional<std::string>> Store::get(Family family, std::string_view key) const {
  const auto database = impl_->database();
  if (database->follows) {
    // What such a reader has in memory may be older than the files below it, and Get()
    // takes the first that it meets; a cursor goes by age.
    auto cursor = this->cursor(family);
    cursor.seek(key);
    if (cursor.valid() && cursor.key() == key)
      return std::optional<std::string>{std::string(cursor.value())};
    if (auto ok = cursor.status(); !ok) return std::unexpected(ok.error());
    return std::optional<std::string>{};
  }
  std::string value;
  const auto status =
      database->db->Get(read_options(), database->handle(family), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>{};
  if (auto ok = impl_->check(status, family); !ok) return std::unexpected(ok.error());
  return std::optional<std::string>{std::move(value)};
}

Store::Cursor Store::cursor(Family family, bool scan) const {
  rocksdb::ReadOptions options = read_options();
  options.fill_cache = !scan;  // it reads ahead by itself where reads follow each other
  auto impl = std::make_unique<Cursor::Impl>();
  impl->store = impl_.get();
  impl->family = family;
  impl->database = impl_->database();
  impl->iterator.reset(impl->database->db->NewIterator(options, impl->database->handle(family)));
  return Cursor(std::move(impl));
}

Store::Batch Store::batch() const {
  auto impl = std::make_unique<Batch::Impl>();
  impl->database = impl_->database();
  return Batch(std::move(impl));
}

Result<void> Store::write(Batch& batch, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  impl_->unflushed_bytes += batch.bytes();
  return impl_->check(impl_->database()->db->Write(options, &batch.impl_->batch));
}

Result<void> Store::catch_up() {
  // While the files stay what they are, only the end of the write-ahead log is read. Where
  // they changed, all is opened anew: a secondary instance keeps in memory what has meanwhile
  // gone into files, and would find that newer than what compaction made of it there.
  return impl_->steadily([&](const std::string& manifest) {
    const auto database = impl_->database();
    const bool same_files = database->follows && database->manifest == manifest;
    if (!same_files) return impl_->open_to_follow(manifest);
    impl_->log_reads.failed = false;
    const auto status = database->db->TryCatchUpWithPrimary();
    if (status.ok() && impl_->log_reads.failed) return rocksdb::Status(unread_log());
    return status;
  });
}

Result<void> Store::clear(Family family, std::string_view prefix) {
  // Key by key: below the tombstone of a whole range, a reader beside us would not look
  // for what is put there afterwards.
  constexpr std::size_t kBatchBytes = 1 << 20;
  const auto database = impl_->database();
  rocksdb::WriteBatch batch;
  auto cursor = this->cursor(family, /*scan=*/true);
  for (cursor.seek(prefix); cursor.valid() && cursor.key().starts_with(prefix); cursor.next()) {
    auto status = batch.Delete(database->handle(family), slice(cursor.key()));
    if (status.ok() && batch.GetDataSize() > kBatchBytes) {
      status = database->db->Write({}, &batch);
      batch.Clear();
    }
    if (!status.ok()) return impl_->check(status);
  }
  if (auto ok = cursor.status(); !ok) return ok;
  return impl_->check(database->db->Write({}, &batch));
}

Result<void> Store::drop(Family family) {
  SOLNOMA_CHECK(family != Family::meta && family != Family::log);
  const auto database = impl_->database();
  auto*& handle = database->handles[static_cast<std::size_t>(family)];
  const auto descriptor = family_descriptors(impl_->access)[static_cast<std::size_t>(family)];
  rocksdb::ColumnFamilyHandle* empty = nullptr;
  auto status = database->db->DropColumnFamily(handle);
  if (status.ok())
    status = database->db->CreateColumnFamily(descriptor.options, descriptor.name, &empty);
  if (!status.ok()) return impl_->check(status);
  database->db->DestroyColumnFamilyHandle(handle);
  handle = empty;
  return {};
}

Position Store::acknowledged() const {
  return impl_->acknowledged_before;
}

void Store::acknowledge(Position position) {
  impl_->acknowledged.write(position);
}

Result<void> Store::flush() {
  const auto database = impl_->database();
  auto result = impl_->check(database->db->Flush({}, database->handles));
  if (result) impl_->unflushed_bytes = 0;
  return result;
}

Result<void> Store::flush_beside(Family family) {
  rocksdb::FlushOptions options;
  options.wait = false;
  options.allow_write_stall = true;  // the next write waits where the disk does not keep up
  const auto database = impl_->database();
  return impl_->check(database->db->Flush(options, database->handle(family)));
}

Result<void> Store::verify_checksums() const {
  const auto status = impl_->database()->db->VerifyChecksum();
  // A reader holds open the files that it needs; the writer may have replaced them by name.
  if (impl_->access == Access::read && status.IsPathNotFound()) return {};
  return impl_->check(status);
}

Store::Cursor::Cursor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Cursor::~Cursor() = default;
Store::Cursor::Cursor(Cursor&&) noexcept = default;
void Store::Cursor::seek(std::string_view key) {
  impl_->iterator->Seek(slice(key));
  impl_->looked_up();
}
void Store::Cursor::seek_backward(std::string_view key) {
  impl_->iterator->SeekForPrev(slice(key));
  impl_->looked_up();
}
void Store::Cursor::to_last() {
  impl_->iterator->SeekToLast();
  impl_->looked_up();
}
void Store::Cursor::next() {
  impl_->iterator->Next();
}
void Store::Cursor::previous() {
  impl_->iterator->Prev();
}
bool Store::Cursor::valid() const {
  return !impl_->failed && impl_->iterator->Valid();
}
Result<void> Store::Cursor::status() const {
  return impl_->store->check(impl_->iterator->status(), impl_->family);
}
std::string_view Store::Cursor::key() const {
  return view(impl_->iterator->key());
}
std::string_view Store::Cursor::value() const {
  return view(impl_->iterator->value());
}

Store::Batch::Batch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Batch::~Batch() = default;
Store::Batch::Batch(Batch&&) noexcept = default;
Store::Batch& Store::Batch::operator=(Batch&&) noexcept = default;
void Store::Batch::put(Family family, std::string_view key, std::string_view value) {
  const auto status = impl_->batch.Put(impl_->database->handle(family), slice(key), slice(value));
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::remove(Family family, std::string_view key) {
  const auto status = impl_->batch.Delete(impl_->database->handle(family), slice(key));
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::append(Family family, std::string_view key, std::size_t at,
                          std::string_view bytes) {
  const std::string header = piece_header(at);
  const std::array parts{slice(header), slice(bytes)};
  const rocksdb::Slice whole = slice(key);
  const auto status = impl_->batch.Merge(impl_->database->handle(family), {&whole, 1},
                                         {parts.data(), static_cast<int>(parts.size())});
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::clear() {
  impl_->batch.Clear();
}
bool Store::Batch::empty() const {
  return impl_->batch.Count() == 0;
}
std::size_t Store::Batch::bytes() const {
  return impl_->batch.GetDataSize();
}

}  // namespace solnoma
