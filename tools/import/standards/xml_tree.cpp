#include "tools/import/standards/xml_tree.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>

namespace solnoma {
namespace {

constexpr std::size_t kXmlPiece = 64 << 10;
constexpr std::size_t kMostXmlDepth = 64;
constexpr std::string_view kSpace = " \t\r\n";

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

XmlElement element_of(const char* name, const char** attributes) {
  XmlElement element;
  element.name = name;
  for (; *attributes != nullptr; attributes += 2)
    element.attributes.push_back({attributes[0], attributes[1]});
  return element;
}

}  // namespace

const XmlElement& XmlElement::child(std::string_view wanted) const {
  static const XmlElement kNone;
  const auto found = std::ranges::find(children, wanted, &XmlElement::name);
  return found != children.end() ? *found : kNone;
}

std::vector<const XmlElement*> XmlElement::all(std::string_view wanted) const {
  std::vector<const XmlElement*> found;
  for (const XmlElement& each : children)
    if (each.name == wanted) found.push_back(&each);
  return found;
}

const std::string& XmlElement::attribute(std::string_view wanted) const {
  static const std::string kNone;
  const auto found = std::ranges::find(attributes, wanted, &Attribute::name);
  if (found == attributes.end()) return kNone;
  found->read = true;
  return found->value;
}

const std::string& XmlElement::text() const {
  if (!own_text.empty()) text_read = true;
  return own_text;
}

void count_unread(const XmlElement& element, const std::string& path,
                  std::map<std::string, std::size_t>& counts) {
  if (!element.own_text.empty() && !element.text_read) ++counts[path];
  for (const XmlElement::Attribute& each : element.attributes)
    if (!each.read) ++counts[path + "/@" + each.name];
  for (const XmlElement& each : element.children)
    count_unread(each, path + "/" + each.name, counts);
}

struct XmlElements::Parser {
  Parser(std::string_view all, std::string around, std::string entry)
      : bytes(all), wrapper_name(std::move(around)), name(std::move(entry)) {
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, &Parser::start, &Parser::end);
    XML_SetCharacterDataHandler(expat, &Parser::characters);
    XML_SetEntityDeclHandler(expat, &Parser::entity);
    XML_SetXmlDeclHandler(expat, &Parser::declaration);
  }
  ~Parser() { XML_ParserFree(expat); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  static Parser& of(void* data) { return *static_cast<Parser*>(data); }

  static void start(void* data, const char* name, const char** attributes) {
    Parser& self = of(data);
    if (++self.depth > kMostXmlDepth)
      return self.stop(fmt::format("it is nested deeper than {} levels", kMostXmlDepth),
                       "no standard needs that: look at what wrote it");
    if (self.open.empty()) {
      if (name == self.wrapper_name) self.wrapper = element_of(name, attributes);
      if (name != self.name) return;
      self.begin = self.place();
      self.line = XML_GetCurrentLineNumber(self.expat);
    }
    self.open.push_back(element_of(name, attributes));
  }

  static void end(void* data, const char*) {
    Parser& self = of(data);
    --self.depth;
    if (self.open.empty()) return;
    XmlElement element = std::move(self.open.back());
    self.open.pop_back();
    element.own_text = trimmed(element.own_text);
    if (!self.open.empty()) {
      self.open.back().children.push_back(std::move(element));
      return;
    }
    const std::size_t end =
        self.place() + static_cast<std::size_t>(XML_GetCurrentByteCount(self.expat));
    self.found.push_back(
        {std::move(element), self.line, self.bytes.substr(self.begin, end - self.begin)});
  }

  static void characters(void* data, const char* text, int size) {
    Parser& self = of(data);
    if (!self.open.empty()) self.open.back().own_text.append(text, static_cast<std::size_t>(size));
  }

  static void entity(void* data, const char* name, int, const char*, int, const char*, const char*,
                     const char*, const char*) {
    of(data).stop(fmt::format("it declares the entity '{}'", name),
                  "write what it stands for in its place");
  }

  static void declaration(void* data, const char*, const char* encoding, int) {
    if (encoding != nullptr) of(data).encoding = encoding;
  }

  [[nodiscard]] std::size_t place() const {
    return static_cast<std::size_t>(XML_GetCurrentByteIndex(expat));
  }

  void stop(std::string what, std::string remedy) {
    if (!error.what.empty()) return;
    error = {Errc::invalid,
             fmt::format("{}, in line {}", what, XML_GetCurrentLineNumber(expat)),
             {},
             std::move(remedy)};
    XML_StopParser(expat, XML_FALSE);
  }

  /// Reads the next piece of the document.
  Result<void> feed() {
    const std::string_view piece = bytes.substr(fed, kXmlPiece);
    fed += piece.size();
    at_end = fed == bytes.size();
    const auto status =
        XML_Parse(expat, piece.data(), static_cast<int>(piece.size()), at_end ? 1 : 0);
    if (status == XML_STATUS_ERROR && error.what.empty())
      error = {
          Errc::invalid,
          fmt::format("it is not XML: {}, in line {}", XML_ErrorString(XML_GetErrorCode(expat)),
                      XML_GetCurrentLineNumber(expat)),
          {},
          XML_GetErrorCode(expat) == XML_ERROR_UNKNOWN_ENCODING
              ? "convert it to UTF-8, and let it say so"
              : "look at what wrote it"};
    if (!error.what.empty()) return std::unexpected(error);
    return {};
  }

  std::string_view bytes;
  std::string wrapper_name, name;
  XML_Parser expat = XML_ParserCreate(nullptr);
  std::size_t fed = 0;
  bool at_end = false;
  std::size_t depth = 0;
  std::vector<XmlElement> open;  // from the entry down
  std::size_t begin = 0, line = 0;
  std::deque<Found> found;
  XmlElement wrapper;
  std::string encoding;
  Error error;
};

XmlElements::XmlElements(std::string_view bytes, std::string wrapper, std::string name)
    : parser_(std::make_unique<Parser>(bytes, std::move(wrapper), std::move(name))) {}
XmlElements::~XmlElements() = default;

Result<bool> XmlElements::next(Found& found) {
  while (parser_->found.empty() && !parser_->at_end)
    if (auto ok = parser_->feed(); !ok) return std::unexpected(ok.error());
  if (parser_->found.empty()) return false;
  found = std::move(parser_->found.front());
  parser_->found.pop_front();
  return true;
}

Result<void> XmlElements::find_wrapper() {
  while (parser_->wrapper.name.empty() && !parser_->at_end)
    if (auto ok = parser_->feed(); !ok) return ok;
  return {};
}

const XmlElement& XmlElements::wrapper() const {
  return parser_->wrapper;
}

const std::string& XmlElements::encoding() const {
  return parser_->encoding;
}

}  // namespace solnoma
