#include "tools/import/table/month_names.hpp"

#include <array>

namespace solnoma {
namespace {

/// The beginnings by which a month is told, those of each month in a row; a word of that beginning
/// is meant where it is no longer than any ending allows.
constexpr std::array<std::array<std::string_view, 5>, 12> kBeginnings = {{
    {"jan", "янв", "yanv", "", ""},
    {"feb", "фев", "fev", "", ""},
    {"mar", "мар", "", "", ""},
    {"apr", "апр", "", "", ""},
    {"may", "май", "мая", "мае", "маи"},
    {"jun", "июн", "iyun", "июн", ""},
    {"jul", "июл", "iyul", "", ""},
    {"aug", "авг", "avg", "", ""},
    {"sep", "сен", "sen", "", ""},
    {"oct", "окт", "okt", "", ""},
    {"nov", "ноя", "noy", "", ""},
    {"dec", "дек", "dek", "", ""},
}};

/// The longest: "сентябрь" with an ending, in bytes.
constexpr std::size_t kLongest = 20;

}  // namespace

std::optional<int> month_of(std::string_view word) {
  if (word.size() > kLongest) return std::nullopt;
  for (std::size_t i = 0; i < kBeginnings.size(); ++i)
    for (const std::string_view beginning : kBeginnings[i])
      if (!beginning.empty() && word.starts_with(beginning)) return static_cast<int>(i) + 1;
  return std::nullopt;
}

}  // namespace solnoma
