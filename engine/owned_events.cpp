#include "engine/owned_events.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

/// Calls `visit` with each text, in turn.
template <class Visit>
void for_texts(NewEvent& event, const Visit& visit) {
  for (std::string_view* text : {&event.subject, &event.source, &event.id, &event.supersedes,
                                 &event.supersedes_source, &event.recorded_by})
    visit(*text);
}

}  // namespace

OwnedEvents OwnedEvents::of(std::span<const NewEvent> events) {
  std::string payloads;
  std::vector<std::size_t> ends;
  std::size_t size = 0;
  for (const NewEvent& event : events) size += event.payload.size();
  payloads.reserve(size);
  ends.reserve(events.size());
  for (const NewEvent& event : events) {
    payloads += event.payload;
    ends.push_back(payloads.size());
  }
  return of(events, std::move(payloads), ends);
}

OwnedEvents OwnedEvents::of(std::span<const NewEvent> events, std::string payloads,
                            std::span<const std::size_t> ends) {
  SOLNOMA_CHECK(ends.size() == events.size());
  OwnedEvents owned;
  owned.events_.assign(events.begin(), events.end());
  owned.copy_texts();
  const std::string_view kept = owned.keep(std::move(payloads));
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    owned.events_[i].payload = kept.substr(begin, ends[i] - begin);
    begin = ends[i];
  }
  return owned;
}

void OwnedEvents::append(OwnedEvents other) {
  std::ranges::move(other.memory_, std::back_inserter(memory_));
  events_.insert(events_.end(), other.events_.begin(), other.events_.end());
  bytes_ += other.bytes_;
}

std::string& OwnedEvents::keep(std::string memory) {
  bytes_ += memory.size();
  return *memory_.emplace_back(std::make_unique<std::string>(std::move(memory)));
}

void OwnedEvents::copy_texts() {
  std::size_t size = 0;
  for (NewEvent& event : events_)
    for_texts(event, [&](std::string_view text) { size += text.size(); });
  std::string texts;
  texts.reserve(size);
  for (NewEvent& event : events_) for_texts(event, [&](std::string_view text) { texts += text; });
  std::string_view rest = keep(std::move(texts));
  for (NewEvent& event : events_)
    for_texts(event, [&](std::string_view& text) {
      text = std::exchange(rest, rest.substr(text.size())).substr(0, text.size());
    });
}

}  // namespace solnoma
