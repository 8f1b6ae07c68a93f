#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// One event as the log's bytes hold it. The first frame of a subject and of a source
/// carries its name, so that the log alone is enough to derive everything else.
/// Views into a block.
struct Frame {
  std::uint32_t subject = 0;     ///< subject number
  std::uint32_t revision = 0;    ///< within the subject
  std::uint32_t source = 0;      ///< source number, in order of first appearance
  std::uint32_t supersedes = 0;  ///< revision within the subject; 0: none
  std::int64_t recorded_us = 0;  ///< microseconds since 1970-01-01 UTC
  std::string_view id;
  std::string_view subject_name;  ///< empty but in the first frame of a subject
  std::string_view source_name;   ///< empty but in the first frame of a source
  std::string_view payload;       ///< a multiple of 8 bytes
  std::string_view recorded_by = {};
};

/// A block ends with whichever comes first: where the position is a multiple of this, or
/// before it would be longer. That depends on the events alone, never on how they were
/// batched: a copied log has the same blocks.
inline constexpr std::uint32_t kMostBlockEvents = 64;
inline constexpr std::size_t kMostBlockBytes = 32 << 10;

/// How many bytes append_frame() adds.
[[nodiscard]] std::size_t frame_size(const Frame& frame);

/// Appends the frame to a block; the block stays a multiple of 8 bytes long.
void append_frame(std::string& block, const Frame& frame);

/// Takes the first frame off `rest`. Where the block is 8-byte aligned, so is every
/// payload. Errors: corrupt when the bytes are no frame.
[[nodiscard]] Result<Frame> take_frame(std::string_view& rest);

}  // namespace solnoma
