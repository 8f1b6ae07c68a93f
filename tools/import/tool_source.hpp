#pragma once

namespace solnoma {

/// The producer of events that the tool itself makes, unless another is named.
inline constexpr const char* kToolSource = "urn:solnoma:tool";

}  // namespace solnoma
