#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/report/sink.hpp"
#include "tools/report/svg/report.hpp"
#include "tools/report/view/differences.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// Writes a report piece by piece. What was written before an error is no document.
/// Errors: corrupt, damaged_index, io.
using Render = Result<void> (*)(const Report&, const Sink&);
/// The same of what differs between two vantages.
using RenderChanges = Result<void> (*)(const Differences&, Language, const Sink&);

/// The same of a picture, of a size and of parts that are asked for.
using RenderPicture = Result<void> (*)(const Report&, const PictureOptions&, const Sink&);

/// A form in which reports are written. A new one is a file with its functions, and a row in
/// the table of formats.cpp.
struct Format {
  std::string_view name;
  Render report;                    ///< board, marks, plans, figures, sources; null: it has none
  Render timeline;                  ///< dated marks alone; null: it has none
  RenderChanges changes;            ///< what changed since another vantage; null: it has none
  std::string_view media_type;      ///< with its parameters, as in a Content-Type
  std::string_view ending;          ///< of the names of such files, as in "html"; empty: of none
  bool binary = false;              ///< its bytes are no text: not for a terminal
  RenderPicture picture = nullptr;  ///< null: it is no picture
  bool calls_kinds = false;         ///< a report says what its subjects are called together
};

/// What a format is asked to show of one vantage: `&Format::report` or `&Format::timeline`.
using Document = Render Format::*;

[[nodiscard]] std::span<const Format> formats();
/// Null: there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);
/// The format that a file's name says it has, by its ending, whatever the case; none: none does.
[[nodiscard]] std::optional<std::string_view> format_of_file(std::string_view file);
/// What follows the last dot of a file's name: "html"; empty: there is none.
[[nodiscard]] std::string_view ending_of(std::string_view file);

/// The names of the formats that can show a document.
[[nodiscard]] std::vector<std::string> format_names(Document document);
/// The names of those that are pictures.
[[nodiscard]] std::vector<std::string> format_names_of_pictures();
/// The names of those that can show what changed.
[[nodiscard]] std::vector<std::string> format_names_of_changes();

}  // namespace solnoma
