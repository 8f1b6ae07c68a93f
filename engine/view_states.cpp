#include "engine/view_states.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/proof/record.hpp"
#include "engine/storage/key_values.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {
namespace {

// Keys: of what is said of all states, and of the state of each subject.
constexpr std::string_view kMark = "mark";
constexpr std::string_view kState = "s";

// How far the newest event that is folded in may lie behind the head that was last computed: a head
// costs about as many hashes.
constexpr std::uint64_t kHeadEvery = 16'384;

/// Of which log the states are, and up to where.
struct Mark {
  std::string version;
  Position position{0};
  Hash newest{};                   ///< the leaf of the event at `position`
  TreeHead head{Position{0}, {}};  ///< of some position before that, or the same
};

std::string to_bytes(const Mark& mark) {
  std::string bytes;
  put_le(bytes, mark.position.value);
  bytes += bytes_of(mark.newest);
  put_le(bytes, mark.head.position.value);
  bytes += bytes_of(mark.head.root);
  return bytes + mark.version;
}

std::optional<Mark> mark_from(std::string_view bytes) {
  constexpr std::size_t kHash = std::tuple_size_v<Hash>;
  constexpr std::size_t kFixed = 2 * (sizeof(std::uint64_t) + kHash);
  if (bytes.size() < kFixed) return std::nullopt;
  Mark mark;
  const auto take = [&](Position& position, Hash& hash) {
    position = Position{load<std::uint64_t>(bytes.data())};
    std::copy_n(bytes.data() + sizeof position.value, kHash, hash.begin());
    bytes.remove_prefix(sizeof position.value + kHash);
  };
  take(mark.position, mark.newest);
  take(mark.head.position, mark.head.root);
  mark.version = bytes;
  return mark;
}

Result<Hash> leaf_at(const Log& log, Position position) {
  Hash leaf{};
  auto read = log.read_at({&position, 1}, [&](const RecordedEvent& event) {
    leaf = leaf_of(event);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return leaf;
}

/// Whether what was saved is of the beginning of this log. Two logs that part before a position
/// seldom have the same event there, and never the same head.
Result<bool> is_of(const Mark& mark, const Log& log) {
  if (mark.position > log.head() || mark.head.position > mark.position) return false;
  if (mark.position == Position{0}) return true;
  auto leaf = leaf_at(log, mark.position);
  if (!leaf) return std::unexpected(leaf.error());
  if (*leaf != mark.newest) return false;
  auto head = log.tree_head(mark.head.position);
  if (!head) return std::unexpected(head.error());
  return *head == mark.head;
}

}  // namespace

struct ViewStates::Impl {
  KeyValues values;
  const Log* log;
  Mark mark;

  Result<void> write(std::span<const Change> changes, const Mark* next) {
    std::vector<std::string> keys;
    std::vector<KeyValues::Change> writes;
    keys.reserve(changes.size());  // what views lead to stays where it is
    for (const Change& change : changes) {
      keys.push_back(std::string(kState) + change.subject);
      writes.push_back({keys.back(), change.state});
    }
    const std::string bytes = next ? to_bytes(*next) : std::string();
    if (next) writes.push_back({kMark, bytes});
    if (auto ok = values.write(writes); !ok) return ok;
    if (next) mark = *next;
    return {};
  }

  /// Where little came since the newest head, closing makes up for it.
  void close() {
    if (mark.head.position == mark.position || mark.position > log->head()) return;
    Mark closed = mark;
    if (auto head = log->tree_head(mark.position)) {
      closed.head = *head;
      (void)write({}, &closed);  // without it, the mark stands as it did
    }
  }
};

ViewStates::ViewStates(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ViewStates::ViewStates(ViewStates&&) noexcept = default;
ViewStates& ViewStates::operator=(ViewStates&&) noexcept = default;
ViewStates::~ViewStates() {
  if (impl_) impl_->close();
}

Result<ViewStates> ViewStates::open(const Disk& disk, const std::string& directory,
                                    std::string_view version, const Log& log) {
  const auto opened = [&](KeyValues values, Mark mark) {
    return ViewStates(std::make_unique<Impl>(std::move(values), &log, std::move(mark)));
  };
  auto values = KeyValues::open(disk, directory);
  if (!values && values.error().code != Errc::damaged_index) return std::unexpected(values.error());
  if (values) {
    // Without a mark there may be parts of states.
    const auto bytes = values->get(kMark);
    auto mark = bytes && *bytes ? mark_from(**bytes) : std::nullopt;
    if (!bytes && bytes.error().code != Errc::damaged_index) return std::unexpected(bytes.error());
    if (mark && mark->version == version) {
      auto same = is_of(*mark, log);
      if (!same) return std::unexpected(same.error());
      if (*same) return opened(std::move(*values), std::move(*mark));
    }
    values = fail(Errc::damaged_index, "");  // closed before it is taken away
  }
  if (auto gone = KeyValues::destroy(disk, directory); !gone) return std::unexpected(gone.error());
  values = KeyValues::open(disk, directory);
  if (!values) return std::unexpected(values.error());
  Mark none;
  none.version = version;
  return opened(std::move(*values), std::move(none));
}

Position ViewStates::position() const {
  return impl_->mark.position;
}

Result<std::optional<std::string>> ViewStates::get(std::string_view subject) const {
  return impl_->values.get(std::string(kState) + std::string(subject));
}

Result<void> ViewStates::each(
    std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  return impl_->values.each(std::string(kState) + std::string(prefix),
                            [&](std::string_view key, std::string_view value) {
                              return visit(key.substr(kState.size()), value);
                            });
}

Result<void> ViewStates::save(Position upto, std::span<const Change> changes) {
  Mark next = impl_->mark;
  next.position = upto;
  auto leaf = leaf_at(*impl_->log, upto);
  if (!leaf) return std::unexpected(leaf.error());
  next.newest = *leaf;
  if (next.head.position == Position{0} || upto.value - next.head.position.value >= kHeadEvery) {
    auto head = impl_->log->tree_head(upto);
    if (!head) return std::unexpected(head.error());
    next.head = *head;
  }
  return impl_->write(changes, &next);
}

Result<void> ViewStates::save_part(std::span<const Change> changes) {
  return impl_->write(changes, nullptr);
}

}  // namespace solnoma
