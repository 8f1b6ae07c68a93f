// What a browser sends with files is read as it was chosen, and nothing else is.

#include "tools/serve/multipart.hpp"

#include <doctest/doctest.h>

#include <string>

namespace solnoma {
namespace {

const std::string kType = "multipart/form-data; boundary=----Form";
const std::string kField = "Content-Disposition: form-data; name=";

std::string part(const std::string& head, const std::string& content) {
  return "------Form\r\n" + head + "\r\n\r\n" + content + "\r\n";
}
const std::string kEnd = "------Form--\r\n";

/// What is wrong; empty: nothing is.
std::string refusal(const std::string& body, const std::string& type = kType) {
  const auto read = read_multipart(type, body);
  return read ? std::string() : read.error().what;
}

}  // namespace

TEST_CASE("fields and files are read, byte for byte, in their order") {
  using namespace std::string_literals;
  const auto bytes = "a\0b\r\n--\r\n------For\r\n"s;
  const std::string body =
      part(kField + "\"known\"", "2025") +
      part(kField + "\"file\"; filename=\"a \\ b.csv\"\r\nContent-Type: text/csv", bytes) +
      part(kField + "\"map\"; filename=\"\"", "") + kEnd;
  const auto parts = read_multipart(kType, body);
  REQUIRE(parts);
  REQUIRE(parts->size() == 3);
  CHECK((*parts)[0].name == "known");
  CHECK((*parts)[0].content == "2025");
  CHECK_FALSE((*parts)[0].file);
  CHECK((*parts)[1].file == "a \\ b.csv");
  CHECK((*parts)[1].content == bytes);
  CHECK((*parts)[2].file == "");
  CHECK((*parts)[2].content.empty());
}

TEST_CASE("names are what browsers write, in any language, and quotes as %22") {
  const auto parts = read_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"",
                                    "--a b\r\ncontent-disposition:form-data;name=\"x\" ; "
                                    "filename=\"парки %22новые%22 100%.csv\"\r\n\r\n1\r\n--a b--");
  REQUIRE(parts);
  CHECK(parts->front().file == "парки \"новые\" 100%.csv");
  CHECK(parts->front().content == "1");
}

TEST_CASE("a form without its boundary, or that goes on behind it, is refused") {
  const std::string whole = part(kField + "\"a\"", "x") + kEnd;
  CHECK(refusal(whole).empty());
  for (const char* type :
       {"multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"----Form", "multipart/mixed; boundary=----Form",
        "text/plain", "", "multipart/form-data; boundary=----Form; boundary=----Form"})
    CHECK(refusal(whole, type) == "the form does not say what stands between its parts");
  const std::string long_one(71, 'x');
  CHECK_FALSE(refusal(whole, "multipart/form-data; boundary=" + long_one).empty());
  CHECK(refusal("x" + whole) == "the form does not begin with its boundary");
  CHECK(refusal(whole, "multipart/form-data; boundary=--Other") ==
        "the form does not begin with its boundary");
  CHECK(refusal(whole + "x") == "the form does not end at its last part");
  CHECK(refusal("") == "the form does not begin with its boundary");
}

TEST_CASE("a form that is cut off anywhere is refused") {
  const std::string whole = part(kField + "\"a\"", "x") + part(kField + "\"b\"", "y") + kEnd;
  for (std::size_t size = 0; size + 2 < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(refusal(whole.substr(0, size)).empty());
  }
}

TEST_CASE("a boundary within a content ends it, and what only begins like one does not") {
  CHECK(refusal(part(kField + "\"a\"", "x\r\n------Form\r\ny") + kEnd) ==
        "the head of a part is cut off, or longer than 8 KiB");
  CHECK(refusal(part(kField + "\"a\"", "x\r\n------Formula\r\ny") + kEnd) ==
        "the form does not end at its last part");
  CHECK(refusal(part(kField + "\"a\"", "x\n------Form\r\ny ------Form") + kEnd).empty());
}

TEST_CASE("a part must say once which field it is, and nothing of how to read it") {
  const auto of_head = [](const std::string& head) { return refusal(part(head, "x") + kEnd); };
  CHECK(of_head("Content-Type: text/plain") == "a part of the form does not say which field it is");
  const std::string once = "a part of the form does not say once which field it is";
  CHECK(of_head(kField + "\"a\"\r\n" + kField + "\"b\"") == once);
  CHECK(of_head(kField + "\"a\"; name=\"b\"") == once);
  CHECK(of_head(kField + "\"a") == once);
  CHECK(of_head(kField + "\"a\"x") == once);
  CHECK(of_head(kField + "\"\xff\"") == once);
  CHECK(of_head("Content-Disposition: attachment; name=\"a\"") == once);
  CHECK(of_head(kField + "\"a\"; filename=\"\x01\"") == "the name of a file is no text");
  CHECK(of_head(kField + "\"a\"\r\nContent-Type: multipart/mixed; boundary=y") ==
        "a part of the form has parts of its own");
  CHECK(of_head(kField + "\"a\"\r\nContent-Transfer-Encoding: base64") ==
        "a part of the form is encoded, which browsers do not do");
  CHECK(of_head(kField + "\"a\"\r\nno header") == "a part of the form has a header that is none");
  CHECK(of_head(kField + "\"a\"\r\n folded: x") == "a part of the form has a header that is none");
}

TEST_CASE("heads and parts are bounded") {
  CHECK(refusal(part(kField + "\"a\"\r\nX-Long: " + std::string(9'000, 'x'), "y") + kEnd) ==
        "the head of a part is cut off, or longer than 8 KiB");
  std::string many;
  for (int i = 0; i < 100; ++i) many += part(kField + "\"a\"", "x");
  CHECK(refusal(many + kEnd).empty());
  CHECK(refusal(many + part(kField + "\"a\"", "x") + kEnd) == "the form has more than 100 parts");
}

}  // namespace solnoma
