#pragma once

#include <string>
#include <vector>

namespace solnoma {

/// A record of RFC 4180 without its end: what has a usual separator, a quote or a line break in it
/// stands in quotes.
[[nodiscard]] std::string csv_record(const std::vector<std::string>& cells, char separator = ',');

}  // namespace solnoma
