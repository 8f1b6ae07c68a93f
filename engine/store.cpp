#include "engine/store.hpp"

#include <fmt/format.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/check.hpp"
#include "engine/rocks.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kFormatFile = "/FORMAT";
constexpr std::string_view kNewFormatFile = "/FORMAT.new";
constexpr std::string_view kFormatLine = "solnoma store, format ";
constexpr std::string_view kDatabase = "/db";

// Beside a busy writer a file may go between being listed and being opened.
constexpr int kTries = 20;
constexpr std::chrono::milliseconds kRetryAfter{5};

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}
std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

/// What was made or renamed in `directory` outlives a power failure.
rocksdb::Status sync_directory(rocksdb::Env* env, const std::string& directory) {
  std::unique_ptr<rocksdb::Directory> opened;
  auto status = env->NewDirectory(directory, &opened);
  if (status.ok()) status = opened->Fsync();
  return status;
}

std::string parent_of(const std::string& directory) {
  const std::filesystem::path path(directory);
  const auto parent = (path.has_filename() ? path : path.parent_path()).parent_path();
  return parent.empty() ? "." : parent.string();
}

Result<int> read_format(rocksdb::Env* env, const std::string& directory) {
  std::string text;
  const auto status = rocksdb::ReadFileToString(env, directory + std::string(kFormatFile), &text);
  if (!status.ok()) {
    if (env->FileExists(directory + std::string(kFormatFile)).ok())
      return failure(status, directory);
    std::vector<std::string> children;
    if (!env->GetChildren(directory, &children).ok())
      return fail(Errc::unavailable, fmt::format("there is no store at {}", directory),
                  "make one with 'solnoma init', or name another with --store");
    return fail(Errc::unavailable, fmt::format("{} is not a solnoma store", directory),
                "name another directory with --store");
  }
  int format = 0;
  const std::string_view line = text;
  const char* const end = line.data() + line.size();
  const char* const digits = line.data() + std::min(line.size(), kFormatLine.size());
  const auto [rest, error] = std::from_chars(digits, end, format);
  if (!line.starts_with(kFormatLine) || error != std::errc{} || format < 1 ||
      (rest != end && *rest != '\n'))
    return fail(Errc::corrupt,
                fmt::format("the file {}{} is not as it was written", directory, kFormatFile),
                fmt::format("it must read '{}{}'", kFormatLine, kStoreFormat));
  if (format > kStoreFormat)
    return fail(Errc::unsupported,
                fmt::format("the store {} has format {}, this program knows {} and below",
                            directory, format, kStoreFormat),
                "use a newer solnoma");
  return format;
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
  std::atomic<std::size_t> unflushed_bytes = 0;

  Impl(Disk d, std::string dir, Access a)
      : disk(std::move(d)), directory(std::move(dir)), access(a) {}

  [[nodiscard]] std::shared_ptr<Database> database() const {
    const std::lock_guard lock(mutex_);
    return database_;
  }
  void use(std::shared_ptr<Database> database) {
    const std::lock_guard lock(mutex_);
    database_ = std::move(database);
  }

  [[nodiscard]] std::string path() const { return directory + std::string(kDatabase); }
  [[nodiscard]] Result<void> check(const rocksdb::Status& status) const {
    if (status.ok()) return {};
    return failure(status, directory);
  }

  /// Opens by `how`, which gets a database to fill.
  template <class How>
  rocksdb::Status open(const How& how) {
    auto database = std::make_shared<Database>();
    rocksdb::DB* db = nullptr;
    const auto status = how(*database, &db);
    if (!status.ok()) return status;
    database->db.reset(db);
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
      if (result && before && after && *before == *after) return {};
      if (result && !after) result = std::unexpected(after.error());
      const bool may_pass =
          status.ok() || status.IsIOError() || status.IsCorruption() || status.IsTryAgain();
      if (!may_pass) return result;
      if (!result) std::this_thread::sleep_for(kRetryAfter);
    }
    if (!result) return result;
    return fail(Errc::io, fmt::format("the store {} changes too fast to be read", directory),
                "try again");
  }

  /// As the files are now. Strict: a file that is missing or damaged is an error.
  rocksdb::Status open_as_it_is() {
    return open([&](Database& database, rocksdb::DB** db) {
      return rocksdb::DB::OpenForReadOnly(database_options(disk.env(), access), path(),
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
      return rocksdb::DB::OpenAsSecondary(database_options(disk.env(), access), path(), path(),
                                          family_descriptors(access), &database.handles, db);
    });
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<Database> database_;
};

struct Store::Cursor::Impl {
  const Store::Impl* store;
  std::shared_ptr<Database> database;
  std::unique_ptr<rocksdb::Iterator> iterator;
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
  rocksdb::Env* env = disk.env();
  std::vector<std::string> children;
  if (env->FileExists(directory + std::string(kFormatFile)).ok())
    return fail(Errc::conflict, fmt::format("there is a store at {} already", directory),
                "use it as it is, or name another directory with --store");
  if (env->GetChildren(directory, &children).ok()) {
    for (const auto& child : children)
      if (child != "." && child != ".." && child != kDatabase.substr(1) &&
          child != kNewFormatFile.substr(1))
        return fail(Errc::conflict, fmt::format("{} is not empty: it holds {}", directory, child),
                    "name an empty or a new directory with --store");
  } else if (env->FileExists(directory).ok()) {
    return fail(Errc::conflict, fmt::format("{} is a file", directory),
                "name a directory with --store");
  }
  auto status = env->CreateDirIfMissing(directory);
  if (status.ok()) status = env->CreateDirIfMissing(directory + std::string(kDatabase));
  if (!status.ok())
    return fail(Errc::unavailable,
                fmt::format("cannot make the directory {}: {}", directory, status.ToString()),
                "make its parent directory first, or name another with --store");
  {
    auto options = database_options(env, Access::write);
    options.create_if_missing = true;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    status = rocksdb::DB::Open(options, directory + std::string(kDatabase),
                               family_descriptors(Access::write), &handles, &db);
    if (!status.ok()) return failure(status, directory);
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
    delete db;
  }
  // The format file comes last and by rename: without it there is no store.
  const std::string temporary = directory + std::string(kNewFormatFile);
  status = rocksdb::WriteStringToFile(env, fmt::format("{}{}\n", kFormatLine, kStoreFormat),
                                      temporary, true);
  if (status.ok()) status = env->RenameFile(temporary, directory + std::string(kFormatFile));
  if (status.ok()) status = sync_directory(env, directory);
  if (status.ok()) status = sync_directory(env, parent_of(directory));
  if (!status.ok()) return failure(status, directory);
  return {};
}

Result<std::unique_ptr<Store>> Store::open(const Disk& disk, const std::string& directory,
                                           Access access) {
  const auto format = read_format(disk.env(), directory);
  if (!format) return std::unexpected(format.error());

  auto impl = std::make_unique<Impl>(disk, directory, access);
  if (access == Access::write) {
    const auto status = impl->open([&](Database& database, rocksdb::DB** db) {
      return rocksdb::DB::Open(database_options(disk.env(), access), impl->path(),
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
  const auto status = database->db->Get({}, database->handle(family), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>{};
  if (!status.ok()) return failure(status, impl_->directory);
  return std::optional<std::string>{std::move(value)};
}

Store::Cursor Store::cursor(Family family, bool scan) const {
  rocksdb::ReadOptions options;
  options.fill_cache = !scan;  // it reads ahead by itself where reads follow each other
  auto impl = std::make_unique<Cursor::Impl>();
  impl->store = impl_.get();
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
    return same_files ? database->db->TryCatchUpWithPrimary() : impl_->open_to_follow(manifest);
  });
}

Result<void> Store::clear(Family family) {
  // Key by key: below the tombstone of a whole range, a reader beside us would not look
  // for what is put there afterwards.
  constexpr std::size_t kBatchBytes = 1 << 20;
  const auto database = impl_->database();
  rocksdb::WriteBatch batch;
  auto cursor = this->cursor(family, /*scan=*/true);
  for (cursor.seek(""); cursor.valid(); cursor.next()) {
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

Result<void> Store::flush() {
  const auto database = impl_->database();
  auto result = impl_->check(database->db->Flush({}, database->handles));
  if (result) impl_->unflushed_bytes = 0;
  return result;
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
}
void Store::Cursor::seek_backward(std::string_view key) {
  impl_->iterator->SeekForPrev(slice(key));
}
void Store::Cursor::to_last() {
  impl_->iterator->SeekToLast();
}
void Store::Cursor::next() {
  impl_->iterator->Next();
}
void Store::Cursor::previous() {
  impl_->iterator->Prev();
}
bool Store::Cursor::valid() const {
  return impl_->iterator->Valid();
}
Result<void> Store::Cursor::status() const {
  return impl_->store->check(impl_->iterator->status());
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
