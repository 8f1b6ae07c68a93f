#include "engine/storage/store.hpp"

#include <fmt/format.h>
#include <rocksdb/convenience.h>
#include <rocksdb/sst_file_reader.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/storage/batch_files.hpp"

namespace solnoma {
namespace {

// Beside a busy writer a file may go between being listed and being opened.
constexpr int kTries = 20;
// Where nothing was changed meanwhile, damage is no passing moment.
constexpr int kTriesOfDamage = 3;
constexpr std::chrono::milliseconds kRetryAfter{5};

std::string database_of(const std::string& directory) {
  return fmt::format("{}/{}", directory, kDatabase);
}

/// While it lives, a writer deletes no file that it does not need any more. A reader never does.
class KeptFiles {
 public:
  KeptFiles(rocksdb::DB& db, Access access) : db_(access == Access::write ? &db : nullptr) {
    if (db_) (void)db_->DisableFileDeletions();
  }
  ~KeptFiles() {
    if (db_) (void)db_->EnableFileDeletions(/*force=*/false);
  }
  KeptFiles(const KeptFiles&) = delete;
  KeptFiles& operator=(const KeptFiles&) = delete;

 private:
  rocksdb::DB* db_;
};

}  // namespace

Store::Impl::Impl(Disk d, std::string dir, Access a)
    : disk(std::move(d)),
      directory(std::move(dir)),
      access(a),
      env(rocksdb::NewCompositeEnv(with_guarded_files(disk.env()->GetFileSystem(), log_reads))),
      acknowledged(disk, directory) {}

std::string Store::Impl::path() const {
  return database_of(directory);
}

Result<void> Store::Impl::check(const rocksdb::Status& status) const {
  if (status.ok()) return {};
  return failure(status, directory);
}

Result<void> Store::Impl::check(const rocksdb::Status& status, Family family) const {
  auto result = check(status);
  if (result || result.error().code != Errc::corrupt || family == Family::log) return result;
  return fail(Errc::damaged_index,
              fmt::format("the index of the store {} is damaged: {}", directory, status.ToString()),
              Advice::derive_again);
}

template <class How>
rocksdb::Status Store::Impl::open(const How& how) {
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

template <class Read>
Result<void> Store::Impl::steadily(const Read& read) {
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

rocksdb::Status Store::Impl::open_as_it_is() {
  return open([&](Database& database, rocksdb::DB** db) {
    const auto options = database_options(env.get(), access);
    const auto families = family_descriptors(access);
    const std::string at = path();
    return in_rocksdb([&] {
      return access == Access::write
                 ? rocksdb::DB::Open(options, at, families, &database.handles, db)
                 : rocksdb::DB::OpenForReadOnly(options, at, families, &database.handles, db);
    });
  });
}

rocksdb::Status Store::Impl::open_to_follow(const std::string& manifest) {
  // A secondary instance leaves out what it cannot read, and would answer without it: the strict
  // way goes first.
  if (auto status = open_as_it_is(); !status.ok()) return status;
  // Nothing is written to the second path, since the options name a logger.
  return open([&](Database& database, rocksdb::DB** db) {
    database.follows = true;
    database.manifest = manifest;
    const auto options = database_options(env.get(), access);
    const auto families = family_descriptors(access);
    const std::string at = path();
    return in_rocksdb([&] {
      return rocksdb::DB::OpenAsSecondary(options, at, at, families, &database.handles, db);
    });
  });
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store::~Store() {
  // A later reader replays what is not in sorted files yet: do not leave it much.
  constexpr std::size_t kWorthFlushing = 4 << 20;
  if (impl_->unflushed_bytes > kWorthFlushing) (void)flush();
}

Result<void> Store::create(const Disk& disk, const std::string& directory,
                           std::initializer_list<Entry> notes) {
  if (auto ok = make_room_for_store(disk, directory, kDatabase); !ok) return ok;
  {
    LogReads reads;
    const auto env =
        rocksdb::NewCompositeEnv(with_guarded_files(disk.env()->GetFileSystem(), reads));
    auto options = database_options(env.get(), Access::write);
    options.create_if_missing = true;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    auto status = rocksdb::DB::Open(options, database_of(directory),
                                    family_descriptors(Access::write), &handles, &db);
    if (!status.ok()) return failure(status, directory);
    rocksdb::WriteOptions safely;
    safely.sync = true;
    for (const Entry& note : notes)
      if (status.ok())
        status = db->Put(safely, handles[static_cast<std::size_t>(Family::meta)], slice(note.key),
                         slice(note.value));
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
    delete db;
    if (!status.ok()) return failure(status, directory);
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
    if (const auto status = impl->open_as_it_is(); !status.ok()) return failure(status, directory);
    if (auto ok = impl->acknowledged.open(); !ok) return std::unexpected(ok.error());
    // What a program that was killed has left.
    for (const std::string_view left : {kBatch, kScratch})
      remove(disk, fmt::format("{}/{}", directory, left));
  } else if (auto ok = impl->steadily([&](const std::string&) { return impl->open_as_it_is(); });
             !ok) {
    return std::unexpected(ok.error());
  } else {
    impl->identity = database_identity(disk.env(), impl->path()).value_or(std::string());
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
  const auto status = in_rocksdb([&] {
    return database->db->Get(read_options(), database->handle(family), slice(key), &value);
  });
  if (status.IsNotFound()) return std::optional<std::string>{};
  if (auto ok = impl_->check(status, family); !ok) return std::unexpected(ok.error());
  return std::optional<std::string>{std::move(value)};
}

Result<void> Store::write(Batch& batch, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  if (batch.impl_->files)
    return impl_->check(
        in_rocksdb([&] { return batch.impl_->files->take_in(*impl_->database()); }));
  impl_->unflushed_bytes += batch.bytes();
  return impl_->check(
      in_rocksdb([&] { return impl_->database()->db->Write(options, &batch.impl_->batch); }));
}

Result<void> Store::Impl::check_is_the_same() const {
  if (identity.empty()) return {};
  const auto now = database_identity(disk.env(), path());
  if (!now) return std::unexpected(now.error());
  if (*now == identity) return {};
  return fail(
      Errc::unavailable,
      fmt::format("another store was put in the place of {} since it was opened", directory),
      "open it again, to read that one from its beginning");
}

Result<void> Store::catch_up() {
  if (auto ok = impl_->check_is_the_same(); !ok) return ok;
  // While the files stay what they are, only the end of the write-ahead log is read. Where
  // they changed, all is opened anew: a secondary instance keeps in memory what has meanwhile
  // gone into files, and would find that newer than what compaction made of it there.
  return impl_->steadily([&](const std::string& manifest) {
    const auto database = impl_->database();
    const bool same_files = database->follows && database->manifest == manifest;
    if (!same_files) return impl_->open_to_follow(manifest);
    impl_->log_reads.failed = false;
    const auto status = in_rocksdb([&] { return database->db->TryCatchUpWithPrimary(); });
    if (status.ok() && impl_->log_reads.failed) return rocksdb::Status(unread_log());
    return status;
  });
}

Result<void> Store::clear(Family family, std::string_view prefix) {
  // Key by key: below the tombstone of a whole range, a reader beside us would not look
  // for what is put there afterwards.
  constexpr std::size_t kBatchBytes = 1 << 20;
  const auto database = impl_->database();
  if (prefix.empty()) {  // the files that have been merged go whole, unread
    const auto status = in_rocksdb([&] {
      return rocksdb::DeleteFilesInRange(database->db.get(), database->handle(family), nullptr,
                                         nullptr);
    });
    if (!status.ok()) return impl_->check(status);
  }
  rocksdb::WriteBatch batch;
  const auto write = [&] { return in_rocksdb([&] { return database->db->Write({}, &batch); }); };
  auto cursor = this->cursor(family, /*scan=*/true);
  for (cursor.seek(prefix); cursor.valid() && cursor.key().starts_with(prefix); cursor.next()) {
    auto status = batch.Delete(database->handle(family), slice(cursor.key()));
    if (status.ok() && batch.GetDataSize() > kBatchBytes) {
      status = write();
      batch.Clear();
    }
    if (!status.ok()) return impl_->check(status);
  }
  if (auto ok = cursor.status(); !ok) return ok;
  return impl_->check(write());
}

Result<void> Store::drop(Family family) {
  SOLNOMA_CHECK(family != Family::meta && family != Family::log);
  const auto database = impl_->database();
  auto*& handle = database->handles[static_cast<std::size_t>(family)];
  const auto descriptor = family_descriptors(impl_->access)[static_cast<std::size_t>(family)];
  rocksdb::ColumnFamilyHandle* empty = nullptr;
  auto status = in_rocksdb([&] { return database->db->DropColumnFamily(handle); });
  if (status.ok())
    status = in_rocksdb([&] {
      return database->db->CreateColumnFamily(descriptor.options, descriptor.name, &empty);
    });
  if (!status.ok()) return impl_->check(status);
  database->db->DestroyColumnFamilyHandle(handle);
  handle = empty;
  return {};
}

std::string Store::scratch_path() const {
  return fmt::format("{}/{}", impl_->directory, kScratch);
}

const Disk& Store::disk() const {
  return impl_->disk;
}

Position Store::acknowledged() const {
  return impl_->acknowledged_before;
}

void Store::acknowledge(Position position) {
  impl_->acknowledged.write(position);
}

Result<void> Store::flush() {
  const auto database = impl_->database();
  auto result =
      impl_->check(in_rocksdb([&] { return database->db->Flush({}, database->handles); }));
  if (result) impl_->unflushed_bytes = 0;
  return result;
}

std::size_t Store::unflushed() const {
  return impl_->unflushed_bytes;
}

Result<bool> Store::flush_beside() {
  rocksdb::FlushOptions options;
  options.wait = false;
  options.allow_write_stall = true;  // the next write waits where the disk does not keep up
  const auto database = impl_->database();
  // The log last: what could not be begun is tried again, and the log gets no small file then.
  auto handles = database->handles;
  std::swap(handles[static_cast<std::size_t>(Family::log)], handles.back());
  const auto status = in_rocksdb([&] { return database->db->Flush(options, handles); });
  if (status.IsTryAgain()) return false;
  if (auto ok = impl_->check(status); !ok) return std::unexpected(ok.error());
  impl_->unflushed_bytes = 0;
  return true;
}

Result<void> Store::verify_checksums() const {
  // File by file, and not by RocksDB's own VerifyChecksum(): 7.8 reads at a random place, and
  // finds damage there, where a file goes between being opened and being measured.
  const auto database = impl_->database();
  const KeptFiles kept(*database->db, impl_->access);
  const auto options = database_options(impl_->env.get(), impl_->access);
  const auto families = family_descriptors(impl_->access);
  std::vector<rocksdb::LiveFileMetaData> files;
  database->db->GetLiveFilesMetaData(&files);
  for (const rocksdb::LiveFileMetaData& file : files) {
    const auto family = std::ranges::find(families, file.column_family_name,
                                          &rocksdb::ColumnFamilyDescriptor::name);
    SOLNOMA_CHECK(family != families.end());
    rocksdb::SstFileReader reader(rocksdb::Options(options, family->options));
    auto status = reader.Open(file.db_path + file.name);
    if (status.ok()) status = reader.VerifyChecksum();
    // A reader holds open the files that it needs; the writer may have taken them from the
    // directory.
    if (status.IsPathNotFound() && impl_->access == Access::read) continue;
    const auto which = static_cast<Family>(family - families.begin());
    if (auto ok = impl_->check(status, which); !ok) return ok;
  }
  return {};
}

}  // namespace solnoma
