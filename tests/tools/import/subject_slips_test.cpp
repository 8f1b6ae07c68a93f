// Which of many new subjects look like slips, held against comparing each with each.

#include "tools/import/subject_slips.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "events/subject.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using test::Random;

namespace {

/// By number, from 0 on.
using Subjects = std::vector<std::string>;

std::vector<std::string> told(const std::vector<Slip>& slips) {
  std::vector<std::string> all;
  for (const Slip& each : slips) all.push_back(each.what + " " + each.typed + " " + each.known);
  return all;
}

std::vector<std::string> naive(const Subjects& subjects, std::size_t first) {
  Kinds old_kinds;
  for (std::size_t i = 0; i < first; ++i) old_kinds.emplace(kind_of(subjects[i]));
  std::vector<Slip> slips;
  for (std::size_t i = first; i < subjects.size(); ++i) {
    const auto end = subjects.begin() + static_cast<std::ptrdiff_t>(i);
    const auto like = std::find_if(subjects.begin(), end,
                                   [&](const auto& known) { return is_slip(subjects[i], known); });
    const std::string kind(kind_of(subjects[i]));
    if (like != end)
      slips.push_back({"subject", subjects[i], *like});
    else if (const auto known = slip_of_kind(kind, old_kinds))
      slips.push_back({"kind", kind, *known});
  }
  return told(slips);
}

std::vector<std::string> found(const Subjects& subjects, std::size_t first,
                               std::uint64_t most_keys) {
  std::vector<std::uint32_t> order(subjects.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return subjects[i]; });
  const auto each = [&](const auto& visit) {
    for (const std::uint32_t i : order) visit(std::string_view(subjects[i]), SubjectNumber{i});
    return Result<void>{};
  };
  return told(
      slips_of_subjects(each, SubjectNumber{static_cast<std::uint32_t>(first)}, most_keys).value());
}

/// Names of which many are one letter apart, some by their digits.
Subjects drawn(Random& random, std::size_t count) {
  static constexpr const char* kKinds[] = {"park", "parc", "plant", "plants", "relation"};
  static constexpr const char* kLetters[] = {"a", "a", "b", "c", "C", "ж", "1", "-"};
  std::set<std::string> all;
  while (all.size() < count) {
    std::string name = kKinds[random.below(5)];
    name += "/";
    for (std::size_t n = 2 + random.below(std::size_t{5}); n > 0; --n)
      name += kLetters[random.below(8)];
    all.insert(name);
  }
  Subjects subjects(all.begin(), all.end());
  for (std::size_t i = subjects.size(); i > 1; --i)
    std::swap(subjects[i - 1], subjects[random.below(i)]);
  return subjects;
}

}  // namespace

TEST_CASE("slips among many new subjects are those that comparing each with each finds") {
  std::size_t slips = 0;
  for (std::uint64_t round = 0; round < 60; ++round) {
    CAPTURE(round);
    Random random(test::base_seed(), round);
    const Subjects subjects = drawn(random, 1 + random.below(std::size_t{300}));
    const std::size_t first = random.below(subjects.size() + 1);
    const auto expected = naive(subjects, first);
    slips += expected.size();
    for (const std::uint64_t most_keys :
         {std::uint64_t{4} << 20, std::uint64_t{500}, std::uint64_t{40}})
      CHECK(found(subjects, first, most_keys) == expected);
  }
  CHECK(slips > 300);
}
