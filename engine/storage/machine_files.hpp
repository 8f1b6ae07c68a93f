#pragma once

#include <rocksdb/file_system.h>

#include <memory>
#include <string_view>

namespace solnoma {

/// What stands in the error of a file that is a symbolic link.
inline constexpr std::string_view kIsLink = "is a symbolic link";
/// How the error begins that a lock gives which another writer holds; who that is stands after it.
inline constexpr std::string_view kLockedBy = "locked by ";

/// A file system on top of `below`, that of the machine, for a store that nobody else writes to.
///
/// Its locks belong to the open file. The usual ones belong to the process: two writers in one
/// process that name a directory in two ways would both get one, and closing any other descriptor
/// of the file gives it up. Both kinds exclude each other. Who holds a lock stands in its file, for
/// others to say.
///
/// What is written is no symbolic link, and a lock is in no directory that is one: whoever may
/// write to the directory of a store could have its owner write anywhere.
[[nodiscard]] std::shared_ptr<rocksdb::FileSystem> with_machine_files(
    const std::shared_ptr<rocksdb::FileSystem>& below);

}  // namespace solnoma
