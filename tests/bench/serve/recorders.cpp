#include "tests/bench/serve/recorders.hpp"

#include <rapidjson/document.h>

#include <string_view>

#include "events/exchange.hpp"
#include "tests/bench/check.hpp"

namespace solnoma::bench {
namespace {

/// The one position that an answer tells of.
std::uint64_t position_in(std::string_view body) {
  rapidjson::Document told;
  told.Parse(body.data(), body.size());
  require(!told.HasParseError() && told.IsObject() && told.HasMember("positions") &&
              told["positions"].IsArray() && told["positions"].Size() == 1,
          "what an append was answered: " + std::string(body));
  require(told["recorded"].GetUint64() == 1, "an event was not recorded");
  return told["positions"][0].GetUint64();
}

}  // namespace

Recorders::Recorders(const Server& server, const std::vector<std::vector<Event>>& events)
    : server_(server) {
  for (const auto& own : events) {
    Client& client = clients_.emplace_back();
    for (const Event& event : own) {
      client.events.push_back(event_to_json(event));
      client.requests.push_back(record_request(client.events.back(), server.token()));
      ++count_;
    }
  }
}

void Recorders::begin(boost::asio::io_context& io) {
  askers_.emplace(
      io, server_.port(), clients_.size(),
      [this](std::size_t number) -> const std::string* {
        Client& client = clients_[number];
        return client.sent == client.requests.size() ? nullptr : &client.requests[client.sent++];
      },
      [this](std::size_t number, const Answer& answer) { acknowledge(clients_[number], answer); });
}

void Recorders::acknowledge(Client& client, const Answer& answer) {
  require(answer.status == 201, fmt::format("an append was answered {}", answer.status));
  const std::uint64_t position = position_in(answer.body);
  require(position > client.newest, "a client's events are not in their order");
  client.newest = position;
  const auto [at, first] = acknowledged_.emplace(position, &client.events[client.sent - 1]);
  require(first, "two events were acknowledged at one position");
}

void Recorders::check_log(std::uint64_t before) const {
  const auto read = [](std::string_view json) {
    return must(event_from_json(json, ""), "reading an event").event;
  };
  auto wanted = acknowledged_.begin();
  for (std::uint64_t after = before;;) {
    const Said page =
        ask(server_.port(), get_request(fmt::format("/v1/events?after={}&limit=10000", after)));
    require(page.status == 200, "a page of events");
    if (page.body.empty()) break;
    for (std::string_view rest = page.body; !rest.empty(); ++wanted) {
      const std::size_t end = rest.find('\n');
      require(wanted != acknowledged_.end() && wanted->first == ++after,
              "the log has what was not acknowledged, or lacks what was");
      require(read(rest.substr(0, end)) == read(*wanted->second),
              "the log has another event than the one that was sent");
      rest.remove_prefix(end + 1);
    }
  }
  require(wanted == acknowledged_.end(), "the log lacks what was acknowledged");
  require(acknowledged_.size() == count_, "not all was acknowledged");
}

}  // namespace solnoma::bench
