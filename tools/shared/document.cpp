#include "tools/shared/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "tools/io/output_file.hpp"
#include "tools/report/files/excel_csv.hpp"
#include "tools/report/text/answers.hpp"
#include "tools/report/text/report.hpp"
#include "tools/report/text/wrapped.hpp"
#include "tools/shared/store_kinds.hpp"

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
  const auto side = [&](const char* name, std::uint64_t& value, const char* help,
                        const char* otherwise) {
    command.number(name, value, help, static_cast<std::uint64_t>(kLeastSide),
                   static_cast<std::uint64_t>(kMostSide), otherwise);
  };
  side("--width", options.width, "Of a picture, in pixels", "1200");
  side("--height", options.height,
       "Of a picture, in pixels: what it shows is laid out so that it fills that size",
       "as much as it takes");
  command.output(options.output, options.question.format);
}

/// In the order of Pictures.
constexpr std::array<std::string_view, 4> kPictureNames{"all", "board", "timeline", "chart"};

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

Outcome write_to(Context& context, const std::string& file, std::string_view format,
                 const std::function<Result<void>(const Sink&)>& write) {
  const auto write_into = [&](Output& out, const Screen& screen) -> Outcome {
    WrappedLines lines([&](std::string_view text) { out.write(text); }, screen);
    auto ok = write([&](std::string_view text) { lines.write(text); });
    return ok ? Outcome{} : refuse(ok);
  };
  if (file.empty()) {
    const Format* const known = find_format(format);
    const bool binary = known != nullptr && known->binary;
    if (binary && context.out.terminal())
      return usage(fmt::format("--format {} is not for a terminal", format),
                   "name a file with --output");
    if (!binary) context.page();
    return write_into(context.out, format == "text" ? context.screen() : Screen{});
  }
  auto output = OutputFile::open(file);
  if (!output) return refuse(output);
  if (auto ok = write_into(output->output(), {}); !ok) return ok;
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
  command.choice("--only", options.only, {kPictureNames.begin(), kPictureNames.end()},
                 "Of a picture, only this");
}

namespace {

/// What only some formats can do.
Outcome check_format(const DocumentOptions& options, const Format& format, Document document) {
  const bool since = !options.since.empty();
  if (since ? format.changes == nullptr : format.*document == nullptr)
    return wrong_format(format, since, document);
  if (options.reader == "excel" && format.name != "csv")
    return usage("--for excel is about CSV", "add --format csv");
  const char* const sized = options.width != 0      ? "--width"
                            : options.height != 0   ? "--height"
                            : options.only != "all" ? "--only"
                                                    : nullptr;
  if (sized != nullptr && (since || format.picture == nullptr))
    return usage(fmt::format("{} is about pictures", sized),
                 fmt::format("leave it out, or use one of {}", listed(format_names_of_pictures())));
  return {};
}

/// In the store's words, where the format has any.
Outcome call_kinds(Report& report, const Format& format, const Context& context) {
  if (!format.calls_kinds) return {};
  auto kinds = read_store_kinds(context.store);
  if (!kinds) return refuse(kinds);
  report.call_kinds(*std::move(kinds));
  return {};
}

PictureOptions picture_options(const DocumentOptions& options, Document document) {
  const auto only = std::ranges::find(kPictureNames, options.only);
  return {.only = document == &Format::timeline
                      ? Pictures::timeline
                      : static_cast<Pictures>(only - kPictureNames.begin()),
          .width = static_cast<double>(options.width),
          .height = static_cast<double>(options.height)};
}

}  // namespace

Outcome write_document(Context& context, const DocumentOptions& options, Document document) {
  const Format* format = find_format(options.question.format);  // one of the command's
  const bool since = !options.since.empty();
  if (auto ok = check_format(options, *format, document); !ok) return ok;
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
  if (auto ok = call_kinds(*report, *format, context); !ok) return ok;
  const Screen screen = options.output.empty() ? context.screen() : Screen{};
  const auto write = [&](const Sink& sink) {
    if (since) return format->changes(report->since(*from), report->language(), sink);
    if (format->picture != nullptr)
      return format->picture(*report, picture_options(options, document), sink);
    if (format->name != "text") return (format->*document)(*report, sink);
    return document == &Format::timeline ? text_timeline_on(screen, *report, sink)
                                         : text_report_on(screen, *report, sink);
  };
  return write_to(context, options.output, format->name, [&](const Sink& sink) {
    return options.reader == "excel" ? for_excel(sink, write) : write(sink);
  });
}

}  // namespace solnoma
