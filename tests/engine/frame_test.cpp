#include "engine/format/frame.hpp"

#include <doctest/doctest.h>

#include "engine/clock.hpp"

using namespace solnoma;

namespace {

Frame sample() {
  Frame frame;
  frame.subject = 7;
  frame.revision = 3;
  frame.source = 2;
  frame.supersedes = 1;
  frame.recorded_us = -5;
  frame.id = "id-1";
  frame.subject_name = "park/a";
  frame.source_name = "urn:x";
  frame.payload = "16 bytes of text";
  frame.recorded_by = "anna";
  return frame;
}

}  // namespace

TEST_CASE("a frame is read as it was written, and the next after it") {
  std::string block;
  append_frame(block, sample());
  Frame bare = sample();
  bare.subject_name = bare.source_name = bare.recorded_by = {};
  append_frame(block, bare);
  CHECK(block.size() % 8 == 0);
  std::string_view rest = block;
  for (const Frame& written : {sample(), bare}) {
    const auto read = take_frame(rest);
    REQUIRE(read);
    CHECK(read->subject == 7);
    CHECK(read->revision == 3);
    CHECK(read->source == 2);
    CHECK(read->supersedes == 1);
    CHECK(read->recorded_us == -5);
    CHECK(read->id == written.id);
    CHECK(read->subject_name == written.subject_name);
    CHECK(read->source_name == written.source_name);
    CHECK(read->recorded_by == written.recorded_by);
    CHECK(read->payload == written.payload);
    CHECK((read->payload.data() - block.data()) % 8 == 0);
  }
  CHECK(rest.empty());
}

TEST_CASE("the bytes of a frame are those that the format says") {
  std::string block;
  Frame frame = sample();
  frame.recorded_by = {};
  append_frame(block, frame);
  CHECK(block.size() == 32 + 16 + 16);
  CHECK(block.substr(0, 8) == std::string("\x10\0\0\0\7\0\0\0", 8));
  CHECK(block.substr(24, 8) == std::string("\1\0\0\0\4\6\5\0", 8));
  CHECK(block.substr(32, 16) == std::string("id-1park/aurn:x\0", 16));

  block.clear();
  append_frame(block, sample());
  CHECK(block.size() == 32 + 24 + 16);
  CHECK(block.substr(24, 8) == std::string("\1\0\0\0\4\6\5\4", 8));
  CHECK(block.substr(32, 24) == std::string("id-1park/aurn:xanna\0\0\0\0\0", 24));
}

TEST_CASE("a frame that is cut short anywhere is torn, not read past its end") {
  std::string block;
  append_frame(block, sample());
  for (std::size_t size = 0; size < block.size(); ++size) {
    const std::string cut = block.substr(0, size);
    std::string_view rest = cut;
    const auto read = take_frame(rest);
    REQUIRE(!read);
    CHECK(read.error().code == Errc::corrupt);
    CHECK(rest.size() == size);
  }
}

TEST_CASE("any single changed byte gives a frame or an error, never more") {
  std::string block;
  append_frame(block, sample());
  for (std::size_t i = 0; i < block.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = block;
      damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
      std::string_view rest = damaged;
      if (const auto read = take_frame(rest)) CHECK(rest.size() < damaged.size());
    }
  }
}

TEST_CASE("instants are written in UTC to the microsecond") {
  const auto text = [](std::int64_t us) {
    return to_string(Instant{std::chrono::microseconds{us}});
  };
  CHECK(text(0) == "1970-01-01T00:00:00.000000Z");
  CHECK(text(-1) == "1969-12-31T23:59:59.999999Z");
  CHECK(text(1'762'939'800'000'042) == "2025-11-12T09:30:00.000042Z");
  CHECK(day_of(Instant{std::chrono::microseconds{-1}}) == Day{-1});
}
