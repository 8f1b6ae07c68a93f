#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "tools/import/file_content.hpp"

namespace solnoma {

/// Whether bytes begin as those of a gzip file do (RFC 1952).
[[nodiscard]] bool is_gzip(std::string_view bytes);

/// The first bytes in a gzip file, at most so many; fewer where it is damaged.
[[nodiscard]] std::string unpacked_beginning(std::string_view gzip, std::size_t most);

/// A file as it is or, where it is a gzip file of one or more members, its content. Errors:
/// invalid: damaged or cut off, or a bomb: more than 1 GiB, or more than 200 times the size of a
/// file from 16 MiB on; io, as of FileContent::made().
[[nodiscard]] Result<FileContent> plain_content(const FileContent& file);

}  // namespace solnoma
