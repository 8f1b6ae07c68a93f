#include "engine/store.hpp"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include "engine/check.hpp"

namespace solnoma {
namespace {

constexpr std::array<const char*, kFamilies> kFamilyNames = {"default", "log", "names", "ids",
                                                             "timeline"};
constexpr std::string_view kFormatFile = "/FORMAT";
constexpr std::string_view kFormatLine = "solnoma store, format ";
constexpr std::string_view kDatabase = "/db";

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}
std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

/// Errors of RocksDB by what the caller can do about them.
std::unexpected<Error> failure(const rocksdb::Status& status, const std::string& directory) {
  const std::string text = status.ToString();
  if (status.IsCorruption())
    return fail(Errc::corrupt, fmt::format("the store {} is damaged: {}", directory, text),
                "run 'solnoma verify'; restore from a backup");
  if (text.find("lock") != std::string::npos)
    return fail(Errc::unavailable,
                fmt::format("the store {} is in use by another writer", directory),
                "wait for the other program to end, or stop it");
  if (text.find("Permission denied") != std::string::npos ||
      text.find("Read-only file system") != std::string::npos)
    return fail(Errc::unavailable,
                fmt::format("the store {} is not accessible: {}", directory, text),
                "ask for the permission, or copy the store elsewhere");
  return fail(Errc::io, fmt::format("the disk failed under the store {}: {}", directory, text),
              "check the disk and its free space, then run the command again");
}

/// Values grow by whole records at their end; reading joins the pieces in order.
class Concatenate : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    std::size_t size = in.existing_value ? in.existing_value->size() : 0;
    for (const auto& operand : in.operand_list) size += operand.size();
    out->new_value.reserve(size);
    if (in.existing_value)
      out->new_value.assign(in.existing_value->data(), in.existing_value->size());
    for (const auto& operand : in.operand_list)
      out->new_value.append(operand.data(), operand.size());
    return true;
  }
  bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& operands,
                         std::string* joined, rocksdb::Logger*) const override {
    for (const auto& operand : operands) joined->append(operand.data(), operand.size());
    return true;
  }
  const char* Name() const override { return "solnoma.concatenate"; }
};

/// A lookup of an id that was never recorded is the common case of an append: the
/// filter answers it without touching the disk.
rocksdb::ColumnFamilyOptions family_options(Family family) {
  rocksdb::ColumnFamilyOptions options;
  options.merge_operator = std::make_shared<Concatenate>();
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression =
      family == Family::log ? rocksdb::kZSTD : rocksdb::kDisableCompressionOption;
  options.write_buffer_size = 32 << 20;
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  if (family == Family::ids || family == Family::names)
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

rocksdb::DBOptions database_options(rocksdb::Env* env, Access access) {
  rocksdb::DBOptions options;
  options.env = env;
  options.create_missing_column_families = true;
  options.max_background_jobs = 2;
  options.keep_log_file_num = 1;
  options.max_log_file_size = 1 << 20;
  options.paranoid_checks = true;
  if (access == Access::read) options.max_open_files = -1;  // files outlive the writer's deletes
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> families() {
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (std::size_t i = 0; i < kFamilies; ++i)
    all.emplace_back(kFamilyNames[i], family_options(static_cast<Family>(i)));
  return all;
}

/// A program that only reads leaves no log file of RocksDB's behind.
class Silent : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

Result<int> read_format(rocksdb::Env* env, const std::string& directory) {
  std::string text;
  const auto status = rocksdb::ReadFileToString(env, directory + std::string(kFormatFile), &text);
  if (!status.ok()) {
    if (status.ToString().find("Permission denied") != std::string::npos)
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
  const char* end = line.data() + line.size();
  if (!line.starts_with(kFormatLine) ||
      std::from_chars(line.data() + kFormatLine.size(), end, format).ec != std::errc{})
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

struct Store::Impl {
  Disk disk;
  std::string directory;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  std::unique_ptr<rocksdb::DB> db;
  std::size_t unflushed_bytes = 0;

  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Family family) const {
    return handles[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] Result<void> check(const rocksdb::Status& status) const {
    if (status.ok()) return {};
    return failure(status, directory);
  }
};

struct Store::Cursor::Impl {
  const Store::Impl* store;
  std::unique_ptr<rocksdb::Iterator> iterator;
};

struct Store::Batch::Impl {
  const Store::Impl* store;
  rocksdb::WriteBatch batch;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store::~Store() {
  // A later reader replays what is not in sorted files yet: do not leave it much.
  constexpr std::size_t kWorthFlushing = 4 << 20;
  if (impl_->unflushed_bytes > kWorthFlushing) (void)flush();
  for (auto* handle : impl_->handles) impl_->db->DestroyColumnFamilyHandle(handle);
  (void)impl_->db->Close();
}

Result<void> Store::create(const Disk& disk, const std::string& directory) {
  rocksdb::Env* env = disk.env();
  std::vector<std::string> children;
  if (env->FileExists(directory + std::string(kFormatFile)).ok())
    return fail(Errc::conflict, fmt::format("there is a store at {} already", directory),
                "use it as it is, or name another directory with --store");
  if (env->GetChildren(directory, &children).ok()) {
    for (const auto& child : children)
      if (child != "." && child != ".." && child != kDatabase.substr(1))
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
    status =
        rocksdb::DB::Open(options, directory + std::string(kDatabase), families(), &handles, &db);
    if (!status.ok()) return failure(status, directory);
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
    delete db;
  }
  // The format file comes last and by rename: without it there is no store.
  const std::string temporary = directory + "/FORMAT.new";
  status = rocksdb::WriteStringToFile(env, fmt::format("{}{}\n", kFormatLine, kStoreFormat),
                                      temporary, true);
  if (status.ok()) status = env->RenameFile(temporary, directory + std::string(kFormatFile));
  std::unique_ptr<rocksdb::Directory> parent;
  if (status.ok()) status = env->NewDirectory(directory, &parent);
  if (status.ok()) status = parent->Fsync();
  if (!status.ok()) return failure(status, directory);
  return {};
}

Result<std::unique_ptr<Store>> Store::open(const Disk& disk, const std::string& directory,
                                           Access access) {
  const auto format = read_format(disk.env(), directory);
  if (!format) return std::unexpected(format.error());

  auto impl = std::make_unique<Impl>(disk, directory);
  auto options = database_options(disk.env(), access);
  const std::string path = directory + std::string(kDatabase);
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (access == Access::write) {
    status = rocksdb::DB::Open(options, path, families(), &impl->handles, &db);
  } else {
    options.info_log = std::make_shared<Silent>();
    const std::string scratch = std::filesystem::temp_directory_path().string();
    // Beside a busy writer a file may go between being listed and being opened.
    constexpr int kTries = 20;
    for (int i = 0; i < kTries; ++i) {
      status =
          rocksdb::DB::OpenAsSecondary(options, path, scratch, families(), &impl->handles, &db);
      if (status.ok()) break;
      if (!status.IsIOError() && !status.IsCorruption() && !status.IsTryAgain()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  if (!status.ok()) return failure(status, directory);
  impl->db.reset(db);
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Result<std::optional<std::string>> Store::get(Family family, std::string_view key) const {
  std::string value;
  const auto status = impl_->db->Get({}, impl_->handle(family), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>{};
  if (!status.ok()) return failure(status, impl_->directory);
  return std::optional<std::string>{std::move(value)};
}

Store::Cursor Store::cursor(Family family, bool scan) const {
  rocksdb::ReadOptions options;
  if (scan) {
    options.readahead_size = 2 << 20;
    options.fill_cache = false;
  }
  auto impl = std::make_unique<Cursor::Impl>();
  impl->store = impl_.get();
  impl->iterator.reset(impl_->db->NewIterator(options, impl_->handle(family)));
  return Cursor(std::move(impl));
}

Store::Batch Store::batch() const {
  auto impl = std::make_unique<Batch::Impl>();
  impl->store = impl_.get();
  return Batch(std::move(impl));
}

Result<void> Store::write(Batch& batch, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  impl_->unflushed_bytes += batch.bytes();
  return impl_->check(impl_->db->Write(options, &batch.impl_->batch));
}

Result<void> Store::catch_up() {
  return impl_->check(impl_->db->TryCatchUpWithPrimary());
}

Result<void> Store::clear(Family family) {
  auto cursor = this->cursor(family);
  cursor.to_last();
  if (!cursor.valid()) return cursor.status();
  const std::string past_last = std::string(cursor.key()) + '\0';
  return impl_->check(
      impl_->db->DeleteRange({}, impl_->handle(family), rocksdb::Slice(), slice(past_last)));
}

Result<void> Store::flush() {
  auto result = impl_->check(impl_->db->Flush({}, impl_->handles));
  if (result) impl_->unflushed_bytes = 0;
  return result;
}

Result<void> Store::verify_checksums() const {
  return impl_->check(impl_->db->VerifyChecksum());
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
void Store::Batch::put(Family family, std::string_view key, std::string_view value) {
  const auto status = impl_->batch.Put(impl_->store->handle(family), slice(key), slice(value));
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::append(Family family, std::string_view key, std::string_view bytes) {
  const auto status = impl_->batch.Merge(impl_->store->handle(family), slice(key), slice(bytes));
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
