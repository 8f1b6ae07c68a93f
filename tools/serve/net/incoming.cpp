#include "tools/serve/net/incoming.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "events/text/ascii_lower.hpp"

namespace solnoma {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

void set_limits(IncomingParser& parser, const HttpLimits& limits) {
  parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  parser.body_limit(limits.body_bytes);
}

error_code objection_to(const IncomingMessage& head) {
  if (head.count(http::field::transfer_encoding) > 0 &&
      !beast::iequals(head[http::field::transfer_encoding], "chunked"))
    return http::error::bad_transfer_encoding;
  return {};
}

unsigned refusal_of(const error_code& error) {
  if (error == http::error::header_limit) return 431;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::end_of_stream || error == http::error::partial_message) return 0;
  // All that the parser itself objects to.
  return error.category() == make_error_code(http::error::bad_method).category() ? 400 : 0;
}

HttpRequest request_of(IncomingMessage& message) {
  HttpRequest request;
  request.method = std::string(message.method_string());
  for (const auto& field : message) {
    request.headers.emplace_back(ascii_lower(std::string(field.name_string())),
                                 std::string(field.value()));
  }
  request.body = std::move(message.body());
  return request;
}

}  // namespace solnoma
