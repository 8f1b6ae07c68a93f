#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "events/language.hpp"
#include "tools/report/markup.hpp"

namespace solnoma {

/// How a page of the server begins, up to its body: with its styles, and a referrer for the server
/// alone, without which a browser would call the origin of its forms null.
[[nodiscard]] inline std::string page_head(Language language, std::string_view title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"same-origin\">\n<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{}</title>\n<link rel=\"stylesheet\" href=\"/assets/report.css\">\n"
      "<link rel=\"stylesheet\" href=\"/assets/page.css\">\n</head>\n",
      code_of(language), markup_escape(title));
}

}  // namespace solnoma
