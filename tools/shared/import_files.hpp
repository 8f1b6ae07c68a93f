#pragma once

#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "tools/command_line.hpp"
#include "tools/context.hpp"
#include "tools/import/file_content.hpp"
#include "tools/import/recorder.hpp"
#include "tools/import/table/mapping.hpp"
#include "tools/import/table/table_reader.hpp"

namespace solnoma {

/// How files are to be understood, as options say it.
struct ReadingOptions {
  std::string source, dataset, map, known;
};
void add_reading_options(Command& command, ReadingOptions& options);

/// The same, read.
struct Reading {
  ReadOptions read;
  std::string dataset;
  std::optional<Mapping> mapping;
  std::string mapping_hash;
};
/// The day may be typed as dates are (typed_date.hpp). Errors: usage for a day that is none and for
/// a mapping that cannot be opened; invalid.
[[nodiscard]] Try<Reading> reading_of(ReadingOptions options, Context& context);

/// Errors: usage where the file cannot be opened.
[[nodiscard]] Try<FileContent> open_file(const std::string& path);

/// The rows of a file of whatever kind. Errors: invalid, also for a table without a mapping.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_rows(
    const FileContent& file, const Reading& reading, const KnownSubjects& known_subjects = {});

/// The rows of files that tell of the same in parts, so that they are read as one: releases of
/// OCDS. Null where they are no such files. Errors: invalid.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_together(std::span<const FileContent> files,
                                                               const Reading& reading);

/// The same as import_event() of files that are read as one: their names, and the hash that
/// `sha256sum FILE… | sha256sum` prints.
[[nodiscard]] std::future<Event> import_event(std::span<const FileContent> files,
                                              const Reading& reading, Day today);

/// The event that tells of an import, but for what only recording tells. It is made beside what the
/// caller does, since hashing takes its time. `reading` outlives that.
[[nodiscard]] std::future<Event> import_event(const FileContent& file, const Reading& reading,
                                              Day today);

}  // namespace solnoma
