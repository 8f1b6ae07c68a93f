#include "events/edtf.hpp"
#include "events/text/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace solnoma;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto parsed = parse_edtf(text);
  if (!parsed) {
    SOLNOMA_PROMISE(parsed.error().code == Errc::invalid && !parsed.error().what.empty());
    return 0;
  }
  SOLNOMA_PROMISE(parsed->bounds.earliest <= parsed->bounds.latest);
  SOLNOMA_PROMISE(parse_edtf(text)->bounds == parsed->bounds);
  return 0;
}
