#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event.hpp"

namespace solnoma {

/// Events with the memory that they view into. Moved, both stay where they are.
class OwnedEvents {
 public:
  /// Takes copies of the events and of all that they view into. Their payloads may stand in
  /// `payloads` already, end to end: these are taken over.
  [[nodiscard]] static OwnedEvents of(std::span<const NewEvent> events);
  [[nodiscard]] static OwnedEvents of(std::span<const NewEvent> events, std::string payloads,
                                      std::span<const std::size_t> ends);

  /// Those of another behind its own.
  void append(OwnedEvents other);

  [[nodiscard]] std::span<const NewEvent> events() const { return events_; }
  [[nodiscard]] std::span<NewEvent> events() { return events_; }
  /// Of texts and payloads.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::string& keep(std::string memory);
  void copy_texts();

  std::vector<std::unique_ptr<std::string>> memory_;
  std::vector<NewEvent> events_;
  std::size_t bytes_ = 0;
};

}  // namespace solnoma
