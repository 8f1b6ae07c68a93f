#pragma once

/// Includes toml++ 3.3 so that no text can break it: it states as assertions what a file may break
/// (a table's name that begins with a letter beyond ASCII), and where assertions are off it takes
/// them for true, which is undefined. Here each is checked in every build, and throws
/// `TomlAssertion`. Nothing else may include toml++.

#include <stdexcept>

namespace solnoma {

struct TomlAssertion : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] inline void fail_toml_assertion(const char* expression) {
  throw TomlAssertion(expression);
}

}  // namespace solnoma

#ifdef NDEBUG
#define SOLNOMA_NDEBUG
#undef NDEBUG
#endif

#define TOML_HEADER_ONLY 1
#define TOML_ASSERT(expression) \
  ((expression) ? void() : ::solnoma::fail_toml_assertion(#expression))
#include <toml++/toml.h>

#ifdef SOLNOMA_NDEBUG
#undef SOLNOMA_NDEBUG
#define NDEBUG
#include <cassert>
#endif
