#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace solnoma {

/// What was put right in cells, and in how many: nothing is cleaned in silence.
class Repairs {
 public:
  void add(std::string_view what) {
    const auto found = counts_.find(what);
    ++(found != counts_.end() ? found : counts_.emplace(what, 0).first)->second;
  }
  [[nodiscard]] const std::map<std::string, std::size_t, std::less<>>& counts() const {
    return counts_;
  }

 private:
  std::map<std::string, std::size_t, std::less<>> counts_;
};

}  // namespace solnoma
