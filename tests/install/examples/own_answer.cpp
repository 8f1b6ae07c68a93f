// What a server of one's own would send: any document in any format, and what to call it.
//
//   own_answer STORE AS-OF FORMAT REGION

#include <cstdio>
#include <string>

#include <solnoma/events/chronicle.hpp>
#include <solnoma/report/formats.hpp>
#include <solnoma/report/json/answers.hpp>
#include <solnoma/report/text/answers.hpp>

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const auto log = solnoma::open_log(solnoma::Disk::real(), argv[1]);
  const auto as_of = solnoma::day_from_text(argv[2]);
  const solnoma::Format* format = solnoma::find_format(argv[3]);
  if (!log || !as_of || format == nullptr) return 1;

  const solnoma::Vantage vantage{*as_of, solnoma::kOpenFuture, (*log)->head()};
  solnoma::Selection selection;
  selection.regions = {argv[4]};
  const auto report =
      solnoma::Report::of(**log, vantage, solnoma::Language::ru, std::move(selection));
  if (!report) {
    std::printf("404 %s: %s\n", report.error().where.c_str(), report.error().what.c_str());
    return 0;
  }
  std::string body;
  const auto ok = format->report(*report, [&](std::string_view text) { body += text; });
  if (!ok || body.empty()) return 1;
  std::printf("200 %s: %zu subjects\n", std::string(format->media_type).c_str(),
              report->subjects());
  return 0;
}
