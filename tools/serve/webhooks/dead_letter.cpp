#include "tools/serve/webhooks/dead_letter.hpp"

#include "tools/report/json/writer.hpp"
#include "tools/serve/webhooks/json_members.hpp"

namespace solnoma {

std::string to_json(const DeadLetter& letter) {
  JsonWriter json;
  json.begin_object();
  json.key("at").text(letter.message.at);
  json.key("attempts").count(letter.attempts);
  json.key("answer").text(letter.answer);
  json.key("first").text(to_string(letter.first));
  json.key("givenUp").text(to_string(letter.given_up));
  json.key("mediaType").text(letter.message.media_type);
  json.key("body").text(letter.message.body);
  json.end_object();
  return std::string(json.text());
}

Result<DeadLetter> dead_letter_from_json(std::string_view text) {
  JsonMembers json(text);
  DeadLetter letter{.message = {json.text("at"), json.text("mediaType"), json.text("body")},
                    .attempts = json.count("attempts"),
                    .answer = json.text("answer"),
                    .first = json.instant("first"),
                    .given_up = json.instant("givenUp")};
  if (auto ok = json.done(); !ok) return std::unexpected(ok.error());
  return letter;
}

}  // namespace solnoma
