#pragma once

#include <string>
#include <vector>

#include "events/language.hpp"

namespace solnoma::test {

/// The codes of all languages that the program speaks.
inline std::vector<std::string> languages() {
  std::vector<std::string> codes;
  for (const LanguageName& each : kLanguages) codes.emplace_back(each.code);
  return codes;
}

}  // namespace solnoma::test
