#pragma once

#include <rocksdb/file_system.h>

#include <memory>

namespace solnoma {

/// A file system on top of `below` that looks at the end of a sorted file before it is read.
/// RocksDB guards all of such a file with checksums but its last bytes, which say what kind of
/// checksum that is and how blocks are laid out, and looks at its properties before it checks
/// them: damaged there, a file would be misread, or stop the program. Costs two small reads for
/// each file that is opened.
[[nodiscard]] std::shared_ptr<rocksdb::FileSystem> with_checked_tables(
    const std::shared_ptr<rocksdb::FileSystem>& below);

}  // namespace solnoma
