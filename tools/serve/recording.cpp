#include "tools/serve/recording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <expected>
#include <set>
#include <span>
#include <vector>

#include "events/chronicle.hpp"
#include "events/exchange.hpp"
#include "events/text/ascii_lower.hpp"
#include "events/text/quote.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/guarded_appender.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/proposing.hpp"

namespace solnoma {
namespace {

template <class T>
using Read = std::expected<T, HttpAnswer>;

std::string_view trimmed_value(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// "application/cloudevents+json; charset=utf-8" without what follows, in lower case.
std::string content_type(const HttpRequest& request) {
  std::string_view type = request.header("content-type").value_or("");
  type = trimmed_value(type.substr(0, type.find(';')));
  return ascii_lower(type);
}

/// An event in binary mode, as it would be in structured mode.
Read<std::string> structured(const HttpRequest& request, const std::string& type) {
  constexpr std::string_view kPrefix = "ce-";
  rapidjson::StringBuffer buffer;
  rapidjson::Writer json(buffer);
  const auto text = [&](std::string_view value) {
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  json.StartObject();
  std::set<std::string_view> given;
  for (const auto& [name, value] : request.headers) {
    if (!name.starts_with(kPrefix)) continue;
    const std::string_view attribute = std::string_view(name).substr(kPrefix.size());
    const auto decoded = percent_decoded(value, /*plus=*/false);
    if (!decoded || !given.insert(attribute).second)
      return std::unexpected(problem_answer(
          400, fmt::format("the header {} is malformed, or stands twice", clipped(name)),
          "write it once, all but ASCII percent-encoded"));
    json.Key(attribute.data(), static_cast<rapidjson::SizeType>(attribute.size()));
    text(*decoded);
  }
  if (!request.body.empty()) {
    const bool is_json = type == "application/json" || type.ends_with("+json");
    rapidjson::Document data;
    if (!is_json ||
        data.Parse<rapidjson::kParseIterativeFlag>(request.body.data(), request.body.size())
            .HasParseError())
      return std::unexpected(problem_answer(415, "the data of an event is one JSON object",
                                            "send it as application/json"));
    json.Key("datacontenttype");
    text(type);
    json.Key("data");
    data.Accept(json);
  }
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize());
}

/// Non-empty lines, each one event.
Result<std::vector<Exchanged>> read_lines(std::string_view text) {
  std::vector<Exchanged> events;
  ExchangeReader reader{std::string()};
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string_view one = trimmed_value(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (one.empty() || one == "\r") continue;
    auto event = reader.read(one);
    if (!event) return at(fmt::format("line {}", line), event.error());
    events.push_back(std::move(*event));
  }
  return events;
}

Result<std::vector<Exchanged>> read_one(std::string_view json) {
  auto event = event_from_json(json, "");
  if (!event) return std::unexpected(event.error());
  std::vector<Exchanged> events;
  events.push_back(std::move(*event));
  return events;
}

Read<std::vector<Exchanged>> read_events(const HttpRequest& request) {
  const std::string type = content_type(request);
  Result<std::vector<Exchanged>> events;
  if (type == "application/cloudevents-batch+json") {
    events = events_from_json_array(request.body, "");
  } else if (type == "application/x-ndjson" || type == "application/jsonl") {
    events = read_lines(request.body);
  } else if (type == "application/cloudevents+json" || !request.header("ce-specversion")) {
    if (type != "application/cloudevents+json" && type != "application/json")
      return std::unexpected(
          problem_answer(415, fmt::format("events are not read from '{}'", clipped(type)),
                         "send application/cloudevents+json, application/cloudevents-batch+json or "
                         "application/x-ndjson, or the ce- headers of an event"));
    events = read_one(request.body);
  } else {
    auto json = structured(request, type);
    if (!json) return std::unexpected(json.error());
    events = read_one(*json);
  }
  if (!events) return std::unexpected(problem_answer(422, events.error()));
  return std::move(*events);
}

std::optional<ExpectedRevision> revision_from(std::string_view text) {
  if (text == "new" || text == "0") return NewSubject{};
  std::uint32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return Exactly{Revision{number}};
}

Read<std::vector<Expectation>> read_expectations(const HttpRequest& request,
                                                 std::span<const Event> events) {
  std::vector<Expectation> expectations;
  const auto if_match = request.header("if-match");
  const auto if_none = request.header("if-none-match");
  if (if_match || if_none) {
    const bool one = std::ranges::all_of(
        events, [&](const Event& event) { return event.subject == events.front().subject; });
    if (!one || events.empty() || (if_match && if_none))
      return std::unexpected(problem_answer(
          400, "If-Match and If-None-Match are about one subject, and one of them",
          "say of each subject what is expected, as in Solnoma-Expect: park/x=3, park/y=new"));
    std::string_view text = if_match ? *if_match : *if_none;
    std::optional<ExpectedRevision> expected;
    if (if_none && text == "*") expected = NewSubject{};
    if (if_match && text.size() > 2 && text.front() == '"' && text.back() == '"')
      expected = revision_from(text.substr(1, text.size() - 2));
    if (!expected)
      return std::unexpected(problem_answer(400, "what is expected is not understood",
                                            "write If-Match: \"3\" or If-None-Match: *"));
    expectations.push_back({events.front().subject, *expected});
  }
  if (auto all = request.header("solnoma-expect")) {
    for (std::string_view rest = *all; !rest.empty();) {
      const std::size_t comma = rest.find(',');
      const std::string_view part = trimmed_value(rest.substr(0, comma));
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
      const std::size_t equals = part.find('=');
      const auto expected =
          equals == std::string_view::npos ? std::nullopt : revision_from(part.substr(equals + 1));
      if (!expected)
        return std::unexpected(problem_answer(400,
                                              fmt::format("'{}' is no expectation", clipped(part)),
                                              "write park/x=3, park/y=new"));
      expectations.push_back({std::string(part.substr(0, equals)), *expected});
    }
  }
  return expectations;
}

/// `proposal`: the number of what was handed in; 0: nothing was.
HttpAnswer told(const Appended& appended, const std::vector<Exchanged>& events, Position head,
                bool dry, std::uint64_t proposal = 0) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer json(buffer);
  json.StartObject();
  json.Key("recorded");
  json.Uint64(appended.recorded);
  json.Key("already");
  json.Uint64(appended.already);
  if (!dry) {
    json.Key("positions");
    json.StartArray();
    for (const Position position : appended.positions) json.Uint64(position.value);
    json.EndArray();
  }
  if (proposal != 0) {
    json.Key("proposal");
    json.Uint64(proposal);
  }
  std::set<std::string> unknown;
  for (const Exchanged& each : events) unknown.insert(each.unknown.begin(), each.unknown.end());
  if (!unknown.empty()) {
    json.Key("notKept");
    json.StartArray();
    for (const std::string& name : unknown)
      json.String(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    json.EndArray();
  }
  json.Key("head");
  json.Uint64(head.value);
  json.EndObject();
  HttpAnswer answer{.status = appended.recorded > 0 && !dry ? 201U : 200U,
                    .type = "application/json"};
  if (!dry && !appended.positions.empty())
    answer.headers.emplace_back("Solnoma-Position",
                                fmt::format("{}", std::ranges::max(appended.positions).value));
  answer.say(std::string(buffer.GetString(), buffer.GetSize()) + "\n");
  return answer;
}

}  // namespace

HttpAnswer Recording::record(const HttpRequest& request, const Grant& grant, const Viewer& viewer) {
  const auto refused = [&](HttpAnswer answer) {
    ++refused_;
    return answer;
  };
  auto exchanged = read_events(request);
  if (!exchanged) return refused(std::move(exchanged.error()));
  std::vector<Event> events;
  events.reserve(exchanged->size());
  for (Exchanged& each : *exchanged) events.push_back(std::move(each.event));
  auto expectations = read_expectations(request, events);
  if (!expectations) return refused(std::move(expectations.error()));

  const bool proposes = !grant.may(Scope::record);
  const bool dry = proposes || request.asked("dry-run").has_value();
  GuardedAppender::Told done;
  GuardedAppender theirs(appender_, viewer.log, grant, /*proposer=*/"", done);
  const auto appended =
      dry ? try_append(theirs, events, *expectations) : append(theirs, events, *expectations);
  if (!done.not_theirs.empty()) return refused(not_theirs(grant, done.not_theirs));
  if (!appended) {
    const Error& error = appended.error();
    const bool expected = error.code == Errc::conflict && error.advice == Advice::look_again;
    return refused(problem_answer(expected ? 412 : http_status(error.code), error));
  }
  if (!dry) recorded_ += appended->recorded;
  const Position head = appender_.log().head();
  if (!proposes || request.asked("dry-run") || appended->recorded == 0)
    return told(*appended, *exchanged, head, dry);
  const auto proposal = hand_in(world_, grant, std::move(events));
  if (!proposal) return refused(problem_answer(proposal.error()));
  const HttpAnswer said = told(*appended, *exchanged, head, dry, proposal->number);
  return handed_in(*proposal, said.type, *said.body);
}

}  // namespace solnoma
