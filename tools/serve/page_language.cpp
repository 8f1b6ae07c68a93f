#include "tools/serve/page_language.hpp"

#include <fmt/format.h>

#include <string_view>

namespace solnoma {
namespace {

constexpr std::string_view kCookie = "solnoma-lang";

}  // namespace

Language page_language(const HttpRequest& request) {
  if (const auto asked = request.asked("lang"))
    if (const auto language = language_from(*asked)) return *language;
  if (const auto chosen = language_from(request.cookie(kCookie))) return *chosen;
  // "ru-RU,ru;q=0.9,en;q=0.8": browsers write them in the order of their weights.
  std::string_view rest = request.header("accept-language").value_or("");
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view tag = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    if (const auto language = language_from(tag.substr(0, tag.find_first_of("-;"))))
      return *language;
  }
  return Language::en;
}

std::string language_cookie(Language language) {
  constexpr int kYear = 365 * 24 * 60 * 60;
  return fmt::format("{}={}; Path=/; SameSite=Lax; Max-Age={}", kCookie, code_of(language), kYear);
}

}  // namespace solnoma
