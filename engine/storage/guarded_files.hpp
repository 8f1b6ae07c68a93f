#pragma once

#include <rocksdb/file_system.h>

#include <atomic>
#include <memory>

namespace solnoma {

/// Whether reading a write-ahead log or the list of files has failed.
struct LogReads {
  std::atomic<bool> failed = false;
};
/// What is said where that has happened.
[[nodiscard]] rocksdb::IOStatus unread_log();

/// A file system on top of `below` that looks at the end of a sorted file before it is read.
/// RocksDB guards all of such a file with checksums but its last bytes, which say what kind of
/// checksum that is and how blocks are laid out, and looks at its properties before it checks
/// them: damaged there, a file would be misread, or stop the program. Costs two small reads for
/// each file that is opened.
///
/// RocksDB takes a write-ahead log or a list of files that it cannot read for one that ends there,
/// and would remove the rest: once that has happened, `reads` says so and nothing is created or
/// removed any more.
///
/// A list of files that could not be written may be on the disk all the same. RocksDB 7.8 removes
/// the sorted files that it has taken in and could not enter: once that has happened, none is
/// removed any more. What turns out not to be needed goes when the store is opened again.
///
/// RocksDB writes down with which options it was opened, reads that back and compares it: three
/// quarters of what it takes to open a small store. Nobody reads it: these files are not written.
[[nodiscard]] std::shared_ptr<rocksdb::FileSystem> with_guarded_files(
    const std::shared_ptr<rocksdb::FileSystem>& below, LogReads& reads);

}  // namespace solnoma
