#pragma once

#include <cstdio>
#include <string>

#include "engine/result.hpp"

namespace solnoma {

/// A line for whoever runs the server.
inline void tell(const std::string& line) {
  (void)std::fputs(("solnoma: " + line + "\n").c_str(), stderr);
}

/// Without the remedy.
[[nodiscard]] inline std::string in_words(const Error& error) {
  return error.where.empty() ? error.what : error.where + ": " + error.what;
}

}  // namespace solnoma
