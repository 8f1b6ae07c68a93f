#include "tools/import/dates_read.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/edtf/edtf_reading.hpp"

namespace solnoma {
namespace {

template <class Take>
void each_date(const Event& event, Take take) {
  take(event.occurred);
  for (const Quantity& quantity : event.quantities) take(quantity.period);
  for (const Source& source : event.sources) take(source.published);
}

}  // namespace

std::vector<std::string> dates_read(const Event& event) {
  std::vector<std::string> lines;
  each_date(event, [&](const std::string& date) {
    const auto reading = edtf_reading(date);
    if (!reading) return;
    std::string line = in_words(*reading);
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
  });
  return lines;
}

void DoubtfulDates::add(const Event& event, const std::function<std::string()>& place) {
  each_date(event, [&](const std::string& date) {
    const auto reading = edtf_reading(date);
    if (!reading || reading->instead.empty()) return;
    if (count_++ == 0) first_ = fmt::format("{}: {}", place(), in_words(*reading));
  });
}

std::string DoubtfulDates::line() const {
  if (count_ == 0) return "";
  return count_ == 1 ? fmt::format("1 date may mean years: {}", first_)
                     : fmt::format("{} dates may mean years, the first in {}", count_, first_);
}

}  // namespace solnoma
