#pragma once

#include <string>
#include <string_view>

#include "engine/base/bytes.hpp"
#include "engine/format/id_page.hpp"
#include "engine/format/segment.hpp"
#include "engine/position.hpp"

namespace solnoma {

/// Keys of the index: a page is found by the last entry that it holds.

/// le64: the events up to here are in segments of the index. Missing: none.
inline constexpr std::string_view kIndexed = "indexed";
/// u8 segment_bits, u8 fan_bits. Missing: the usual Layout.
inline constexpr std::string_view kLayout = "layout";

[[nodiscard]] inline std::string row_page_key(const Segment& segment, SubjectNumber subject,
                                              Revision revision) {
  std::string key = segment_key(segment);
  store_key(key, subject.value);
  store_key(key, revision.value);
  return key;
}

[[nodiscard]] inline std::string id_page_key(const Segment& segment, const IdEntry& last) {
  std::string key = segment_key(segment);
  store_key(key, last.hash);
  store_key(key, last.position.value);
  return key;
}

}  // namespace solnoma
