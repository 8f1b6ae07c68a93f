#pragma once

#include <rocksdb/sst_file_writer.h>

#include <array>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/store_impl.hpp"

namespace solnoma {

/// Between store_batch.cpp and batch_files.cpp. No other file includes this one.

/// The part of a batch that is too large for the write-ahead log: sorted files, written while the
/// batch is made, which the database takes in all at once. They are made as flushing would make
/// them, so that nothing is compressed twice, and the content goes to the disk once.
class BatchFiles {
 public:
  /// `directory`: where they are made, and which goes with them.
  BatchFiles(const Disk& disk, rocksdb::Env* env, std::string directory);
  ~BatchFiles();
  BatchFiles(const BatchFiles&) = delete;
  BatchFiles& operator=(const BatchFiles&) = delete;

  /// Any order of keys.
  void put(Family family, std::string_view key, std::string_view value);
  /// Keys of a family in ascending order, all pieces of a value one after another.
  void append(Family family, std::string_view key, std::size_t at, std::string_view bytes);

  /// What was added is in the database, on the disk, or nothing of it is.
  rocksdb::Status take_in(Database& database);

 private:
  using File = std::shared_ptr<rocksdb::SstFileWriter>;
  /// One that has grown, or a piece that goes on with what is in the database.
  struct Value {
    std::string key, bytes;
    bool is_piece;
  };
  /// The value that grows, those that wait to be written, and the file that takes them.
  struct Growing {
    std::string key, bytes;
    std::size_t at = 0;
    std::vector<Value> grown;
    std::size_t grown_bytes = 0;
    File file;
    std::size_t file_bytes = 0;
  };
  /// Values that wait to become a file together. Later files hold what was put later.
  struct Sorted {
    std::map<std::string, std::string, std::less<>> values;
    std::size_t bytes = 0;
  };
  using Files = std::vector<std::string>;

  File begin_file(std::size_t family);
  void end_value(std::size_t family);
  void write_grown(std::size_t family);
  void end_file(rocksdb::SstFileWriter& file);
  void write_sorted(std::size_t family);
  void wait();

  Disk disk_;
  std::string directory_;
  rocksdb::DBOptions database_options_;
  std::vector<rocksdb::ColumnFamilyDescriptor> families_;
  std::array<Growing, kFamilies> growing_;
  std::array<Sorted, kFamilies> sorted_;
  std::array<Files, kFamilies> files_;
  std::size_t made_ = 0;
  rocksdb::Status status_;  // the first failure
  /// Values that have grown are compressed by another thread, a few at a time, in their order.
  std::future<rocksdb::Status> writing_;
};

}  // namespace solnoma
