#include "events/edtf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "events/edtf/edtf_date.hpp"
#include "events/edtf/edtf_hint.hpp"
#include "events/edtf/edtf_read.hpp"
#include "events/edtf/edtf_time.hpp"
#include "events/text/quote.hpp"

namespace solnoma {

namespace {

constexpr std::size_t kLongestText = 256;
constexpr std::string_view kDots = "..";

/// One of the dates of an interval or set, named in its error.
Result<EdtfDate> read_part(std::string_view text) {
  Result<EdtfDate> date =
      text.contains('T')
          ? fail(Errc::invalid, "times of day have no place in intervals and sets", "drop the time")
          : read_edtf_date(text);
  if (!date) date.error().what = fmt::format("in '{}', {}", clipped(text), date.error().what);
  return date;
}

/// All but the bounds, which intervals and sets join in different ways.
void add_form(Edtf& whole, const Edtf& part) {
  whole.level = std::max(whole.level, part.level);
  whole.uncertain = whole.uncertain || part.uncertain;
  whole.approximate = whole.approximate || part.approximate;
}

/// The two ends of an interval or of a range in a set; nothing for an end without a date.
struct Ends {
  std::optional<EdtfDate> first;
  std::optional<EdtfDate> last;
  Edtf joined;
};

/// An empty text means no date at that end.
Result<Ends> read_ends(std::string_view start, std::string_view end) {
  Ends ends;
  if (!start.empty()) {
    const Result<EdtfDate> first = read_part(start);
    if (!first) return std::unexpected(first.error());
    ends.first = *first;
    add_form(ends.joined, first->meaning);
    ends.joined.bounds.earliest = first->meaning.bounds.earliest;
  }
  if (!end.empty()) {
    const Result<EdtfDate> last = read_part(end);
    if (!last) return std::unexpected(last.error());
    ends.last = *last;
    add_form(ends.joined, last->meaning);
    ends.joined.bounds.latest = last->meaning.bounds.latest;
  }
  if (ends.joined.bounds.latest < ends.joined.bounds.earliest)
    return fail(Errc::invalid, fmt::format("'{}' lies before '{}'", clipped(end), clipped(start)),
                "put the earlier date first");
  return ends;
}

Result<Edtf> read_date_time(std::string_view text, std::size_t t) {
  const Result<EdtfDate> date = read_edtf_date(text.substr(0, t));
  if (!date) return std::unexpected(date.error());
  const bool whole_day = date->precision == EdtfPrecision::day && !date->unspecified &&
                         !date->meaning.uncertain && !date->meaning.approximate;
  if (!whole_day)
    return fail(Errc::invalid, "a time follows only a full date without X, ?, ~ or %",
                "drop the time, or write it as 2022-03-15T23:20:30");
  if (const Result<void> time = check_edtf_time(text.substr(t + 1)); !time)
    return std::unexpected(time.error());
  return date->meaning;
}

Result<Edtf> read_interval(std::string_view text, std::size_t slash) {
  std::string_view start = text.substr(0, slash);
  std::string_view end = text.substr(slash + 1);
  if (end.contains('/'))
    return fail(Errc::invalid, "it has more than one '/'",
                "write an interval as 2022-03/2022-05, a date as 2022-03-15");
  // Open and unknown mean the same to the bounds.
  if (start == kDots) start = {};
  if (end == kDots) end = {};
  // The specification lets either end be absent. Without both, nothing is dated.
  if (start.empty() && end.empty())
    return fail(Errc::invalid, "an interval needs a date at one end at least",
                "write 1985/.. or ../1985");

  Result<Ends> ends = read_ends(start, end);
  if (!ends) return std::unexpected(ends.error());
  Edtf& whole = ends->joined;
  if (!ends->first || !ends->last) whole.level = std::max(whole.level, 1);
  // Parts of an interval with an X are of level 2, wherever it stands.
  for (const std::optional<EdtfDate>& date : {ends->first, ends->last})
    if (date && date->unspecified) whole.level = 2;
  return whole;
}

/// A member of a set: a date, or a range of dates that may be open at the outer end
/// of the first and of the last member.
Result<Edtf> read_member(std::string_view text, bool is_first, bool is_last) {
  const std::size_t dots = text.find(kDots);
  if (dots == text.npos) {
    const Result<EdtfDate> date = read_part(text);
    if (!date) return std::unexpected(date.error());
    return date->meaning;
  }
  const std::string_view start = text.substr(0, dots);
  const std::string_view end = text.substr(dots + kDots.size());
  if (start.empty() && end.empty())
    return fail(Errc::invalid, "'..' stands without a date", "write [..1984], [1984..] or 1984");
  if ((start.empty() && !is_first) || (end.empty() && !is_last))
    return fail(Errc::invalid, "'..' is open inside the list",
                "leave it open only at the beginning or the end of the list");

  const Result<Ends> ends = read_ends(start, end);
  if (!ends) return std::unexpected(ends.error());
  if (ends->first && ends->last && ends->first->precision != ends->last->precision)
    return fail(Errc::invalid,
                fmt::format("'{}' and '{}' differ in precision", clipped(start), clipped(end)),
                "give both ends of a range as years, as months or as days");
  return ends->joined;
}

Result<Edtf> read_set(std::string_view text) {
  const char closing = text.front() == '[' ? ']' : '}';
  if (text.size() < 2 || text.back() != closing)
    return fail(Errc::invalid, fmt::format("the list has no '{}' at its end", closing),
                "write a list as [1667,1668,1670..1672]");

  std::string_view rest = text.substr(1, text.size() - 2);
  Edtf whole;
  for (bool is_first = true;; is_first = false) {
    const std::size_t comma = rest.find(',');
    const bool is_last = comma == rest.npos;
    const Result<Edtf> member = read_member(rest.substr(0, comma), is_first, is_last);
    if (!member) return std::unexpected(member.error());
    add_form(whole, *member);
    whole.bounds = is_first ? member->bounds
                            : Bounds{std::min(whole.bounds.earliest, member->bounds.earliest),
                                     std::max(whole.bounds.latest, member->bounds.latest)};
    if (is_last) break;
    rest.remove_prefix(comma + 1);
  }
  whole.level = 2;
  return whole;
}

Result<Edtf> read_any(std::string_view text) {
  if (text.empty())
    return fail(Errc::invalid, "it is empty", "write a date such as 2022, 2022-03 or 2022-03-15");
  if (text.front() == '[' || text.front() == '{') return read_set(text);
  if (const std::size_t slash = text.find('/'); slash != text.npos)
    return read_interval(text, slash);
  if (const std::size_t t = text.find('T'); t != text.npos) return read_date_time(text, t);
  const Result<EdtfDate> date = read_edtf_date(text);
  if (!date) return std::unexpected(date.error());
  return date->meaning;
}

}  // namespace

Result<Edtf> read_edtf(std::string_view text) {
  if (text.size() > kLongestText)
    return fail(Errc::invalid, fmt::format("it is longer than {} bytes", kLongestText),
                "write a date such as 2022, 2022-03 or 2022-03-15");
  return read_any(text);
}

Result<Edtf> parse_edtf(std::string_view text) {
  Result<Edtf> read = read_edtf(text);
  if (read) return read;
  Error& error = read.error();
  if (text.size() <= kLongestText)
    if (auto hint = edtf_hint(text)) {
      if (!hint->what.empty()) error.what = std::move(hint->what);
      error.remedy = std::move(hint->remedy);
    }
  error.what = fmt::format("cannot read '{}': {}", clipped(text), error.what);
  return read;
}

}  // namespace solnoma
