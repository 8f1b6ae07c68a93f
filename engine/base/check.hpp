#pragma once

#include <cstdio>
#include <cstdlib>

/// Stops the program when one of its own assumptions is false. For mistakes of
/// programmers only: bad input and failing disks are `Error`s. On in release.
#define SOLNOMA_CHECK(condition)                                                         \
  do {                                                                                   \
    if (!(condition)) [[unlikely]] {                                                     \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
