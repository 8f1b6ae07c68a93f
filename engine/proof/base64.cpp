#include "engine/proof/base64.hpp"

#include <openssl/evp.h>

namespace solnoma {
namespace {

const unsigned char* as_unsigned(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string to_base64(std::string_view text) {
  std::string digits((text.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero byte
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(digits.data()),
                                   as_unsigned(text), static_cast<int>(text.size()));
  digits.resize(static_cast<std::size_t>(size));
  return digits;
}

Result<std::string> from_base64(std::string_view digits) {
  const auto wrong = [] { return fail(Errc::invalid, "the text is not base64"); };
  constexpr std::size_t kMost = 1 << 30;  // what fits OpenSSL's int
  if (digits.size() % 4 != 0 || digits.size() > kMost) return wrong();
  std::string text(digits.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   as_unsigned(digits), static_cast<int>(digits.size()));
  if (size < 0) return wrong();
  std::size_t padding = 0;
  while (padding < 2 && padding < digits.size() && digits[digits.size() - 1 - padding] == '=')
    ++padding;
  text.resize(static_cast<std::size_t>(size) - padding);
  // It takes white space and padding where none belongs.
  if (to_base64(text) != digits) return wrong();
  return text;
}

}  // namespace solnoma
