#include "engine/storage/rocks.hpp"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/table_properties_collectors.h>

#include <algorithm>

#include "engine/base/bytes.hpp"
#include "engine/storage/machine_files.hpp"

namespace solnoma {
namespace {

/// Values grow by whole records at their end, and each piece says where it belongs. A
/// reader beside a writer meets a piece twice when it has it from the write-ahead log
/// and again from a file that the writer flushed meanwhile: the second changes nothing.
class Pieces : public rocksdb::MergeOperator {
 public:
  /// A writer never meets a gap but in a damaged store, and must not make it permanent.
  /// A reader may, for a moment, and then sees what stands before it.
  explicit Pieces(Access access) : gaps_end_values_(access == Access::read) {}

  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    std::size_t size = in.existing_value ? in.existing_value->size() : 0;
    for (const auto& operand : in.operand_list) size += operand.size();
    out->new_value.clear();  // an iterator hands in what it had of the key before
    out->new_value.reserve(size);
    if (in.existing_value)
      out->new_value.assign(in.existing_value->data(), in.existing_value->size());
    for (const auto& operand : in.operand_list)
      if (!place(operand, 0, out->new_value)) return gaps_end_values_;
    return true;
  }

  bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& operands,
                         std::string* joined, rocksdb::Logger*) const override {
    if (operands.front().size() < kHeader) return false;
    const std::size_t begin = load<std::uint32_t>(operands.front().data());
    std::string bytes;
    for (const auto& operand : operands)
      if (!place(operand, begin, bytes)) return false;
    *joined = piece_header(begin) + bytes;
    return true;
  }

  const char* Name() const override { return "solnoma.pieces"; }

 private:
  static constexpr std::size_t kHeader = sizeof(std::uint32_t);

  /// False when there is a gap between the value, which begins at `begin`, and the piece.
  static bool place(const rocksdb::Slice& operand, std::size_t begin, std::string& value) {
    if (operand.size() < kHeader) return false;
    const std::size_t offset = load<std::uint32_t>(operand.data());
    if (offset < begin || offset > begin + value.size()) return false;
    const std::size_t there = begin + value.size() - offset;
    const std::string_view bytes{operand.data() + kHeader, operand.size() - kHeader};
    if (bytes.size() > there) value += bytes.substr(there);
    return true;
  }

  bool gaps_end_values_;
};

rocksdb::ColumnFamilyOptions family_options(const FamilyTraits& family, Access access,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = 32 << 20;
  options.max_write_buffer_number = 4;  // a file may be begun while those before it are written
  // The default is 1 MiB, of which each file that is begun leaves some of each family unused.
  options.arena_block_size = 128 << 10;
  options.merge_operator = std::make_shared<Pieces>(access);
  options.compression = family.compressed ? rocksdb::kZSTD : rocksdb::kNoCompression;
  options.compression_opts.level = 1;  // higher ones take half as long again and save 1 %
  if (family.has_dictionary) {         // small blocks stay small
    options.compression_opts.max_dict_bytes = 32 << 10;
    options.compression_opts.zstd_max_train_bytes = 64 << 10;
    options.compression_opts.use_zstd_dict_trainer = false;
    options.compression_opts.max_dict_buffer_bytes = 2 << 20;
    // The journal says when a file begins (append/background.hpp); this is for when it cannot.
    options.write_buffer_size = 64 << 20;
  }
  if (family.replaces_pages)
    options.table_properties_collector_factories.push_back(
        rocksdb::NewCompactOnDeletionCollectorFactory(/*sliding_window_size=*/128,
                                                      /*deletion_trigger=*/64));
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;         // as guarded_files.cpp has it
  table.checksum = rocksdb::kXXH3;  // the same
  // Opening reads the top of an index only, however long the log is.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.index_block_restart_interval = 16;  // keys that follow each other share most bytes
  table.block_cache = cache;
  // A short run opens all files and reads from few: the dictionary of a file, and the top of its
  // index, are read when they are needed.
  table.cache_index_and_filter_blocks = access == Access::read;
  // The name of a new subject is looked up once more before it is recorded: filters
  // answer without touching the disk, or the list in memory.
  if (family.has_filter) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    if (access == Access::write) {
      options.memtable_whole_key_filtering = true;
      options.memtable_prefix_bloom_size_ratio = 0.02;
    }
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

/// What RocksDB tells of itself goes nowhere: errors come back as statuses, and its own log
/// file stops the program where a full disk does not take it.
class Silent : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

std::unexpected<Error> of_disk(const std::string& text, const std::string& directory) {
  return fail(Errc::io, fmt::format("the disk failed under the store {}: {}", directory, text),
              "check the disk and its free space, then try again");
}

}  // namespace

std::unexpected<Error> failure(const rocksdb::Status& status, const std::string& directory) {
  const std::string text = status.ToString();
  const auto says = [&](const char* words) { return text.find(words) != std::string::npos; };
  if (says("Permission denied") || says("Read-only file system"))
    return fail(Errc::unavailable,
                fmt::format("the store {} is not accessible: {}", directory, text),
                "ask for the permission, or copy the store elsewhere");
  // In turn: of a disk of the machine (machine_files.cpp), of one in memory.
  if (status.IsIOError() && (says(kLockedBy.data()) || says("lock is already held"))) {
    const std::size_t by = text.find(kLockedBy);
    const std::string holder =
        by == std::string::npos ? std::string() : text.substr(by + kLockedBy.size());
    return fail(Errc::unavailable,
                fmt::format("the store {} is in use by another writer{}", directory,
                            holder.empty() ? holder : fmt::format(" ({})", holder)),
                Advice::wait_for_writer);
  }
  if (says(kIsLink.data()))
    return fail(Errc::unavailable,
                fmt::format("nothing is written to the store {}: {}", directory, text),
                "put in its place what it leads to");
  if (says("Too many open files"))
    return fail(Errc::unavailable,
                fmt::format("this program may not open as many files as the store {} has: {}",
                            directory, text),
                "raise its limit of open files (ulimit -n)");
  if (says("Column family not found"))  // dropped, and not yet made again
    return fail(Errc::damaged_index,
                fmt::format("the store {} lacks a part of its index", directory),
                Advice::derive_again);
  // What could not be read is not known to be damaged. RocksDB tries to read CURRENT twice, and
  // blames direct I/O, which we never ask for, where only the second time succeeds.
  if ((says("IO error") && !says("No such file")) || says("Direct I/O is not supported"))
    return of_disk(text, directory);
  // We ask for nothing that a store as we wrote it has not: what is missing was lost.
  if (status.IsCorruption() || status.IsInvalidArgument() || status.IsPathNotFound() ||
      status.IsTryAgain())
    return fail(Errc::corrupt, fmt::format("the store {} is damaged: {}", directory, text),
                Advice::restore);
  return of_disk(text, directory);
}

rocksdb::DBOptions database_options(rocksdb::Env* env, Access access) {
  rocksdb::DBOptions options;
  options.env = env;
  options.create_missing_column_families = true;
  // The journal has files begun before that (append/log_writer.cpp), between two blocks; this is
  // for what it does not count, and for when it cannot.
  options.max_total_wal_size = 32 << 20;
  options.max_background_jobs = 2;
  // The default starts 16 threads for each family whenever a reader catches up: 80 for nothing.
  options.max_file_opening_threads = 1;
  options.info_log = std::make_shared<Silent>();
  options.fail_if_options_file_error = false;  // none is written (guarded_files.hpp)
  options.paranoid_checks = true;
  options.writable_file_max_buffer_size = 256 << 10;
  if (access == Access::read) {
    options.max_open_files = -1;  // files outlive the writer's deletes
    // A reader has nothing to do in the background: no thread need be started for it.
    options.max_background_jobs = 1;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
  }
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(Access access) {
  // A writer has a trial beside it, and the files of a batch.
  const std::size_t cache_bytes = access == Access::write ? 4 << 20 : 8 << 20;
  const auto cache = rocksdb::NewLRUCache(cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (const FamilyTraits& family : kFamilyTraits)
    all.emplace_back(family.name, family_options(family, access, cache));
  return all;
}

std::string piece_header(std::size_t offset) {
  std::string header;
  put_le(header, static_cast<std::uint32_t>(offset));
  return header;
}

ValuePiece piece_of(std::string_view operand) {
  const auto at = load<std::uint32_t>(operand.data());
  return {at, operand.substr(sizeof at)};
}

Result<std::string> manifest_state(rocksdb::Env* env, const std::string& database) {
  std::string name;
  std::uint64_t size = 0;
  auto status = rocksdb::ReadFileToString(env, database + "/CURRENT", &name);
  while (name.ends_with('\n')) name.pop_back();
  if (status.ok()) status = env->GetFileSize(database + "/" + name, &size);
  if (!status.ok()) return failure(status, database);
  return fmt::format("{} {}", name, size);
}

Result<std::string> database_identity(rocksdb::Env* env, const std::string& database) {
  std::string identity;
  const auto status = rocksdb::ReadFileToString(env, database + "/IDENTITY", &identity);
  if (status.ok()) return identity;
  if (status.IsPathNotFound() || status.IsNotFound() ||
      status.ToString().find("No such file") != std::string::npos)
    return fail(Errc::unavailable, fmt::format("{} is gone", database),
                "look for where it was moved to");
  return failure(status, database);
}

}  // namespace solnoma
