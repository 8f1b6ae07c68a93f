#include <algorithm>

#include "tests/fuzz/fuzz.hpp"
#include "tools/serve/multipart.hpp"

using namespace solnoma;

namespace {

bool is_within(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.end() <= whole.end();
}

}  // namespace

/// The first line is the type, the rest the form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const std::string_view type = text.substr(0, line);
  const std::string_view body = text.substr(std::min(line + 1, text.size()));
  const auto parts = read_multipart(type, body);
  if (!parts) return 0;
  SOLNOMA_PROMISE(is_multipart(type));
  std::size_t bytes = 0;
  for (const FormPart& part : *parts) {
    SOLNOMA_PROMISE(is_within(part.content, body));
    bytes += part.content.size() + part.name.size();
  }
  SOLNOMA_PROMISE(bytes <= body.size());
  // Cut short anywhere, it is no whole form.
  for (std::size_t i = 0; i + 2 < body.size(); i += 1 + body.size() / 16)
    SOLNOMA_PROMISE(!read_multipart(type, body.substr(0, i)));
  return 0;
}
