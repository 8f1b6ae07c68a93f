#pragma once

#include <string>
#include <string_view>

#include "tools/context.hpp"

namespace solnoma {

/// The EDTF of a date that somebody typed: as it stands where it is EDTF. Any other way of writing
/// it that can mean one date only is taken, and said on standard error. Errors: usage, naming the
/// option, with what to write instead.
[[nodiscard]] Try<std::string> typed_date(std::string_view option, const std::string& text,
                                          Context& context);

/// The same in place; an empty text stays empty.
[[nodiscard]] Outcome read_typed(std::string_view option, std::string& text, Context& context);

}  // namespace solnoma
