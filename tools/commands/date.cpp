#include <fmt/format.h>

#include "events/edtf.hpp"
#include "events/edtf/edtf_reading.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/shared/typed_date.hpp"

namespace solnoma {
namespace {

struct DateOptions {
  std::string edtf;
  std::string format = "json";
};

Outcome run(Context& context, const DateOptions& options) {
  auto typed = typed_date("", options.edtf, context);
  if (!typed) return refuse(typed);
  const std::string edtf = std::move(*typed);
  const auto date = parse_edtf(edtf);
  if (!date) return refuse(date);
  if (options.format == "json") {
    context.out.write(json_date(edtf, *date));
    return {};
  }
  const auto day = [](Day d) { return is_calendar_day(d) ? to_string(d) : std::string("open"); };
  context.out.line(fmt::format(
      "{}: from {} to {}; level {}{}{}", edtf, day(date->bounds.earliest), day(date->bounds.latest),
      date->level, date->uncertain ? ", uncertain" : "", date->approximate ? ", approximate" : ""));
  if (const auto reading = edtf_reading(edtf)) context.out.line(in_words(*reading));
  return {};
}

}  // namespace

void add_date(CommandLine& line, Context& context) {
  Command command = line.command("date", "How a date is understood");
  auto options = std::make_shared<DateOptions>();
  command.argument("EDTF", options->edtf, "As in 2022-03, 2025?, [..2025-11-12]");
  command.choice("--format", options->format, {"json", "text"}, "");
  command.footer(
      "Dates are those of EDTF, ISO 8601-2:2019, levels 0 to 2; a date that begins\n"
      "with a hyphen stands after '--': solnoma date -- -0044-03-15\n"
      "Here and in the options of all commands also: today, yesterday, last tuesday, next\n"
      "quarter, 3 weeks ago, 2026-Q3, 1 May 2023, 01.05.2023, 1 мая 2023, 2023-yil 1-may;\n"
      "what was understood is said on standard error. What may be two dates is refused.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
