#pragma once

#include <cstdint>

#include "engine/strong.hpp"

namespace solnoma {

/// An event's place in the whole log: 1, 2, 3 … without gaps, in commit order.
/// 0 stands for "before the first event".
using Position = Strong<struct PositionTag, std::uint64_t>;

/// An event's place within its subject: 1, 2, 3 … without gaps.
using Revision = Strong<struct RevisionTag, std::uint32_t>;

/// A subject's number within one store, in order of first appearance: 0, 1, 2 …
/// Never shown to users: names are.
using SubjectNumber = Strong<struct SubjectNumberTag, std::uint32_t>;

/// Positions fit into 56 bits, so that an index row can hold one beside a kind.
inline constexpr Position kNewest{(std::uint64_t{1} << 56) - 1};

/// Subjects by number, both ends included.
struct SubjectRange {
  SubjectNumber first{0};
  SubjectNumber last{UINT32_MAX};
};

}  // namespace solnoma
