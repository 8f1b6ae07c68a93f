#pragma once

#include <functional>
#include <string_view>

namespace solnoma {

/// Takes text piece by piece: a file, a connection, a string.
using Sink = std::function<void(std::string_view)>;

}  // namespace solnoma
