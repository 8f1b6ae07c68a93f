#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"

namespace solnoma {

/// One part of what a browser sends as multipart/form-data: a field of the form.
struct FormPart {
  std::string name;
  std::optional<std::string> file;  ///< what the file is called there; none: it is no file
  std::string_view content;         ///< within what was read
};

/// Reads what browsers send, by RFC 7578 and the form-data of the HTML standard, and nothing
/// beyond that: no part within a part, no encoding but as it is, nothing before the first boundary
/// or behind the last one. At most 100 parts, each with a head of 8 KiB at most; names are UTF-8,
/// with %22, %0D and %0A as browsers write quotes and ends of lines.
///
/// `type`: the Content-Type of the request. Parts view into `body`. Errors: invalid. Pure.
[[nodiscard]] Result<std::vector<FormPart>> read_multipart(std::string_view type,
                                                           std::string_view body);

/// Whether a Content-Type is that of such a form.
[[nodiscard]] bool is_multipart(std::string_view type);

}  // namespace solnoma
