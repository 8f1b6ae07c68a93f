#include "tools/import/table/xml_reader.hpp"

#include <expat.h>
#include <fmt/format.h>

namespace solnoma {
namespace {

constexpr char kBetween = ' ';  // the namespace and the name

std::string_view local(std::string_view name) {
  const std::size_t between = name.rfind(kBetween);
  return between == std::string_view::npos ? name : name.substr(between + 1);
}

}  // namespace

std::string_view XmlAttributes::find(std::string_view name) const {
  for (const char* const* at = all_; *at != nullptr; at += 2)
    if (local(*at) == name) return at[1];
  return {};
}

struct XmlReader::Parser {
  explicit Parser(XmlHandler& to) : handler(to), expat(XML_ParserCreateNS(nullptr, kBetween)) {
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, begin, end);
    XML_SetCharacterDataHandler(expat, text);
    XML_SetStartDoctypeDeclHandler(expat, doctype);
  }
  ~Parser() { XML_ParserFree(expat); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void stop_where_asked() const {
    if (handler.error()) XML_StopParser(expat, XML_FALSE);
  }

  static void begin(void* self, const char* name, const char** attributes) {
    const auto& parser = *static_cast<Parser*>(self);
    parser.handler.begin(local(name), XmlAttributes(attributes));
    parser.stop_where_asked();
  }
  static void end(void* self, const char* name) {
    const auto& parser = *static_cast<Parser*>(self);
    parser.handler.end(local(name));
    parser.stop_where_asked();
  }
  static void text(void* self, const char* text, int size) {
    const auto& parser = *static_cast<Parser*>(self);
    if (!parser.handler.error()) parser.handler.text({text, static_cast<std::size_t>(size)});
    parser.stop_where_asked();
  }
  static void doctype(void* self, const char*, const char*, const char*, int) {
    const auto& parser = *static_cast<Parser*>(self);
    parser.handler.stop({Errc::invalid,
                         "the XML in it has a document type, which could make it grow",
                         {},
                         "save it again from the program it is of"});
    parser.stop_where_asked();
  }

  XmlHandler& handler;
  XML_Parser expat;
};

XmlReader::XmlReader(XmlHandler& handler)
    : handler_(handler), parser_(std::make_unique<Parser>(handler)) {}
XmlReader::~XmlReader() = default;

Result<void> XmlReader::parse(std::string_view piece, bool last) {
  const XML_Parser expat = parser_->expat;
  const auto status =
      XML_Parse(expat, piece.data(), static_cast<int>(piece.size()), static_cast<int>(last));
  if (handler_.error()) return std::unexpected(*handler_.error());
  if (status == XML_STATUS_OK) return {};
  return fail(
      Errc::invalid,
      fmt::format("the XML in it is broken: {}, in line {}",
                  XML_ErrorString(XML_GetErrorCode(expat)), XML_GetCurrentLineNumber(expat)),
      "save it again from the program it is of");
}

Result<void> XmlReader::read(std::string_view piece) {
  return parse(piece, /*last=*/false);
}

Result<void> XmlReader::finish() {
  return parse({}, /*last=*/true);
}

}  // namespace solnoma
