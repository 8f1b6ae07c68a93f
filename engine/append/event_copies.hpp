#pragma once

#include <cstddef>
#include <memory_resource>
#include <span>
#include <vector>

#include "engine/event.hpp"

namespace solnoma {

/// Events whose texts and payloads are kept, end to end in memory.
class EventCopies {
 public:
  /// Takes copies, which stay where they are.
  std::span<const NewEvent> add(std::span<const NewEvent> events);
  /// Forgets what was added last; its memory stays taken.
  void drop_last() { pieces_.pop_back(); }

  /// What was added, each time.
  [[nodiscard]] std::span<const std::vector<NewEvent>> pieces() const { return pieces_; }
  /// Of texts and payloads.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::string_view kept(std::string_view text);

  std::pmr::monotonic_buffer_resource texts_{1 << 20};
  std::vector<std::vector<NewEvent>> pieces_;
  std::size_t bytes_ = 0;
};

}  // namespace solnoma
