#include "tools/import/spool.hpp"

#include <algorithm>

namespace solnoma {

void Spool::add(std::span<const NewEvent> events) {
  for (const NewEvent& event : events) {
    NewEvent& copy = events_.emplace_back(event);
    copy.subject = kept(event.subject);
    copy.source = kept(event.source);
    copy.id = kept(event.id);
    copy.payload = kept(event.payload);
    copy.supersedes = kept(event.supersedes);
    copy.supersedes_source = kept(event.supersedes_source);
  }
}

std::string_view Spool::kept(std::string_view text) {
  if (text.empty()) return {};
  auto* const to = static_cast<char*>(texts_.allocate(text.size(), 1));
  std::ranges::copy(text, to);
  bytes_ += text.size();
  return {to, text.size()};
}

void Spool::clear() {
  events_.clear();
  texts_.release();
  bytes_ = 0;
}

}  // namespace solnoma
