#include "tools/import/row_reader.hpp"

#include <fmt/format.h>

#include "events/text/text.hpp"

namespace solnoma {

std::string RowReader::reject(const std::string& original, const std::vector<Problem>& problems,
                              const std::string& place) const {
  std::string lines;
  for (const Problem& problem : problems)
    lines += fmt::format("# {}: {}{}{}\n", place, problem.field, problem.field.empty() ? "" : ": ",
                         visible(text_of(problem)));
  return lines + original + "\n";
}

}  // namespace solnoma
