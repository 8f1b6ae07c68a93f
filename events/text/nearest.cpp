#include "events/text/nearest.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "events/text/characters.hpp"

namespace solnoma {
namespace {

/// How many characters must be put in, left out, replaced, or exchanged with their neighbours to
/// make one text of the other (Damerau-Levenshtein, optimal string alignment).
class EditDistance {
 public:
  explicit EditDistance(std::u32string typed) : typed_(std::move(typed)) {}

  /// More than `most` where it is farther. Only the cells within `most` of the diagonal are
  /// computed: the others cannot lie on a path that is short enough.
  std::size_t to(const std::u32string& name, std::size_t most) {
    const std::size_t far = most + 1;
    const std::size_t shorter = std::min(typed_.size(), name.size());
    const std::size_t longer = std::max(typed_.size(), name.size());
    if (longer - shorter > most) return far;
    for (auto* row : {&last_but_one_, &last_, &row_}) row->assign(name.size() + 1, far);
    for (std::size_t j = 0; j <= std::min(most, name.size()); ++j) last_[j] = j;
    for (std::size_t i = 1; i <= typed_.size(); ++i) {
      const std::size_t from = i > most ? i - most : 1;
      const std::size_t end = std::min(name.size(), i + most);
      row_[from - 1] = from == 1 ? i : far;
      std::size_t least = row_[from - 1];
      for (std::size_t j = from; j <= end; ++j) {
        const bool same = typed_[i - 1] == name[j - 1];
        std::size_t& cell = row_[j];
        cell = std::min({last_[j - 1] + (same ? 0 : 1), last_[j] + 1, row_[j - 1] + 1});
        if (i > 1 && j > 1 && typed_[i - 1] == name[j - 2] && typed_[i - 2] == name[j - 1])
          cell = std::min(cell, last_but_one_[j - 2] + 1);
        least = std::min(least, cell);
      }
      if (least > most) return far;
      if (end < name.size()) row_[end + 1] = far;  // the next row looks there
      std::swap(last_but_one_, last_);
      std::swap(last_, row_);
    }
    return std::min(last_[name.size()], far);
  }

 private:
  std::u32string typed_;
  std::vector<std::size_t> last_but_one_, last_, row_;
};

}  // namespace

std::optional<std::string> nearest(std::string_view typed,
                                   std::span<const std::string_view> names) {
  constexpr std::size_t kLongest = 200;  // nobody mistypes more than a name
  const std::u32string wanted = packed_characters(typed);
  if (wanted.empty() || wanted.size() > kLongest) return std::nullopt;
  // A third of it may be wrong, or two characters; never every one.
  std::size_t most = std::min(std::max<std::size_t>(2, wanted.size() / 3), wanted.size() - 1);
  EditDistance distance(wanted);
  std::optional<std::string> best;
  for (const std::string_view name : names) {
    const std::size_t found = distance.to(packed_characters(name), most);
    if (found < most || (!best && found == most)) {
      best = std::string(name);
      most = found;
    }
  }
  return best;
}

}  // namespace solnoma
