#include "tools/options/document.hpp"

#include "tools/io/output_file.hpp"

namespace solnoma {

void add_document(Command& command, DocumentOptions& options, Document document) {
  add_question(command, options.question, Subjects::any, format_names(document));
  add_selection(command, options.selection);
  command.option("-o,--output", options.output, "Write to this file: whole, or not at all", "FILE",
                 "standard output");
}

Outcome write_document(Context& context, const DocumentOptions& options, Document document) {
  auto selection = resolve(options.selection, options.question.subjects);
  if (!selection) return refuse(selection);
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(options.question.vantage, context, **log);
  if (!vantage) return refuse(vantage);
  auto report =
      Report::of(**log, *vantage, language_of(options.question.language), std::move(*selection));
  if (!report) return refuse(report);
  const auto write = [&](Output& out) -> Outcome {
    return write_document(*report, document, options.question.format,
                          [&](std::string_view text) { out.write(text); });
  };
  if (options.output.empty()) return write(context.out);
  auto file = OutputFile::open(options.output);
  if (!file) return refuse(file);
  if (auto ok = write(file->output()); !ok) return ok;
  return file->finish();
}

}  // namespace solnoma
