#include "tools/serve/pages/form_command.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "tools/serve/pages/event_fields.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kPublisher = "publisher", kAddress = "source-url";
/// What stands where one of the two has none.
constexpr std::string_view kNone = "-";

/// A list, as the options of a command that give it.
NamedValues list_of(const NamedValues& filled, std::string_view name) {
  NamedValues list;
  if (name == kAddress) return list;  // beside its publisher
  if (name != kPublisher) {
    for (const auto& [each, value] : filled)
      if (each == name && !value.empty()) list.emplace_back(name, value);
    return list;
  }
  const std::vector<std::string> publishers = all_of(filled, kPublisher);
  const std::vector<std::string> addresses = all_of(filled, kAddress);
  const auto at = [](const std::vector<std::string>& rows, std::size_t i) {
    return i < rows.size() && !rows[i].empty() ? rows[i] : std::string(kNone);
  };
  bool named = false;
  bool addressed = false;
  for (std::size_t i = 0; i < std::max(publishers.size(), addresses.size()); ++i) {
    const std::string publisher = at(publishers, i);
    const std::string address = at(addresses, i);
    if (publisher == kNone && address == kNone) continue;
    named = named || publisher != kNone;
    addressed = addressed || address != kNone;
    list.emplace_back(kPublisher, publisher);
    list.emplace_back(kAddress, address);
  }
  std::erase_if(list,
                [&](const auto& each) { return each.first == kPublisher ? !named : !addressed; });
  return list;
}

}  // namespace

HttpRequest command_of(std::string_view command, const NamedValues& filled) {
  return command_of(command, filled, Event());
}

HttpRequest command_of(std::string_view command, const NamedValues& filled, const Event& old) {
  HttpRequest request;
  request.method = "POST";
  request.path = {"v1", std::string(command)};
  const auto word = [&](std::string_view name) {
    for (const std::string& value : all_of(filled, name))
      if (!value.empty()) request.query.emplace_back("q", value);
  };
  if (command == "append") {
    word(kTypeField);
    word(kSubjectField);
  } else {
    word(kEventField);
  }
  const bool one_of_notes = !old.note.empty() && old.note.plain() == nullptr;
  std::vector<std::string_view> lists;
  for (const auto& [name, value] : filled) {
    if (is_list(name)) {
      if (std::ranges::find(lists, name) == lists.end()) lists.push_back(name);
      continue;
    }
    if (name == kTypeField || name == kSubjectField || name == kEventField || name == "do" ||
        value.empty())
      continue;
    // By the name of its language it takes the place of the English one alone.
    if (name == "note" && one_of_notes)
      request.query.emplace_back("note-in", "en=" + value);
    else
      request.query.emplace_back(name, value);
  }
  // The address stands beside its publisher, whichever of them was filled in.
  if (std::ranges::find(lists, kAddress) != lists.end() &&
      std::ranges::find(lists, kPublisher) == lists.end())
    lists.push_back(kPublisher);
  const NamedValues before = values_of(old);
  for (const std::string_view name : lists) {
    NamedValues list = list_of(filled, name);
    if (list == list_of(before, name)) continue;
    for (auto& each : list) request.query.push_back(std::move(each));
  }
  return request;
}

}  // namespace solnoma
