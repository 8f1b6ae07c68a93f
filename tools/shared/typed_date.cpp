#include "tools/shared/typed_date.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "events/edtf.hpp"
#include "events/edtf/edtf_hint.hpp"
#include "events/edtf/edtf_reading.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "tools/shared/relative_date.hpp"

namespace solnoma {

Try<std::string> typed_date(std::string_view option, const std::string& text, Context& context) {
  const auto read = parse_edtf(text);
  if (read) return text;
  auto today = context.today();
  if (!today) return refuse(today);
  auto meant = relative_date(text, *today);
  if (!meant) meant = edtf_meant(text);
  if (!meant || !parse_edtf(*meant))
    return usage(
        option.empty() ? read.error().what : fmt::format("{}: {}", option, read.error().what),
        read.error().remedy);
  std::string line = fmt::format("'{}' is read as {}", clipped(text), *meant);
  if (const auto reading = edtf_reading(*meant)) line += ", " + reading->words;
  context.note(line);
  return *meant;
}

Outcome read_typed(std::string_view option, std::string& text, Context& context) {
  if (text.empty()) return {};
  auto date = typed_date(option, text, context);
  if (!date) return refuse(date);
  text = std::move(*date);
  return {};
}

}  // namespace solnoma
