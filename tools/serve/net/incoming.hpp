#pragma once

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "tools/serve/http.hpp"
#include "tools/serve/http_server.hpp"

namespace solnoma {

/// A request as it is read from a connection, and how the rest of the server sees it.
using IncomingParser = boost::beast::http::request_parser<boost::beast::http::string_body>;
using IncomingMessage = IncomingParser::value_type;

/// To be called before anything is read.
void set_limits(IncomingParser& parser, const HttpLimits& limits);

/// Why a header cannot be taken that the parser has taken: nobody would know where its body ends.
/// No error: it can.
[[nodiscard]] boost::system::error_code objection_to(const IncomingMessage& head);

/// What the reading of a request failed with, in terms of HTTP; 0: the client has gone.
[[nodiscard]] unsigned refusal_of(const boost::system::error_code& error);

/// The method, the headers and the body of a message, which is left without its body. Its address
/// is not read (read_target()).
[[nodiscard]] HttpRequest request_of(IncomingMessage& message);

}  // namespace solnoma
