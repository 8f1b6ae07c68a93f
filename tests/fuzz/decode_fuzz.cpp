#include "engine/aligned_bytes.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/validate.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace solnoma;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  AlignedBytes payload;
  payload.assign(fuzz::text_of(data, size - size % 8));
  const auto mark = index_payload(payload.bytes());
  if (mark) SOLNOMA_PROMISE(mark->bounds.earliest <= mark->bounds.latest);
  RecordedEvent recorded{};
  recorded.position = Position{1};
  recorded.revision = Revision{1};
  recorded.subject = "park/a";
  recorded.source = "urn:fuzz";
  recorded.id = "1";
  recorded.payload = payload.bytes();
  const auto stored = decode(recorded);
  if (!stored) return 0;
  if (mark && validate(stored->event)) SOLNOMA_PROMISE(encode(stored->event));
  (void)event_to_json(stored->event);
  return 0;
}
