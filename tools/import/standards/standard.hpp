#pragma once

#include <optional>
#include <string_view>

namespace solnoma {

/// The standards whose documents are read.
enum class Standard { oc4ids, ocds, iati };
/// "OC4IDS"
[[nodiscard]] std::string_view name(Standard standard);

/// Which of them a document is of, also within gzip. OC4IDS: a package of `projects`; OCDS: a
/// package of `releases` or `records`, or one release or record with its `ocid`; IATI: an element
/// iati-activities. None: of none, or broken before that can be
/// told. Cost: a pass over JSON, the first 64 KiB of XML and of what is packed. Pure.
[[nodiscard]] std::optional<Standard> standard_of(std::string_view bytes);

}  // namespace solnoma
