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

std::size_t texts_size(const Frame& frame) {
  return frame.id.size() + frame.subject_name.size() + frame.source_name.size() +
         frame.recorded_by.size();
}

}  // namespace

std::size_t frame_size(const Frame& frame) {
  return kHeader + padded(texts_size(frame)) + frame.payload.size();
}

void append_frame(std::string& block, const Frame& frame) {
  SOLNOMA_CHECK(frame.payload.size() % 8 == 0 && frame.payload.size() <= kMaxPayload);
  SOLNOMA_CHECK(frame.id.size() <= kMaxId && frame.subject_name.size() <= kMaxSubjectName);
  SOLNOMA_CHECK(frame.source_name.size() <= kMaxSourceName);
  SOLNOMA_CHECK(frame.recorded_by.size() <= kMaxRecorder);
  put_le(block, static_cast<std::uint32_t>(frame.payload.size()));
  put_le(block, frame.subject);
  put_le(block, frame.revision);
  put_le(block, frame.source);
  put_le(block, frame.recorded_us);
  put_le(block, frame.supersedes);
  put_le(block, static_cast<std::uint8_t>(frame.id.size()));
  put_le(block, static_cast<std::uint8_t>(frame.subject_name.size()));
  put_le(block, static_cast<std::uint8_t>(frame.source_name.size()));
  put_le(block, static_cast<std::uint8_t>(frame.recorded_by.size()));
  block += frame.id;
  block += frame.subject_name;
  block += frame.source_name;
  block += frame.recorded_by;
  const std::size_t texts = texts_size(frame);
  block.append(padded(texts) - texts, '\0');
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
  const auto recorder_size = load<std::uint8_t>(header + 31);
  const std::size_t names = std::size_t{id_size} + subject_size + source_size;
  const std::size_t texts = names + recorder_size;
  const std::size_t size = kHeader + padded(texts) + payload_size;
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
  frame.recorded_by = rest.substr(kHeader + names, recorder_size);
  frame.payload = rest.substr(kHeader + padded(texts), payload_size);
  rest.remove_prefix(size);
  return frame;
}

}  // namespace solnoma
