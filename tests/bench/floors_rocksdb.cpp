#include "tests/bench/floors_rocksdb.hpp"

#include <rocksdb/db.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <bit>
#include <cstring>

#include "tests/bench/check.hpp"

namespace solnoma::bench {
namespace {

void must(const rocksdb::Status& status) {
  if (!status.ok()) throw Wrong("raw RocksDB: " + status.ToString());
}

std::string key_of(std::uint64_t position) {
  const std::uint64_t big_endian = __builtin_bswap64(position);
  std::string key(sizeof big_endian, '\0');
  std::memcpy(key.data(), &big_endian, sizeof big_endian);
  return key;
}
static_assert(std::endian::native == std::endian::little);

/// Those of engine/rocks.cpp for the family of the log, but for its merge operator.
rocksdb::Options options() {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.max_background_jobs = 2;
  options.max_file_opening_threads = 1;
  options.keep_log_file_num = 1;
  options.max_log_file_size = 1 << 20;
  options.compression = rocksdb::kZSTD;
  options.compression_opts.level = 1;
  options.compression_opts.max_dict_bytes = 32 << 10;
  options.compression_opts.zstd_max_train_bytes = 1 << 20;
  options.compression_opts.max_dict_buffer_bytes = 2 << 20;
  options.write_buffer_size = 32 << 20;
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

struct RawStore::Impl {
  std::unique_ptr<rocksdb::DB> db;
  std::uint64_t head = 0;
};

RawStore::RawStore(const std::string& directory) : impl_(std::make_unique<Impl>()) {
  rocksdb::DB* db = nullptr;
  must(rocksdb::DB::Open(options(), directory, &db));
  impl_->db.reset(db);
  const std::unique_ptr<rocksdb::Iterator> last(db->NewIterator({}));
  last->SeekToLast();
  if (!last->Valid()) return;
  std::memcpy(&impl_->head, last->key().data(), sizeof impl_->head);
  impl_->head = __builtin_bswap64(impl_->head);
}

RawStore::~RawStore() = default;

void RawStore::append(std::span<const std::string> payloads) {
  rocksdb::WriteBatch batch;
  for (const std::string& payload : payloads) must(batch.Put(key_of(++impl_->head), payload));
  rocksdb::WriteOptions synced;
  synced.sync = true;
  must(impl_->db->Write(synced, &batch));
}

std::uint64_t RawStore::scan(std::uint64_t& touched) const {
  constexpr std::size_t kCacheLine = 64;
  rocksdb::ReadOptions options;
  options.readahead_size = 2 << 20;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> each(impl_->db->NewIterator(options));
  std::uint64_t count = 0;
  for (each->SeekToFirst(); each->Valid(); each->Next(), ++count) {
    const auto value = each->value();
    for (std::size_t i = 0; i < value.size(); i += kCacheLine)
      touched += static_cast<std::uint8_t>(value[i]);
  }
  must(each->status());
  return count;
}

}  // namespace solnoma::bench
