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
#include "engine/base/bytes.hpp"
#include "engine/proof/merkle.hpp"
#include "engine/proof/record.hpp"
#include "tools/serve/tiles/tile_address.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kMostEvents = 1'000'000;

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

/// The records of an answer, which they view into. Errors: corrupt.
Result<std::vector<std::string_view>> records_in(std::string_view content) {
  std::vector<std::string_view> records;
  while (!content.empty()) {
    std::uint32_t size = 0;
    if (content.size() < sizeof(size)) return fail(Errc::corrupt, "a record is cut off");
    size = load<std::uint32_t>(content.data());
    content.remove_prefix(sizeof(size));
    if (size > content.size()) return fail(Errc::corrupt, "a record is cut off");
    records.push_back(content.substr(0, size));
    content.remove_prefix(size);
  }
  if (records.empty()) return fail(Errc::corrupt, "there are no records");
  return records;
}

/// The events up to a position, fetched, added to `growing`, and handed out; then `is_right` says
/// whether they are the right ones. Each part is fetched and hashed by another thread, while the
/// one before is looked at.
class Arriving {
 public:
  Arriving(GrowingHead& growing, Position goal, const FetchPath& fetch)
      : growing_(growing), end_(growing.head().position), goal_(goal), fetch_(fetch) {}

  Result<void> run(const Visitor& visit, const std::function<Try<bool>()>& is_right) {
    std::future<Try<std::unique_ptr<Part>>> coming = begin(end_);
    while (end_ < goal_) {
      auto part = coming.get();
      if (!part) return std::unexpected(kept(part.error()));
      if (const Position next{end_.value + (*part)->records.size()}; next < goal_)
        coming = begin(next);
      for (const std::string_view record : (*part)->records) {
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
  /// Stays where it is: its records view into it.
  struct Part {
    std::string path;
    std::string content;
    std::vector<std::string_view> records;
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
    auto records = records_in(part->content);
    if (!records) return refuse(at(part->path, records.error()));
    part->records = std::move(*records);
    if (part->records.size() > goal_.value - after.value)
      return is_corrupt(part->path, "there are more records than were asked for");
    // A record is what the tree binds, byte for byte.
    for (const std::string_view record : part->records) growing_.add_subtree(0, leaf_hash(record));
    return part;
  }

  /// So many at a time that this and the other thread soon have something to do; the same addresses
  /// for all who follow, so that a cache between can have them.
  [[nodiscard]] std::string path_behind(Position after) const {
    constexpr std::uint64_t kAtOnce = 8'192;
    const std::uint64_t upto = (after.value / kAtOnce + 1) * kAtOnce;
    return fmt::format("v1/records?after={}&upto={}", after.value, std::min(upto, goal_.value));
  }

  /// False: that is enough.
  Result<bool> take(std::string_view record, const Visitor& visit) {
    auto event = from_record(record);
    if (!event) return std::unexpected(event.error());
    if (event->position != end_.next())
      return fail(Errc::corrupt,
                  fmt::format("the record of position {} stands where that of {} does",
                              event->position.value, end_.next().value));
    payload_.assign(event->payload);
    event->payload = payload_.bytes();
    end_ = event->position;
    return visit(*event);
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

  const Position goal{std::min(head.position.value, begin.value + kMostEvents)};
  Arriving arriving(*growing, goal, fetch);
  auto end = copy.adopt([&](const Visitor& visit) {
    return arriving.run(visit, [&] { return is_beginning(*growing, head, told); });
  });
  if (end) return *end;
  if (arriving.failure()) return std::unexpected(*arriving.failure());
  return refuse(end);
}

}  // namespace solnoma
