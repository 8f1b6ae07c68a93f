#include "tools/serve/http.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace solnoma {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string_view> first_of(const NamedValues& values, std::string_view name) {
  const auto found = std::ranges::find(
      values, name, [](const auto& each) { return std::string_view(each.first); });
  if (found == values.end()) return std::nullopt;
  return found->second;
}

/// Calls `take` with each part between separators; false as soon as that is false.
template <class Take>
bool each_part(std::string_view text, char separator, const Take& take) {
  for (;;) {
    const std::size_t end = text.find(separator);
    if (!take(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
  return first_of(headers, name);
}

std::string HttpAnswer::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &NamedValues::value_type::first);
  return found == headers.end() ? std::string() : found->second;
}

std::string_view HttpRequest::cookie(std::string_view name) const {
  std::string_view rest = header("cookie").value_or("");
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    std::string_view one = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
      return one.substr(name.size() + 1);
  }
  return {};
}

std::optional<std::string_view> HttpRequest::asked(std::string_view name) const {
  return first_of(query, name);
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      result.push_back(static_cast<char>(high << 4 | low));
      i += 2;
    } else {
      result.push_back(plus && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return result;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-._~";
  std::string result;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       kPlain.find(c) != std::string_view::npos;
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      result += c;
    else
      (result += '%').append({kDigits[byte >> 4], kDigits[byte & 15U]});
  }
  return result;
}

bool read_target(std::string_view target, HttpRequest& request) {
  if (!target.starts_with('/')) return false;
  const std::size_t question = target.find('?');
  const std::string_view path =
      target.substr(1, question == std::string_view::npos ? std::string_view::npos : question - 1);
  if (!path.empty() && !each_part(path, '/', [&](std::string_view part) {
        auto segment = percent_decoded(part, /*plus=*/false);
        // A segment may name what a file or an option is called: nothing that says more.
        if (!segment || segment->empty() || *segment == "." || *segment == ".." ||
            segment->find('\0') != std::string::npos)
          return false;
        request.path.push_back(std::move(*segment));
        return true;
      }))
    return false;
  return question == std::string_view::npos ||
         read_values(target.substr(question + 1), request.query);
}

bool read_values(std::string_view text, NamedValues& values) {
  return each_part(text, '&', [&](std::string_view part) {
    if (part.empty()) return true;
    const std::size_t equals = part.find('=');
    auto name = percent_decoded(part.substr(0, equals), /*plus=*/true);
    auto value = percent_decoded(
        equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1),
        /*plus=*/true);
    if (!name || !value || value->find('\0') != std::string::npos) return false;
    values.emplace_back(std::move(*name), std::move(*value));
    return true;
  });
}

bool asks_for_stream(const HttpRequest& request) {
  const std::string_view accept = request.header("accept").value_or("");
  return accept.find("text/event-stream") != std::string_view::npos;
}

std::string site_of(const HttpRequest& request) {
  const bool secure = request.by_https || request.header("x-forwarded-proto") == "https";
  return fmt::format("{}://{}", secure ? "https" : "http", request.header("host").value_or(""));
}

}  // namespace solnoma
