#pragma once

#include <future>
#include <vector>

#include "engine/event.hpp"
#include "engine/hash.hpp"

namespace solnoma {

/// The leaves of the tree for events that are being appended, in their order. Many are hashed by
/// another thread, while this one writes them. One thread at a time.
class LeafHashes {
 public:
  LeafHashes() = default;
  ~LeafHashes() { wait(); }
  LeafHashes(const LeafHashes&) = delete;
  LeafHashes& operator=(const LeafHashes&) = delete;

  /// What the events view into must live until take() or wait().
  void add(std::vector<RecordedEvent> events);
  /// From here on nothing that was added is looked at.
  void wait();
  /// Of all that was added since the last call.
  [[nodiscard]] std::vector<Hash> take();

 private:
  /// Made by another thread, and what was hashed at once behind that.
  struct Part {
    std::future<std::vector<Hash>> beside;
    std::vector<Hash> behind;
  };
  std::vector<Part> parts_;
};

}  // namespace solnoma
