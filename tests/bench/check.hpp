#pragma once

#include <fmt/format.h>

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "projections/many/portfolio.hpp"

namespace solnoma::bench {

/// A wrong answer, or a failure: the figures are worth nothing, and the program says so
/// and exits with 1.
class Wrong : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The value, or Wrong with what was being done.
template <class T>
T must(Result<T> result, const char* doing) {
  if (!result)
    throw Wrong(fmt::format("{}: {} {}", doing, result.error().what, result.error().where));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline void require(bool holds, const std::string& what) {
  if (!holds) throw Wrong("wrong answer: " + what);
}

/// How often `part` stands in a text.
[[nodiscard]] std::size_t occurrences(std::string_view text, std::string_view part);
/// A status as answers in JSON name it.
[[nodiscard]] std::string status_field(Status status);

[[nodiscard]] StatusCounts counts_of(std::span<const Status> statuses);

/// One number for the statuses of all subjects, in order of their numbers.
[[nodiscard]] std::uint64_t digest_of(std::span<const Status> statuses);

/// Throws Wrong naming the first subject number that differs.
void require_same(std::span<const Status> got, std::span<const Status> expected,
                  const std::string& what);
void require_same(const StatusCounts& got, const StatusCounts& expected, const std::string& what);

}  // namespace solnoma::bench
