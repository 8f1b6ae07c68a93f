#pragma once

#include <string>

#include "engine/result.hpp"

namespace solnoma {

/// What helps against an error, in terms of this program: its commands and options. Empty where
/// nothing is known.
[[nodiscard]] std::string remedy_of(const Error& error);

}  // namespace solnoma
