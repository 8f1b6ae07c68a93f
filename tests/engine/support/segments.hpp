#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "tests/support/engine_fixture.hpp"

namespace solnoma::test {

/// The families of the index hold pages of the segments that stand when the log has that
/// head, some of each, and nothing else.
inline void check_pages_of_segments(const std::array<Entries, kFamilies>& all, Position head,
                                    const Layout& layout) {
  for (const Family family : {Family::timeline, Family::ids}) {
    Entries left = all[static_cast<std::size_t>(family)];
    for (const Segment& segment : segments_up_to(last_full_segment(head, layout), layout)) {
      const std::string prefix = segment_key(segment);
      CHECK(std::erase_if(left, [&](const auto& e) { return e.first.starts_with(prefix); }) > 0);
    }
    CHECK(left.empty());
  }
}

}  // namespace solnoma::test
