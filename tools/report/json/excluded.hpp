#pragma once

#include "projections/amount.hpp"
#include "tools/report/json/writer.hpp"

namespace solnoma {

/// `"excluded": ["value", "upper"]`: which ends do not belong to a range; nothing where both do.
inline void write_excluded(JsonWriter& json, Excluded excluded) {
  if (excluded == Excluded{}) return;
  json.key("excluded").begin_array();
  if (excluded.value) json.text("value");
  if (excluded.upper) json.text("upper");
  json.end_array();
}

}  // namespace solnoma
