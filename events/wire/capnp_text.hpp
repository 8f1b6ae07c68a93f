#pragma once

#include <capnp/blob.h>
#include <kj/exception.h>

#include <string>
#include <string_view>

namespace solnoma {

/// Text across the border to Cap'n Proto. Its own conversion of a std::string ends at the
/// first zero byte; this one keeps every byte. A view.
[[nodiscard]] inline capnp::Text::Reader as_capnp(const std::string& text) {
  return {text.data(), text.size()};
}

[[nodiscard]] inline std::string_view as_view(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

/// What an exception says, without the condition in Cap'n Proto's own source that failed:
/// of "expected a.b(); What is wrong." the second half, of "expected a.b()" nothing.
[[nodiscard]] inline std::string reason_of(const kj::Exception& exception) {
  const kj::StringPtr description = exception.getDescription();
  std::string_view reason(description.begin(), description.size());
  if (reason.starts_with("expected ")) {
    const auto end = reason.find("; ");
    reason = end == std::string_view::npos ? "it is malformed" : reason.substr(end + 2);
  }
  return std::string(reason.substr(0, 200));
}

}  // namespace solnoma
