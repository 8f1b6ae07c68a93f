#pragma once

#include "events/event.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/report/words/kinds.hpp"

namespace solnoma {

/// What the page's script says of its own accord, in the language of the report, as a JSON
/// object: the key is the English text, the value its translation or, where a number decides the
/// form, {"one", "few", "many", "other"}. With it come "months" and "numbers", for days and
/// numbers that the reader picks and no report could know. `counted`: what the board counts.
void write_page_words(JsonWriter& json, Language language, const PluralForms& counted);

}  // namespace solnoma
