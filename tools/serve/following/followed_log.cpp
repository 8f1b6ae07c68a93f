#include "tools/serve/following/followed_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <future>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/aligned_bytes.hpp"
#include "engine/proof/merkle.hpp"
#include "engine/proof/record.hpp"
#include "engine/proof/records.hpp"
#include "tools/serve/tiles/tile_address.hpp"

namespace solnoma {
namespace {

/// So many are kept at once, or none of them.
constexpr std::uint64_t kAtOnce = 1'000'000;
/// Who lacks more takes so many at a time: what derives from some is written beside the next, and
/// they end at a node of a tile that is answered at once.
constexpr std::uint64_t kStretch = std::uint64_t{1} << 18;

std::unexpected<Failure> is_corrupt(const std::string& path, std::string what) {
  return std::unexpected(Failure(Error{Errc::corrupt, std::move(what), path, {}}));
}

/// The nodes of the tree that a head commits to, as far as tiles tell. Nobody vouches for one: the
/// root that they come to does.
class ToldTree {
 public:
  ToldTree(std::uint64_t size, const FetchPath& fetch) : size_(size), fetch_(fetch) {}

  /// The root over the leaves [index << level, (index + 1) << level).
  Try<Hash> node(unsigned level, std::uint64_t index) {
    constexpr unsigned kTileLevels = 8;
    const unsigned tile_level = level / kTileLevels;
    const unsigned below = level % kTileLevels;
    const std::uint64_t first = index << below;
    const TileAddress address = tile_with(tile_level, first, size_);
    auto tile = hashes(address);
    if (!tile) return refuse(tile);
    GrowingTree tree;
    for (std::uint64_t i = 0; i < std::uint64_t{1} << below; ++i)
      tree.add_subtree(0, (**tile)[first - address.first() + i]);
    return tree.root();
  }

 private:
  Try<const std::vector<Hash>*> hashes(const TileAddress& address) {
    const std::string path = to_string(address);
    if (const auto known = tiles_.find(path); known != tiles_.end()) return &known->second;
    auto content = fetch_(path);
    if (!content) return refuse(content);
    if (content->size() != address.width * sizeof(Hash))
      return is_corrupt(path, fmt::format("a tile of {} bytes", content->size()));
    std::vector<Hash> hashes(address.width);
    std::memcpy(hashes.data(), content->data(), content->size());
    return &tiles_.emplace(path, std::move(hashes)).first->second;
  }

  std::uint64_t size_;
  const FetchPath& fetch_;
  std::map<std::string, std::vector<Hash>> tiles_;
};

/// Whether the events that `begun` has seen are the first of those that the head commits to: with
/// the rest of its tree they come to its root, or nothing does.
Try<bool> is_beginning(const GrowingHead& begun, const TreeHead& head, ToldTree& told) {
  GrowingHead whole(begun);
  for (std::uint64_t size = begun.head().position.value; size < head.position.value;) {
    unsigned level = 0;
    while (size % (std::uint64_t{2} << level) == 0 &&
           size + (std::uint64_t{2} << level) <= head.position.value)
      ++level;
    auto node = told.node(level, size >> level);
    if (!node) return refuse(node);
    whole.add_subtree(level, *node);
    size += std::uint64_t{1} << level;
  }
  return whole.head() == head;
}

/// The events up to a position, fetched, added to `growing`, and handed out; then `is_right` says
/// whether they are the right ones. Each part is fetched and hashed by another thread, while the
/// one before is looked at.
class Arriving {
 public:
  Arriving(GrowingHead& growing, Position goal, const FetchPath& fetch)
      : growing_(growing), end_(growing.head().position), goal_(goal), fetch_(fetch) {}

  Result<void> run(const LeafVisitor& visit, const std::function<Try<bool>()>& is_right) {
    std::future<Try<std::unique_ptr<Part>>> coming = begin(end_);
    while (end_ < goal_) {
      auto part = coming.get();
      if (!part) return std::unexpected(kept(part.error()));
      if (const Position next{end_.value + (*part)->records.size()}; next < goal_)
        coming = begin(next);
      for (const Record& record : (*part)->records) {
        auto more = take(record, visit);
        if (!more) return at((*part)->path, more.error());
        if (!*more) return {};
      }
    }
    auto right = is_right();
    if (!right) return std::unexpected(kept(right.error()));
    if (!*right)
      return fail(
          Errc::corrupt,
          fmt::format("the events up to {} are not those that the head commits to", goal_.value));
    return {};
  }

  /// What was said of a failure, which is more than an error.
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

 private:
  struct Record {
    std::string_view bytes;
    Hash leaf;
  };
  /// Stays where it is: its records view into it.
  struct Part {
    std::string path;
    std::string content;
    std::vector<Record> records;
  };

  [[nodiscard]] std::future<Try<std::unique_ptr<Part>>> begin(Position after) {
    return std::async(std::launch::async, [this, after] { return bring(after); });
  }

  /// By another thread, which alone has `growing_` until it is done.
  Try<std::unique_ptr<Part>> bring(Position after) {
    auto part = std::make_unique<Part>();
    part->path = path_behind(after);
    auto content = fetch_(part->path);
    if (!content) return refuse(content);
    part->content = std::move(*content);
    const std::uint64_t most = goal_.value - after.value;
    auto read = for_records(part->content, [&](std::string_view record) {
      // A record is what the tree binds, byte for byte.
      part->records.push_back({record, leaf_hash(record)});
      return part->records.size() <= most;
    });
    if (!read) return is_corrupt(part->path, read.error().what);
    if (part->records.empty()) return is_corrupt(part->path, "there are no records");
    if (part->records.size() > most)
      return is_corrupt(part->path, "there are more records than were asked for");
    for (const Record& record : part->records) growing_.add_subtree(0, record.leaf);
    return part;
  }

  /// So many at a time that this and the other thread soon have something to do; the same addresses
  /// for all who follow, so that a cache between can have them.
  [[nodiscard]] std::string path_behind(Position after) const {
    constexpr std::uint64_t kPart = 8'192;
    const std::uint64_t upto = (after.value / kPart + 1) * kPart;
    return fmt::format("v1/records?after={}&upto={}", after.value, std::min(upto, goal_.value));
  }

  /// False: that is enough.
  Result<bool> take(const Record& record, const LeafVisitor& visit) {
    auto event = from_record(record.bytes);
    if (!event) return std::unexpected(event.error());
    if (event->position != end_.next())
      return fail(Errc::corrupt,
                  fmt::format("the record of position {} stands where that of {} does",
                              event->position.value, end_.next().value));
    payload_.assign(event->payload);
    event->payload = payload_.bytes();
    end_ = event->position;
    return visit(*event, record.leaf);
  }

  const Error& kept(const Failure& failure) {
    failure_ = failure;
    return failure_->error;
  }

  GrowingHead& growing_;
  Position end_;  // of what was handed out
  Position goal_;
  const FetchPath& fetch_;
  AlignedBytes payload_;
  std::optional<Failure> failure_;
};

std::unexpected<Failure> is_another(Position end) {
  return refuse(Result<void>(fail(
      Errc::conflict,
      fmt::format("the log that is followed is another one than was copied up to {}, or it was "
                  "rewritten",
                  end.value),
      "find out which of the two is right; a copy of the other one begins in an empty directory")));
}

}  // namespace

Try<Position> copy_towards(Journal& copy, const TreeHead& head, const FetchPath& fetch) {
  const Log& log = copy.log();
  const Position begin = log.head();
  if (head.position <= begin) {
    auto ours = log.tree_head(head.position);
    if (!ours) return refuse(ours);
    if (*ours != head) return is_another(head.position);
    return begin;
  }
  auto growing = log.growing_head(begin);
  if (!growing) return refuse(growing);
  ToldTree told(head.position.value, fetch);
  // Before anything is fetched: that what is here is its beginning. An empty log is that of all.
  if (begin.value > 0) {
    auto follows = is_beginning(*growing, head, told);
    if (!follows) return refuse(follows);
    if (!*follows) return is_another(begin);
  }

  const bool at_once = head.position.value - begin.value <= kAtOnce;
  const Position goal{at_once ? head.position.value : (begin.value / kStretch + 1) * kStretch};
  Arriving arriving(*growing, goal, fetch);
  auto end = copy.adopt([&](const LeafVisitor& visit) {
    return arriving.run(visit, [&] { return is_beginning(*growing, head, told); });
  });
  if (end) return *end;
  if (arriving.failure()) return std::unexpected(*arriving.failure());
  return refuse(end);
}

}  // namespace solnoma
