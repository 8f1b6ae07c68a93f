#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/event.hpp"
#include "engine/format/id_page.hpp"
#include "engine/position.hpp"

namespace solnoma {

/// An event that has its numbers and is not written yet.
struct StagedEvent {
  const NewEvent* event;
  IdHash id;
  Position position;
  std::uint32_t source;
  bool new_source;
  SubjectNumber subject;
  Revision revision;
  Revision supersedes;
  std::uint32_t next = 0;  // in its chain: index plus one; 0: the last
};

/// The events of a write batch in the making, found by id. What came last can be taken
/// back; clearing costs no more than filling did.
class Staged {
 public:
  Staged() : chains_(kFirstChains) {}

  void push(StagedEvent staged) {
    events_.push_back(staged);
    if (events_.size() > chains_.size()) {
      chains_.assign(chains_.size() * 2, 0);
      for (std::size_t i = 0; i < events_.size(); ++i) link(i);
    } else {
      link(events_.size() - 1);
    }
  }
  void pop_to(std::size_t size) {
    while (events_.size() > size) {
      chains_[place(events_.back().id)] = events_.back().next;
      events_.pop_back();
    }
  }
  void clear() {
    for (const StagedEvent& staged : events_) chains_[place(staged.id)] = 0;
    events_.clear();
  }

  /// Calls `visit(const StagedEvent&)` for each with that hash, the newest first.
  template <class Visit>
  void find(IdHash id, const Visit& visit) const {
    for (std::uint32_t i = chains_[place(id)]; i != 0; i = events_[i - 1].next)
      if (events_[i - 1].id == id) visit(events_[i - 1]);
  }

  [[nodiscard]] std::size_t size() const { return events_.size(); }
  [[nodiscard]] const StagedEvent& operator[](std::size_t i) const { return events_[i]; }

 private:
  static constexpr std::size_t kFirstChains = 1024;  // a power of two, as all after it

  [[nodiscard]] std::size_t place(IdHash id) const { return id & (chains_.size() - 1); }
  void link(std::size_t i) {
    auto& newest = chains_[place(events_[i].id)];
    events_[i].next = newest;
    newest = static_cast<std::uint32_t>(i + 1);
  }

  std::vector<StagedEvent> events_;
  std::vector<std::uint32_t> chains_;  // the newest event of each: index plus one
};

}  // namespace solnoma
