#include "tools/serve/multipart.hpp"

#include <algorithm>
#include <utility>

#include "events/text/ascii_lower.hpp"
#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kFormType = "multipart/form-data";
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kMostParts = 100;
constexpr std::size_t kMostHead = 8 << 10;
constexpr std::size_t kMostBoundary = 70;  // RFC 2046

std::unexpected<Error> no_form(std::string what) {
  return fail(Errc::invalid, std::move(what), "send the form as a browser does");
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) + 1 - first);
}

bool is_header_token(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

/// A value and its parameters, as in `form-data; name="file"; filename="a.csv"`.
class Parameters {
 public:
  static std::optional<Parameters> of(std::string_view text) {
    Parameters read;
    const std::size_t end = text.find(';');
    read.value_ = ascii_lower(trimmed(text.substr(0, end)));
    std::string_view rest = end == std::string_view::npos ? "" : text.substr(end);
    while (!rest.empty())
      if (!read.take(rest)) return std::nullopt;
    return read;
  }

  [[nodiscard]] const std::string& value() const { return value_; }
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
    const auto found = std::ranges::find(all_, name, &Parameter::first);
    return found == all_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
  }

 private:
  using Parameter = std::pair<std::string, std::string>;

  /// `; name=token` or `; name="text"` off the beginning. A name stands once. A backslash is what
  /// it is: browsers do not escape by it.
  bool take(std::string_view& rest) {
    rest.remove_prefix(1);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return false;
    std::string name = ascii_lower(trimmed(rest.substr(0, equals)));
    rest.remove_prefix(equals + 1);
    const bool quoted = rest.starts_with('"');
    if (quoted) rest.remove_prefix(1);
    const std::size_t end = rest.find(quoted ? '"' : ';');
    if (quoted && end == std::string_view::npos) return false;
    const std::string_view value = quoted ? rest.substr(0, end) : trimmed(rest.substr(0, end));
    if (!is_header_token(name) || find(name) || (!quoted && !is_header_token(value))) return false;
    all_.emplace_back(std::move(name), std::string(value));
    rest = end == std::string_view::npos ? "" : rest.substr(end + (quoted ? 1 : 0));
    const std::size_t next = rest.find_first_not_of(" \t");
    rest = next == std::string_view::npos ? "" : rest.substr(next);
    return rest.empty() || rest.starts_with(';');
  }

  std::string value_;
  std::vector<Parameter> all_;
};

bool is_text(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (next.size == 0 || next.value < ' ' || next.value == 0x7f) return false;
    text.remove_prefix(next.size);
  }
  return true;
}

/// As the HTML standard has browsers write them; all else stands for itself.
std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> kEscapes[] = {
      {"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
  std::string plain;
  while (!text.empty()) {
    const auto* const escape = std::ranges::find_if(
        kEscapes, [&](const auto& each) { return text.starts_with(each.first); });
    const bool is_escape = escape != std::end(kEscapes);
    plain += is_escape ? escape->second : text.front();
    text.remove_prefix(is_escape ? escape->first.size() : 1);
  }
  return plain;
}

/// What stands before the content of a part: one Content-Disposition, and others that say nothing
/// of how to read it.
Result<FormPart> read_head(std::string_view head) {
  std::optional<FormPart> part;
  while (!head.empty()) {
    const std::size_t end = head.find(kLineEnd);
    const std::string_view line = head.substr(0, end);
    head = end == std::string_view::npos ? "" : head.substr(end + kLineEnd.size());
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_header_token(line.substr(0, colon)))
      return no_form("a part of the form has a header that is none");
    const std::string name = ascii_lower(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-transfer-encoding")
      return no_form("a part of the form is encoded, which browsers do not do");
    if (name == "content-type" && ascii_lower(value).starts_with("multipart/"))
      return no_form("a part of the form has parts of its own");
    if (name != "content-disposition") continue;
    const auto said = Parameters::of(value);
    const auto field = said ? said->find("name") : std::nullopt;
    if (part || !field || said->value() != "form-data" || !is_text(*field))
      return no_form("a part of the form does not say once which field it is");
    const auto file = said->find("filename");
    if (file && !is_text(*file)) return no_form("the name of a file is no text");
    part = FormPart{unescaped(*field), {}, {}};
    if (file) part->file = unescaped(*file);
  }
  if (!part) return no_form("a part of the form does not say which field it is");
  return *part;
}

}  // namespace

bool is_multipart(std::string_view type) {
  return ascii_lower(trimmed(type.substr(0, type.find(';')))) == kFormType;
}

Result<std::vector<FormPart>> read_multipart(std::string_view type, std::string_view body) {
  const auto said = Parameters::of(type);
  const auto boundary = said && said->value() == kFormType ? said->find("boundary") : std::nullopt;
  if (!boundary || boundary->empty() || boundary->size() > kMostBoundary || !is_text(*boundary))
    return no_form("the form does not say what stands between its parts");
  const std::string first = "--" + std::string(*boundary);
  const std::string between = std::string(kLineEnd) + first;
  if (!body.starts_with(first)) return no_form("the form does not begin with its boundary");
  body.remove_prefix(first.size());

  std::vector<FormPart> parts;
  while (body.starts_with(kLineEnd)) {
    body.remove_prefix(kLineEnd.size());
    if (parts.size() == kMostParts) return no_form("the form has more than 100 parts");
    const std::size_t head = body.substr(0, kMostHead).find("\r\n\r\n");
    if (head == std::string_view::npos)
      return no_form("the head of a part is cut off, or longer than 8 KiB");
    auto part = read_head(body.substr(0, head));
    if (!part) return std::unexpected(part.error());
    body.remove_prefix(head + 2 * kLineEnd.size());
    const std::size_t end = body.find(between);
    if (end == std::string_view::npos) return no_form("the form is cut off");
    part->content = body.substr(0, end);
    parts.push_back(std::move(*part));
    body.remove_prefix(end + between.size());
  }
  if (body != "--" && body != "--\r\n") return no_form("the form does not end at its last part");
  return parts;
}

}  // namespace solnoma
