#include "tools/import/table/header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/text/folded_name.hpp"
#include "events/text/nearest.hpp"

namespace solnoma {

Header::Header(std::vector<std::string> names) : names_(std::move(names)), used_(names_.size()) {
  for (const std::string& name : names_) folded_.push_back(folded_name(name));
}

Result<std::size_t> Header::find(const Column& column) {
  for (const std::string& header : column.headers) {
    // The same letters, if any has them; otherwise the same words.
    const bool same = std::ranges::find(names_, header) != names_.end();
    const std::vector<std::string>& names = same ? names_ : folded_;
    const std::string name = same ? header : folded_name(header);
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) continue;
    if (std::find(found + 1, names.end(), name) != names.end())
      return fail(Errc::invalid, fmt::format("several columns are called '{}'", header),
                  "give them names of their own in the table");
    const auto index = static_cast<std::size_t>(found - names.begin());
    used_[index] = true;
    return index;
  }
  const std::vector<std::string_view> known(names_.begin(), names_.end());
  const auto like = nearest(column.headers.front(), known);
  std::string all;
  for (const std::string& name : names_) all += (all.empty() ? "" : ", ") + name;
  constexpr std::size_t kShown = 300;
  if (all.size() > kShown) all = all.substr(0, all.rfind(',', kShown)) + ", …";
  return fail(Errc::invalid, fmt::format("the table has no column '{}'", column.headers.front()),
              like ? fmt::format("did you mean '{}'?", *like) : "it has " + all);
}

bool Header::is_remark(std::size_t column) const {
  return std::ranges::find(kRejectColumns, names_[column]) != std::end(kRejectColumns);
}

}  // namespace solnoma
