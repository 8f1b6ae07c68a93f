#include "engine/storage/batch_files.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

/// Before compression: as large as those that flushing makes.
constexpr std::size_t kFileBytes = 20 << 20;
/// Values in any order that become a file together, and what each takes besides its bytes.
constexpr std::size_t kSortedBytes = 4 << 20;
constexpr std::size_t kNodeBytes = 100;
/// What is worth another thread.
constexpr std::size_t kWrittenAtOnce = 1 << 20;

}  // namespace

BatchFiles::BatchFiles(const Disk& disk, rocksdb::Env* env, std::string directory)
    : disk_(disk),
      directory_(std::move(directory)),
      database_options_(database_options(env, Access::write)),
      families_(family_descriptors(Access::write)) {
  status_ = disk_.env()->CreateDirIfMissing(directory_);
}

BatchFiles::~BatchFiles() {
  if (writing_.valid()) writing_.wait();
  for (Growing& growing : growing_) growing.file.reset();
  Store::remove(disk_, directory_);
}

void BatchFiles::put(Family family, std::string_view key, std::string_view value) {
  const auto index = static_cast<std::size_t>(family);
  Sorted& sorted = sorted_[index];
  sorted.values.insert_or_assign(std::string(key), std::string(value));
  sorted.bytes += key.size() + value.size() + kNodeBytes;
  if (sorted.bytes >= kSortedBytes) write_sorted(index);
}

void BatchFiles::write_sorted(std::size_t family) {
  Sorted sorted = std::exchange(sorted_[family], {});
  if (sorted.values.empty()) return;
  const auto file = begin_file(family);
  for (const auto& [key, value] : sorted.values)
    if (status_.ok()) status_ = file->Put(slice(key), slice(value));
  end_file(*file);
}

void BatchFiles::append(Family family, std::string_view key, std::size_t at,
                        std::string_view bytes) {
  const auto index = static_cast<std::size_t>(family);
  Growing& growing = growing_[index];
  if (growing.key != key) {
    SOLNOMA_CHECK(growing.key < key);
    end_value(index);
    growing.key = key;
    growing.at = at;
    growing.bytes.clear();
  }
  SOLNOMA_CHECK(at == growing.at + growing.bytes.size());
  growing.bytes += bytes;
}

void BatchFiles::end_value(std::size_t family) {
  Growing& growing = growing_[family];
  if (growing.key.empty() || !status_.ok()) return;
  // A value that begins here needs nothing of what is below it.
  const bool is_piece = growing.at != 0;
  std::string bytes = is_piece ? piece_header(growing.at) + growing.bytes : growing.bytes;
  growing.grown_bytes += bytes.size();
  growing.grown.push_back({growing.key, std::move(bytes), is_piece});
  if (growing.grown_bytes >= kWrittenAtOnce) write_grown(family);
}

void BatchFiles::write_grown(std::size_t family) {
  wait();
  Growing& growing = growing_[family];
  if (growing.grown.empty() || !status_.ok()) return;
  if (!growing.file) growing.file = begin_file(family);
  if (!status_.ok()) return;
  growing.file_bytes += std::exchange(growing.grown_bytes, 0);
  const bool is_full = growing.file_bytes >= kFileBytes;
  auto write = [file = growing.file, values = std::exchange(growing.grown, {}), is_full] {
    rocksdb::Status status;
    for (const Value& value : values) {
      if (!status.ok()) break;
      status = value.is_piece ? file->Merge(slice(value.key), slice(value.bytes))
                              : file->Put(slice(value.key), slice(value.bytes));
    }
    return is_full && status.ok() ? file->Finish() : status;
  };
  writing_ = std::async(std::launch::async, std::move(write));
  if (!is_full) return;
  growing.file.reset();
  growing.file_bytes = 0;
}

void BatchFiles::wait() {
  if (!writing_.valid()) return;
  const rocksdb::Status status = writing_.get();
  if (status_.ok()) status_ = status;
}

BatchFiles::File BatchFiles::begin_file(std::size_t family) {
  auto file = std::make_shared<rocksdb::SstFileWriter>(
      rocksdb::EnvOptions(), rocksdb::Options(database_options_, families_[family].options),
      /*column_family=*/nullptr, /*invalidate_page_cache=*/false);
  const std::string path = fmt::format("{}/{}.sst", directory_, ++made_);
  if (status_.ok()) status_ = file->Open(path);
  files_[family].push_back(path);
  return file;
}

void BatchFiles::end_file(rocksdb::SstFileWriter& file) {
  if (status_.ok()) status_ = file.Finish();
}

rocksdb::Status BatchFiles::take_in(Database& database) {
  std::vector<rocksdb::IngestExternalFileArg> args;
  for (std::size_t family = 0; family < kFamilies; ++family) {
    Growing& growing = growing_[family];
    end_value(family);
    write_grown(family);
    wait();
    if (growing.file) end_file(*growing.file);
    growing.file.reset();
    write_sorted(family);
    if (files_[family].empty()) continue;
    rocksdb::IngestExternalFileArg& arg = args.emplace_back();
    arg.column_family = database.handles[family];
    arg.external_files = files_[family];
    arg.options.move_files = true;
    arg.options.write_global_seqno = false;
  }
  if (!status_.ok() || args.empty()) return status_;
  return status_ = database.db->IngestExternalFiles(args);
}

}  // namespace solnoma
