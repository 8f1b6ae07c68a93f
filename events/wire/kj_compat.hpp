#pragma once

// Read before everything else in this room when clang compiles it. Cap'n Proto 0.9 leaves
// `"text" == stringPtr` to the reversed operator of C++20, which later rules (P2468) take
// away again where an operator!= is declared, as it is there. g++ 12 does not know those
// rules yet.

#include <kj/string.h>

namespace kj {

inline bool operator==(const char* a, const StringPtr& b) {
  return StringPtr(a) == b;
}
inline bool operator!=(const char* a, const StringPtr& b) {
  return StringPtr(a) != b;
}

}  // namespace kj
