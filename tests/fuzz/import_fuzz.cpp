#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/validate.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace solnoma;

namespace {

/// What is read, valid and recorded is printed as it is read again.
void check_event(const Event& event) {
  if (!validate(event)) return;
  const auto payload = encode(event);
  if (!payload) return;  // larger than an event may be
  const std::string json = event_to_json(event);
  const auto again = event_from_json(json, "urn:other");
  SOLNOMA_PROMISE(again && again->event == event);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  if (const auto one = event_from_json(text, "urn:fuzz")) check_event(one->event);
  if (const auto all = events_from_json_array(text, "urn:fuzz"))
    for (const Exchanged& each : *all) check_event(each.event);
  return 0;
}
