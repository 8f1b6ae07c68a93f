#include "tools/shared/document.hpp"

#include <fmt/format.h>

#include "tools/io/output_file.hpp"
#include "tools/report/files/excel_csv.hpp"

namespace solnoma {

namespace {

Result<void> for_excel(Render render, const Report& report, const Sink& sink) {
  ExcelCsv csv(sink);
  return render(report, [&](std::string_view text) { csv.write(text); });
}

}  // namespace

void add_document(Command& command, DocumentOptions& options, Document document) {
  add_question(command, options.question, Subjects::any, format_names(document));
  add_selection(command, options.selection);
  command.choice("--for", options.reader, {"any", "excel"},
                 "Who reads the CSV: excel opens it by a double click where a comma is a decimal "
                 "comma");
  command.option("-o,--output", options.output, "Write to this file: whole, or not at all", "FILE",
                 "standard output");
}

Outcome write_document(Context& context, const DocumentOptions& options, Document document) {
  const Format* format = find_format(options.question.format);  // one of format_names(document)
  if (format->binary && options.output.empty() && context.out.terminal())
    return usage(fmt::format("--format {} is not for a terminal", format->name),
                 "name a file with --output");
  const bool excel = options.reader == "excel";
  if (excel && format->name != "csv") return usage("--for excel is about CSV", "add --format csv");
  auto selection = resolve(options.selection, options.question.subjects, context);
  if (!selection) return refuse(selection);
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(options.question.vantage, context, **log);
  if (!vantage) return refuse(vantage);
  auto report =
      Report::of(**log, *vantage, language_of(options.question.language), std::move(*selection));
  if (!report) return refuse_choice(report);
  const auto write = [&](Output& out) -> Outcome {
    const Sink sink = [&](std::string_view text) { out.write(text); };
    auto ok =
        excel ? for_excel(format->*document, *report, sink) : (format->*document)(*report, sink);
    if (!ok) return refuse(ok);
    return {};
  };
  if (options.output.empty()) return write(context.out);
  auto file = OutputFile::open(options.output);
  if (!file) return refuse(file);
  if (auto ok = write(file->output()); !ok) return ok;
  return file->finish();
}

}  // namespace solnoma
