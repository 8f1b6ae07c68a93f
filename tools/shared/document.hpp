#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "tools/report/formats.hpp"
#include "tools/report/sink.hpp"
#include "tools/shared/question.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {

/// Writes what has this format to the file, whole or not at all, or with an empty name to where
/// answers go: for reading, where it is text. Errors: usage where that is a terminal and the format
/// is none for it.
[[nodiscard]] Outcome write_to(Context& context, const std::string& file, std::string_view format,
                               const std::function<Result<void>(const Sink&)>& write);

/// What `report` and `timeline` are asked.
struct DocumentOptions {
  Question question;
  SelectionOptions selection;
  std::string output;          ///< file; empty: standard output
  std::string since = {};      ///< a vantage to report what changed from; empty: no change report
  std::string reader = "any";  ///< of CSV: "excel" needs it in a way of its own
  std::string only = "all";    ///< of a picture: which part of it
  std::uint64_t width = 0, height = 0;  ///< of a picture, in pixels; 0: as it comes
};

/// Adds the options of a question, of a selection, and --output to a command.
void add_document(Command& command, DocumentOptions& options, Document document);
/// The same, and --since, for a command that also tells what changed.
void add_document_with_changes(Command& command, DocumentOptions& options, Document document);

/// Writes the document to where it is wanted: a file whole or not at all.
[[nodiscard]] Outcome write_document(Context& context, const DocumentOptions& options,
                                     Document document);

}  // namespace solnoma
