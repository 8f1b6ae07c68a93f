#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// What all targets share. Each is one file with libFuzzer's entry point, and holds what
/// must be true of any input at all; crashes, sanitizers, time and memory are the fuzzer's.
namespace solnoma::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Stops the run where a promise is broken.
#define SOLNOMA_PROMISE(condition)                                                          \
  do {                                                                                      \
    if (!(condition)) {                                                                     \
      std::fprintf(stderr, "broken promise: %s (%s:%d)\n", #condition, __FILE__, __LINE__); \
      std::abort();                                                                         \
    }                                                                                       \
  } while (false)

}  // namespace solnoma::fuzz
