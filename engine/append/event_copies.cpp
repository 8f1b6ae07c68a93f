#include "engine/append/event_copies.hpp"

#include <algorithm>

namespace solnoma {

std::span<const NewEvent> EventCopies::add(std::span<const NewEvent> events) {
  std::vector<NewEvent>& piece = pieces_.emplace_back(events.begin(), events.end());
  for (NewEvent& copy : piece) {
    copy.subject = kept(copy.subject);
    copy.source = kept(copy.source);
    copy.id = kept(copy.id);
    copy.payload = kept(copy.payload);
    copy.supersedes = kept(copy.supersedes);
    copy.supersedes_source = kept(copy.supersedes_source);
  }
  return piece;
}

std::string_view EventCopies::kept(std::string_view text) {
  if (text.empty()) return {};
  auto* const to = static_cast<char*>(texts_.allocate(text.size(), 1));
  std::ranges::copy(text, to);
  bytes_ += text.size();
  return {to, text.size()};
}

}  // namespace solnoma
