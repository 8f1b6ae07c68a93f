#pragma once

#include <string_view>

#include "events/edtf.hpp"

namespace solnoma {

/// parse_edtf() without advice on what may have been meant: `what` is the reason alone.
[[nodiscard]] Result<Edtf> read_edtf(std::string_view text);

}  // namespace solnoma
