#include "events/edtf/edtf_hint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "events/edtf/edtf_read.hpp"
#include "events/edtf/edtf_typed.hpp"

namespace solnoma {
namespace {

using namespace typed;

/// One way to write what was typed, and what is then meant, where that must be said.
struct Way {
  std::string edtf;
  std::string meaning = {};
};
using Ways = std::vector<Way>;
using Parts = std::vector<TypedPart>;

std::string year(unsigned value) {
  return fmt::format("{:04}", value);
}
std::string month(unsigned y, unsigned m) {
  return fmt::format("{:04}-{:02}", y, m);
}
std::string day(unsigned y, unsigned m, unsigned d) {
  return fmt::format("{:04}-{:02}-{:02}", y, m, d);
}

Ways span(const std::string& from, const std::string& to) {
  return {{from + "/" + to, "all of that time"}, {"[" + from + ".." + to + "]", "a day within"}};
}

Ways since(const std::string& from) {
  return {{from + "/..", "from then on"}, {"[" + from + "..]", "a day not before"}};
}

/// "2021/22", "2024/05", "2011-12" with a dash: the second number is a month or ends a year.
Ways month_or_years(unsigned y, unsigned n) {
  Ways ways;
  if (n >= 1 && n <= 12) ways.push_back({month(y, n), "the month"});
  if (n == y % 100 + 1)
    ways.push_back({fmt::format("{}/{}", year(y), year(y + 1)), "the two years"});
  else if (n > y % 100 && n > 12)
    ways = span(year(y), year(y / 100 * 100 + n));
  return ways;
}

Ways day_or_month_first(unsigned a, unsigned b, unsigned y) {
  if (a == b) return {{day(y, a, b)}};
  return {{day(y, b, a), "the day first"}, {day(y, a, b), "the month first"}};
}

Ways season(unsigned which, unsigned y) {
  constexpr unsigned kWinter = 4;
  if (which != kWinter) return {{fmt::format("{}-{}", year(y), 20 + which)}};
  return {{fmt::format("{}-24", year(y)), fmt::format("December {} to February {}", y, y + 1)},
          {fmt::format("{}-24", year(y - 1)), "the winter before"}};
}

/// Dates of numbers and their signs.
Ways from_numbers(const Parts& parts, const std::string& shape) {
  const auto v = [&](std::size_t i) { return parts[i].value; };
  const auto is_one_of = [&](std::initializer_list<std::string_view> shapes) {
    return std::ranges::find(shapes, shape) != shapes.end();
  };
  if (shape == "Y") return {{year(v(0))}};
  if (shape == "B") return {{day(v(0) / 10000, v(0) / 100 % 100, v(0) % 100)}};
  if (shape == "b") return {{month(v(0) / 100, v(0) % 100)}};
  if (is_one_of({"Y.n", "Y-n", "Yn"})) return {{month(v(0), parts.back().value)}};
  if (is_one_of({"Y/n", "Y_n"})) return month_or_years(v(0), v(2));
  if (is_one_of({"Y-n-n", "Y.n.n", "Y/n/n", "Y_n_n"})) return {{day(v(0), v(2), v(4))}};
  if (shape == "Ynn") return {{day(v(0), v(1), v(2))}};
  if (shape == "n.n.Y") return {{day(v(4), v(2), v(0))}};
  if (is_one_of({"n/n/Y", "n-n-Y", "n_n_Y"})) return day_or_month_first(v(0), v(2), v(4));
  if (shape == "nnY") return day_or_month_first(v(0), v(1), v(2));
  if (shape == "n.n.n") return {{day((v(4) < 70 ? 2000 : 1900) + v(4), v(2), v(0))}};
  if (is_one_of({"n.Y", "n/Y", "n-Y", "nY"})) return {{month(parts.back().value, v(0))}};
  if (is_one_of({"Y-Y", "Y_Y"})) return span(year(v(0)), year(v(2)));
  if (is_one_of({"YD", "Y-D", "Y_D"}))
    return v(0) % 10 == 0 ? Ways{{year(v(0)).substr(0, 3) + "X", "a year of that decade"}} : Ways{};
  if (shape == "YoY") return {{fmt::format("[{},{}]", year(v(0)), year(v(2)))}};
  return {};
}

/// Dates with a word in them: signs between their parts say nothing.
Ways from_words(const Parts& all) {
  Parts parts;
  std::ranges::copy_if(all, std::back_inserter(parts), [](const TypedPart& part) {
    return !std::string_view("-_/.,").contains(part.kind);
  });
  const std::string shape = shape_of(parts);
  const auto v = [&](std::size_t i) { return parts[i].value; };
  const auto part_of_year = [](unsigned y, unsigned before_first, unsigned n, unsigned most) {
    if (n < 1 || n > most) return Ways{};
    return Ways{{fmt::format("{}-{}", year(y), before_first + n)}};
  };
  if (shape == "MY") return {{month(v(1), v(0))}};
  if (shape == "YM") return {{month(v(0), v(1))}};
  if (shape == "nMY") return {{day(v(2), v(1), v(0))}};
  if (shape == "MnY") return {{day(v(2), v(0), v(1))}};
  if (shape == "YnM") return {{day(v(0), v(2), v(1))}};
  if (shape == "YMn") return {{day(v(0), v(1), v(2))}};
  if (shape == "SY") return season(v(0), v(1));
  if (shape == "YS") return season(v(1), v(0));
  if (shape == "SYn" && v(2) == (v(1) + 1) % 100) return {{year(v(1)) + "-24"}};  // winter 2023/24
  if (shape == "SYY" && v(2) == v(1) + 1) return {{year(v(1)) + "-24"}};
  if (shape == "QnY") return part_of_year(v(2), 32, v(1), 4);
  if (shape == "nQY") return part_of_year(v(2), 32, v(0), 4);
  if (shape == "YQn") return part_of_year(v(0), 32, v(2), 4);
  if (shape == "YnQ") return part_of_year(v(0), 32, v(1), 4);
  if (shape == "HnY") return part_of_year(v(2), 39, v(1), 2);
  if (shape == "nHY") return part_of_year(v(2), 39, v(0), 2);
  if (shape == "YHn") return part_of_year(v(0), 39, v(2), 2);
  if (shape == "YnH") return part_of_year(v(0), 39, v(1), 2);
  if (shape == "eY") return {{year(v(1)) + "-37", "January to April"}};
  if (shape == "mY") return {{year(v(1)) + "-38", "May to August"}};
  if (shape == "lY") return {{year(v(1)) + "-39", "September to December"}};
  return {};
}

/// How deep dates may stand within dates: "from about 12 May 2020 to June 2021". Without an end,
/// a row of dashes would be split in every way there is.
constexpr int kDeepest = 3;

Ways ways_of(Parts parts, int depth);

std::optional<std::string> only_way(Parts parts, int depth) {
  Ways ways = ways_of(std::move(parts), depth + 1);
  if (ways.size() != 1) return std::nullopt;
  return ways.front().edtf;
}

/// Two dates with a dash or a word between them.
Ways from_two(const Parts& parts, int depth) {
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    std::size_t end = i + 1;
    const char kind = parts[i].kind;
    if (kind == '.' && parts[i + 1].kind == '.')
      ++end;
    else if (kind != kDash && kind != kTo && kind != kBefore && kind != kBy && kind != kOr)
      continue;
    const auto middle = parts.begin() + static_cast<std::ptrdiff_t>(i);
    const auto from = only_way({parts.begin(), middle}, depth);
    const auto to =
        only_way({parts.begin() + static_cast<std::ptrdiff_t>(end), parts.end()}, depth);
    if (!from || !to) continue;
    if (kind == kOr) return {{fmt::format("[{},{}]", *from, *to)}};
    return span(*from, *to);
  }
  return {};
}

/// A date with a word before it that says how it is meant.
Ways from_prefixed(char prefix, Parts rest, int depth) {
  if (rest.empty()) return {};
  if (prefix == kSince)  // "from 2020 to 2024"
    if (Ways two = from_two(rest, depth); !two.empty()) return two;
  if (prefix == kFiscal) {
    const std::string shape = shape_of(rest);
    if (shape.size() == 3 && shape.front() == kYear && shape[2] == kNumber &&
        rest[2].value == (rest[0].value + 1) % 100)
      return {{fmt::format("{}/{}", year(rest[0].value), year(rest[0].value + 1))}};
    return from_two(rest, depth);
  }
  const bool whole_year = rest.size() == 1 && rest.front().kind == kYear;
  const unsigned y = rest.front().value;
  const auto date = only_way(std::move(rest), depth);
  if (!date) return {};
  const Result<Edtf> read = read_edtf(*date);
  if (!read) return {};
  const Bounds bounds = read->bounds;
  switch (prefix) {
    case kAbout:
    case '~':
      return {{*date + "~"}};
    case kPerhaps:
      return {{*date + "?"}};
    case kBy:
      return {{"[.." + *date + "]"}};
    case kBefore:  // also the sign <
      // Before what has no beginning, and after what has no end, there is nothing.
      if (!is_calendar_day(bounds.earliest)) return {};
      return {
          {whole_year && y > 0 ? fmt::format("[..{}]", year(y - 1))
                               : fmt::format("[..{}]", to_string(Day{bounds.earliest.number - 1})),
           "without it"},
          {"[.." + *date + "]", "with it"}};
    case kAfter:
      if (!is_calendar_day(bounds.latest)) return {};
      return {{whole_year ? fmt::format("[{}..]", year(y + 1))
                          : fmt::format("[{}..]", to_string(Day{bounds.latest.number + 1}))}};
    case kSince:
      return since(*date);
    default:
      return {};
  }
}

/// A date with a sign or word after it that says how it is meant.
Ways from_suffixed(Parts parts, int depth) {
  const char last = parts.back().kind;
  const bool open = last == kOpen || last == '+' || last == kDash || last == '-';
  if (last == ')' && parts.size() > 3 && shape_of(parts).ends_with("(?)")) {
    parts.resize(parts.size() - 3);
  } else if (open || last == '?' || last == '~' || last == '.') {
    parts.pop_back();
    while (open && !parts.empty() && std::string_view("-_/t").contains(parts.back().kind))
      parts.pop_back();
  } else {
    return {};
  }
  if (last == '.') return ways_of(std::move(parts), depth + 1);
  const auto date = only_way(std::move(parts), depth);
  if (!date) return {};
  if (open) return since(*date);
  return {{*date + (last == '~' ? "~" : "?")}};
}

/// The parts without a time of day, which begins before the first colon.
Parts without_time(Parts parts) {
  const auto colon = std::ranges::find(parts, ':', &TypedPart::kind);
  if (colon == parts.end()) return parts;
  auto end = colon == parts.begin() ? colon : colon - 1;
  while (end != parts.begin() && ((end - 1)->kind == kTime || (end - 1)->kind == ',')) --end;
  return {parts.begin(), end};
}

/// Every way of writing it that is EDTF.
Ways ways_of(Parts parts, int depth) {
  parts = without_time(std::move(parts));
  if (parts.empty() || depth > kDeepest) return {};
  Ways ways = from_numbers(parts, shape_of(parts));
  if (ways.empty()) ways = from_words(parts);
  if (ways.empty()) ways = from_two(parts, depth);
  if (ways.empty())
    ways = from_prefixed(parts.front().kind, {parts.begin() + 1, parts.end()}, depth);
  if (ways.empty()) ways = from_suffixed(parts, depth);
  std::erase_if(ways, [](const Way& way) { return !read_edtf(way.edtf); });
  return ways;
}

std::string remedy_of(const Ways& ways) {
  std::string text = "write ";
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (i > 0) text += " or ";
    text += ways[i].edtf;
    if (!ways[i].meaning.empty()) text += fmt::format(" ({})", ways[i].meaning);
  }
  return text;
}

}  // namespace

std::optional<EdtfHint> edtf_hint(std::string_view text) {
  auto parts = typed_parts(text);
  if (!parts || parts->empty()) return std::nullopt;
  const std::string shape = shape_of(*parts);
  if (shape == "u") return EdtfHint{"", "leave the date out where none is known"};
  const Ways ways = ways_of(std::move(*parts), 0);
  if (ways.empty()) return std::nullopt;
  return EdtfHint{shape == "Y-Y" ? "it is two years with a hyphen between them" : "",
                  remedy_of(ways)};
}

std::optional<std::string> edtf_meant(std::string_view text) {
  auto parts = typed_parts(text);
  if (!parts || parts->empty()) return std::nullopt;
  return only_way(std::move(*parts), -1);
}

}  // namespace solnoma
