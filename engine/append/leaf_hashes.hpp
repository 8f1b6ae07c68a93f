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
  /// The leaf of one that is known.
  void add(const Hash& leaf) { known().push_back(leaf); }
  /// From here on nothing that was added is looked at.
  void wait();
  /// Of all that was added since the last call.
  [[nodiscard]] std::vector<Hash> take();

 private:
  struct Part {
    std::vector<Hash> leaves;                     // or
    std::future<std::vector<Hash>> from_another;  // thread
  };
  /// Of the last part, to which may be added.
  std::vector<Hash>& known();

  std::vector<Part> parts_;
};

}  // namespace solnoma
