#include "tools/serve/problem_answer.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "tools/advice.hpp"

namespace solnoma {
namespace {

const char* title_of(unsigned status) {
  switch (status) {
    case 400:
      return "The question is wrong";
    case 401:
      return "Nobody known asks";
    case 403:
      return "That is not allowed";
    case 404:
      return "There is nothing of that name";
    case 405:
      return "That cannot be done here";
    case 409:
      return "The log holds something else";
    case 412:
      return "The log has moved on";
    case 415:
      return "That kind of content is not read";
    case 421:
      return "This server is called otherwise";
    case 422:
      return "The event breaks a rule";
    case 503:
      return "Not now";
    default:
      return "The store cannot answer";
  }
}

}  // namespace

unsigned http_status(Errc code) {
  switch (code) {
    case Errc::invalid:
      return 422;
    case Errc::not_found:
      return 404;
    case Errc::conflict:
      return 409;
    case Errc::unavailable:
      return 503;
    case Errc::unsupported:
    case Errc::io:
    case Errc::corrupt:
    case Errc::damaged_index:
      break;
  }
  return 500;
}

HttpAnswer problem_answer(unsigned status, const Error& error) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer json(buffer);
  const auto member = [&](const char* name, const std::string& text) {
    if (text.empty()) return;
    json.Key(name);
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  };
  json.StartObject();
  member("title", title_of(status));
  json.Key("status");
  json.Uint(status);
  member("detail", error.what);
  member("where", error.where);
  member("remedy", remedy_of(error));
  json.EndObject();
  HttpAnswer answer{.status = status, .type = std::string(kProblemType)};
  answer.say(std::string(buffer.GetString(), buffer.GetSize()) + "\n");
  return answer;
}

HttpAnswer problem_answer(unsigned status, std::string what, std::string remedy) {
  return problem_answer(status, Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
}

HttpAnswer problem_answer(const Failure& failure) {
  if (failure.exit == Exit::usage) return problem_answer(400, failure.error);
  return problem_answer(http_status(failure.error.code), failure.error);
}

}  // namespace solnoma
