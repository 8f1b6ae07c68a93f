#include "engine/format/frame.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"
#include "engine/event.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kHeader = 32;

constexpr std::size_t padded(std::size_t size) {
  return (size + 7) / 8 * 8;
}

}  // namespace

std::size_t frame_size(const Frame& frame) {
  return kHeader + padded(frame.id.size() + frame.subject_name.size() + frame.source_name.size()) +
         frame.payload.size();
}

void append_frame(std::string& block, const Frame& frame) {
  SOLNOMA_CHECK(frame.payload.size() % 8 == 0 && frame.payload.size() <= kMaxPayload);
  SOLNOMA_CHECK(frame.id.size() <= kMaxId && frame.subject_name.size() <= kMaxSubjectName);
  SOLNOMA_CHECK(frame.source_name.size() <= kMaxSourceName);
  put_le(block, static_cast<std::uint32_t>(frame.payload.size()));
  put_le(block, frame.subject);
  put_le(block, frame.revision);
  put_le(block, frame.source);
  put_le(block, frame.recorded_us);
  put_le(block, frame.supersedes);
  put_le(block, static_cast<std::uint8_t>(frame.id.size()));
  put_le(block, static_cast<std::uint8_t>(frame.subject_name.size()));
  put_le(block, static_cast<std::uint8_t>(frame.source_name.size()));
  put_le(block, std::uint8_t{0});
  block += frame.id;
  block += frame.subject_name;
  block += frame.source_name;
  const std::size_t names = frame.id.size() + frame.subject_name.size() + frame.source_name.size();
  block.append(padded(names) - names, '\0');
  block += frame.payload;
}

Result<Frame> take_frame(std::string_view& rest) {
  const auto torn = [] {
    return fail(Errc::corrupt, "the log holds a torn event", "restore from a backup");
  };
  if (rest.size() < kHeader) return torn();
  const char* header = rest.data();
  const auto payload_size = load<std::uint32_t>(header);
  const auto id_size = load<std::uint8_t>(header + 28);
  const auto subject_size = load<std::uint8_t>(header + 29);
  const auto source_size = load<std::uint8_t>(header + 30);
  const std::size_t names = std::size_t{id_size} + subject_size + source_size;
  const std::size_t size = kHeader + padded(names) + payload_size;
  if (payload_size % 8 != 0 || payload_size > kMaxPayload || rest.size() < size) return torn();
  Frame frame;
  frame.subject = load<std::uint32_t>(header + 4);
  frame.revision = load<std::uint32_t>(header + 8);
  if (frame.revision == 0) return torn();
  frame.source = load<std::uint32_t>(header + 12);
  frame.recorded_us = load<std::int64_t>(header + 16);
  frame.supersedes = load<std::uint32_t>(header + 24);
  frame.id = rest.substr(kHeader, id_size);
  frame.subject_name = rest.substr(kHeader + id_size, subject_size);
  frame.source_name = rest.substr(kHeader + id_size + subject_size, source_size);
  frame.payload = rest.substr(kHeader + padded(names), payload_size);
  rest.remove_prefix(size);
  return frame;
}

}  // namespace solnoma
