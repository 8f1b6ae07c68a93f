#include "tools/shared/document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/io/output_file.hpp"
#include "tools/report/files/excel_csv.hpp"

namespace solnoma {
namespace {

/// Writes CSV as Excel reads it.
Result<void> for_excel(const Sink& sink, const std::function<Result<void>(const Sink&)>& write) {
  ExcelCsv csv(sink);
  return write([&](std::string_view text) { csv.write(text); });
}

void add_options(Command& command, DocumentOptions& options,
                 const std::vector<std::string>& formats) {
  add_question(command, options.question, Subjects::any, formats);
  add_selection(command, options.selection);
  command.choice("--for", options.reader, {"any", "excel"},
                 "Who reads the CSV: excel opens it by a double click where a comma is a decimal "
                 "comma");
  command.option("-o,--output", options.output, "Write to this file: whole, or not at all", "FILE",
                 "standard output");
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& each : names) text += (text.empty() ? "" : ", ") + each;
  return text;
}

/// A format that cannot show what is asked for.
std::unexpected<Failure> wrong_format(const Format& format, bool since, Document document) {
  return since ? usage(fmt::format("--format {} cannot tell what changed --since", format.name),
                       fmt::format("use one of {}", listed(format_names_of_changes())))
               : usage(fmt::format("--format {} only tells what changed", format.name),
                       fmt::format("say since when with --since, or use one of {}",
                                   listed(format_names(document))));
}

/// Meaningless without --since.
Try<Vantage> since_vantage(const DocumentOptions& options, Context& context, const Log& log) {
  auto parsed = parse_vantage("--since", options.since, options.question.vantage);
  if (!parsed) return refuse(parsed);
  return resolve(*parsed, context, log);
}

}  // namespace

Outcome write_to(Context& context, const std::string& file,
                 const std::function<Result<void>(const Sink&)>& write) {
  const auto write_into = [&](Output& out) -> Outcome {
    auto ok = write([&](std::string_view text) { out.write(text); });
    return ok ? Outcome{} : refuse(ok);
  };
  if (file.empty()) {
    context.page();
    return write_into(context.out);
  }
  auto output = OutputFile::open(file);
  if (!output) return refuse(output);
  if (auto ok = write_into(output->output()); !ok) return ok;
  return output->finish();
}

void add_document(Command& command, DocumentOptions& options, Document document) {
  add_options(command, options, format_names(document));
}

void add_document_with_changes(Command& command, DocumentOptions& options, Document document) {
  std::vector<std::string> formats = format_names(document);
  for (std::string& each : format_names_of_changes())
    if (std::ranges::find(formats, each) == formats.end()) formats.push_back(std::move(each));
  add_options(command, options, formats);
  command.option("--since", options.since, "Report what changed since this vantage", "VANTAGE");
}

Outcome write_document(Context& context, const DocumentOptions& options, Document document) {
  const Format* format = find_format(options.question.format);  // one of the command's
  const bool since = !options.since.empty();
  if (since ? format->changes == nullptr : format->*document == nullptr)
    return wrong_format(*format, since, document);
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
  auto from = since_vantage(options, context, **log);
  if (!from) return refuse(from);
  auto report =
      Report::of(**log, *vantage, language_of(options.question.language), std::move(*selection));
  if (!report) return refuse_choice(report);
  const auto write = [&](const Sink& sink) {
    return since ? format->changes(report->since(*from), report->language(), sink)
                 : (format->*document)(*report, sink);
  };
  return write_to(context, options.output,
                  [&](const Sink& sink) { return excel ? for_excel(sink, write) : write(sink); });
}

}  // namespace solnoma
