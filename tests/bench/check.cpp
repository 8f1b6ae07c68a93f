#include "tests/bench/check.hpp"

#include <xxhash.h>

#include <algorithm>

namespace solnoma::bench {

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

std::string status_field(Status status) {
  return fmt::format(R"("status":"{}")", name(status));
}

StatusCounts counts_of(std::span<const Status> statuses) {
  StatusCounts counts{};
  for (const Status status : statuses) ++counts[static_cast<std::size_t>(status)];
  return counts;
}

std::uint64_t digest_of(std::span<const Status> statuses) {
  return XXH3_64bits(statuses.data(), statuses.size_bytes());
}

void require_same(std::span<const Status> got, std::span<const Status> expected,
                  const std::string& what) {
  require(got.size() == expected.size(),
          fmt::format("{}: {} subjects, not {}", what, got.size(), expected.size()));
  const auto [a, b] = std::ranges::mismatch(got, expected);
  if (a == got.end()) return;
  throw Wrong(fmt::format("wrong answer: {}: subject number {} is {}, not {}", what,
                          a - got.begin(), name(*a), name(*b)));
}

void require_same(const StatusCounts& got, const StatusCounts& expected, const std::string& what) {
  for (std::size_t i = 0; i < kStatuses; ++i)
    require(got[i] == expected[i], fmt::format("{}: {} subjects are {}, not {}", what, got[i],
                                               name(static_cast<Status>(i)), expected[i]));
}

}  // namespace solnoma::bench
