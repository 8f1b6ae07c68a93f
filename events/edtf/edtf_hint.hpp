#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace solnoma {

/// What to write for a date that is no EDTF but means something to people: "31.12.2024",
/// "May 2023", "2026-Q3", "2023–2024", "ca. 2020", in English, Russian or Uzbek.
struct EdtfHint {
  std::string what;    ///< what it is; empty: the parser's own words say it
  std::string remedy;  ///< "write 2024-12-31"; where it can be two dates, both
};

/// Nothing for what is not understood. Every form that is named is EDTF itself. Pure; linear in
/// the text. Precondition: `text` is no EDTF.
[[nodiscard]] std::optional<EdtfHint> edtf_hint(std::string_view text);

/// The EDTF of such a date, where it can be only one. The same precondition and cost.
[[nodiscard]] std::optional<std::string> edtf_meant(std::string_view text);

}  // namespace solnoma
