#pragma once

#include "projections/amount.hpp"
#include "tools/report/json/writer.hpp"

namespace solnoma {

/// `"excluded": ["value", "upper"]`: which ends do not belong to a range; `"open": "above"`: where
/// an "about" goes on. Each is left out where there is nothing to tell.
inline void write_ends(JsonWriter& json, Ends ends) {
  if (ends.excluded != Excluded{}) {
    json.key("excluded").begin_array();
    if (ends.excluded.value) json.text("value");
    if (ends.excluded.upper) json.text("upper");
    json.end_array();
  }
  if (ends.open != Open::none) json.key("open").text(name(ends.open));
}

}  // namespace solnoma
