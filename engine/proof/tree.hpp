#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "engine/position.hpp"
#include "engine/proof/merkle.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// The Merkle tree over a log. Of its nodes only those of 1,024 events and more are kept,
/// about 0.06 bytes an event; what lies below is hashed again from the log when it is asked
/// for. Nodes never change, and any that is missing is made up for by its events: the tree
/// follows the log at leisure. Thread-safe.
class Tree {
 public:
  /// Hands out the leaves of the events from `first` (position) up to `last`, in order.
  /// Errors: corrupt, io.
  using Leaves = std::function<Result<void>(Position first, Position last,
                                            const std::function<void(const Hash&)>& visit)>;

  /// `store` outlives it.
  Tree(const Store& store, Leaves leaves) : store_(store), leaves_(std::move(leaves)) {}

  /// The root over the events up to `size`. Costs the hashes of at most 1,024 events and a
  /// look-up for each digit of `size` in base 2, and the hashes of what extend() has not
  /// come to yet. Errors: corrupt, io.
  [[nodiscard]] Result<Hash> root(Position size) const;

  /// The inclusion proof of the event `of` in the tree of the events up to `size`: its
  /// hashes from the leaf up. Costs about what root() costs. Precondition: 1 <= of <= size.
  [[nodiscard]] Result<std::vector<Hash>> path(Position of, Position size) const;

  /// The roots of `count` whole subtrees of 2^level events, from the one numbered `first` (from 0)
  /// on. Costs the hashes of their events where they are smaller than those that are kept, else a
  /// look-up for each. Precondition: their events are there. Errors: corrupt, io.
  [[nodiscard]] Result<std::vector<Hash>> nodes(unsigned level, std::uint64_t first,
                                                std::size_t count) const;

  /// Writers: the leaves of events from `first` on, so that extend() need not read these.
  /// 32 bytes each, until it has come to them.
  void add(Position first, std::span<const Hash> leaves);
  /// Writers: has extend() read nothing of what is added from the event behind `head` on, which may
  /// not be there to be read yet: the leaves that begin its group of 1,024 are read now. Errors:
  /// corrupt, io.
  [[nodiscard]] Result<void> begin_group(Position head);
  /// Forgets those that it has not come to.
  void forget();

  /// Writers: keeps the nodes of the events up to `upto`. One thread at a time.
  /// Errors: corrupt, io.
  [[nodiscard]] Result<void> extend(Store& store, Position upto);

  /// True for nodes that are stored: those of level 10 and above.
  [[nodiscard]] static bool is_kept(const TreeNode& node);

 private:
  [[nodiscard]] Result<std::optional<Hash>> kept(const TreeNode& node) const;
  [[nodiscard]] Result<Hash> root_of(LeafRange range) const;
  [[nodiscard]] std::optional<Hash> take_group(std::uint64_t first);

  const Store& store_;
  Leaves leaves_;

  std::mutex mutex_;              // guards what follows
  std::deque<Hash> fresh_;        // that were added, without gaps
  std::uint64_t fresh_from_ = 0;  // the leaf, from 0, that the first of them is
};

}  // namespace solnoma
