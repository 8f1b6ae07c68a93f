#include "engine/storage/key_values.hpp"

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include "engine/storage/rocks.hpp"

namespace solnoma {
namespace {

rocksdb::Slice as_slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

std::string_view as_view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

rocksdb::Options options_of(const Disk& disk) {
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::ColumnFamilyOptions family;
  family.compression = rocksdb::kLZ4Compression;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::Options options(database_options(disk.env(), Access::write), family);
  options.create_if_missing = true;
  return options;
}

/// What is damaged here can be made again.
Result<void> check(const rocksdb::Status& status, const std::string& directory) {
  if (status.ok()) return {};
  auto error = failure(status, directory).error();
  if (error.code == Errc::corrupt)
    return fail(Errc::damaged_index, std::move(error.what),
                "delete that directory: it is made again from the log");
  return std::unexpected(std::move(error));
}

}  // namespace

struct KeyValues::Impl {
  std::string directory;
  Disk disk;
  std::unique_ptr<rocksdb::DB> db;
};

KeyValues::KeyValues(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
KeyValues::KeyValues(KeyValues&&) noexcept = default;
KeyValues& KeyValues::operator=(KeyValues&&) noexcept = default;
KeyValues::~KeyValues() = default;

Result<KeyValues> KeyValues::open(const Disk& disk, const std::string& directory) {
  if (const auto parent = directory.find_last_of('/'); parent != std::string::npos && parent != 0)
    if (auto made = check(disk.env()->CreateDirIfMissing(directory.substr(0, parent)), directory);
        !made)
      return std::unexpected(made.error());
  auto impl = std::make_unique<Impl>(directory, disk, nullptr);
  rocksdb::DB* db = nullptr;
  const auto options = options_of(disk);
  const auto opened = in_rocksdb([&] { return rocksdb::DB::Open(options, directory, &db); });
  if (auto ok = check(opened, directory); !ok) return std::unexpected(ok.error());
  impl->db.reset(db);
  return KeyValues(std::move(impl));
}

Result<void> KeyValues::destroy(const Disk& disk, const std::string& directory) {
  return check(rocksdb::DestroyDB(directory, options_of(disk)), directory);
}

Result<std::optional<std::string>> KeyValues::get(std::string_view key) const {
  std::string value;
  const auto status = in_rocksdb([&] { return impl_->db->Get({}, as_slice(key), &value); });
  if (status.IsNotFound()) return std::nullopt;
  if (auto ok = check(status, impl_->directory); !ok) return std::unexpected(ok.error());
  return value;
}

Result<void> KeyValues::each(
    std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> at(
      in_rocksdb([&] { return impl_->db->NewIterator({}); }));
  for (in_rocksdb([&] { at->Seek(as_slice(prefix)); });
       at->Valid() && as_view(at->key()).starts_with(prefix); in_rocksdb([&] { at->Next(); }))
    if (!visit(as_view(at->key()), as_view(at->value()))) return {};
  return check(at->status(), impl_->directory);
}

Result<void> KeyValues::write(std::span<const Change> changes) {
  rocksdb::WriteBatch batch;
  for (const Change& change : changes) {
    const auto put = change.value ? batch.Put(as_slice(change.key), as_slice(*change.value))
                                  : batch.Delete(as_slice(change.key));
    if (!put.ok()) return check(put, impl_->directory);
  }
  return check(in_rocksdb([&] { return impl_->db->Write({}, &batch); }), impl_->directory);
}

}  // namespace solnoma
