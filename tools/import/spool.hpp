#pragma once

#include <cstddef>
#include <memory_resource>
#include <span>
#include <vector>

#include "engine/event.hpp"

namespace solnoma {

/// Events that wait to be appended together: encoded, end to end in memory.
class Spool {
 public:
  /// Takes copies.
  void add(std::span<const NewEvent> events);

  [[nodiscard]] std::span<const NewEvent> events() const { return events_; }
  /// Of texts and payloads.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  void clear();

 private:
  std::string_view kept(std::string_view text);

  std::pmr::monotonic_buffer_resource texts_{1 << 20};
  std::vector<NewEvent> events_;
  std::size_t bytes_ = 0;
};

}  // namespace solnoma
