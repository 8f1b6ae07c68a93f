#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tools/import/standards/xml_tree.hpp"

namespace solnoma {

/// How the versions of IATI write texts and dates. What is asked for by these is not marked as
/// read.

/// The value of an attribute; empty where there is none.
[[nodiscard]] std::string plain_attribute(const XmlElement& element, std::string_view name);

/// The first text of an element: of its narratives, else (1.0x) its own. Empty: none.
[[nodiscard]] std::string narrative_text(const XmlElement& element);
/// That of the first child of a name that has one.
[[nodiscard]] std::string narrative_of(const XmlElement& element, std::string_view name);

/// The date that an element gives in its iso-date, else in its text, as EDTF. Empty: none.
[[nodiscard]] std::string iati_date(const XmlElement& element);

/// The dates of an activity by what they are: "planned start", "actual start", "planned end",
/// "actual end"; of several the first.
using IatiDates = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] IatiDates dates_of(const XmlElement& activity);

}  // namespace solnoma
