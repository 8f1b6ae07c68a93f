#pragma once

#include <memory>

#include "engine/event.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

class GrowingTree;

/// The head of a log, computed of its events one by one, whatever they were read from: without the
/// tree that a store keeps. A microsecond an event; memory: one hash for each power of two.
/// One thread at a time.
class GrowingHead {
 public:
  GrowingHead();
  ~GrowingHead();
  GrowingHead(const GrowingHead&);
  GrowingHead& operator=(const GrowingHead&) = delete;
  GrowingHead(GrowingHead&&) noexcept;
  GrowingHead& operator=(GrowingHead&&) noexcept;

  /// The event that follows the one added before. Precondition: its position says so.
  void add(const RecordedEvent& event);
  /// 2^level events at once, by the root of their tree. Precondition: as many as were added before
  /// are a multiple of that.
  void add_subtree(unsigned level, const Hash& root);
  /// Of all that were added.
  [[nodiscard]] TreeHead head() const;

 private:
  std::unique_ptr<GrowingTree> tree_;
};

}  // namespace solnoma
