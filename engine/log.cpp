#include "engine/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "engine/block.hpp"
#include "engine/check.hpp"
#include "engine/keys.hpp"
#include "engine/log_head.hpp"
#include "engine/log_impl.hpp"
#include "engine/proof.hpp"
#include "engine/record.hpp"

namespace solnoma {
namespace {

Result<void> frames_of(std::string_view block, Position first, Frames& frames) {
  frames.clear();
  while (!block.empty()) {
    auto frame = take_frame(block);
    if (!frame) return at(fmt::format("position {}", first.value), frame.error());
    frames.emplace_back(first, *frame);
    first = first.next();
  }
  return {};
}

/// RocksDB, opened for writing, cuts a damaged write-ahead log off where the damage begins:
/// a look without writing goes first, so that nothing is cut of a log that is refused.
Result<std::unique_ptr<Store>> open_store(const Disk& disk, const std::string& directory,
                                          Access access) {
  if (access == Access::write) {
    auto seen = Store::open(disk, directory, Access::read);
    if (!seen) return seen;
    if (auto head = find_whole_head(**seen, directory); !head) return std::unexpected(head.error());
  }
  return Store::open(disk, directory, access);
}

}  // namespace

void Log::Impl::set_head(Position position) {
  {
    const std::lock_guard lock(mutex);
    head.store(position.value, std::memory_order_release);
  }
  moved.notify_all();
}

Result<RecordedEvent> Log::Impl::describe(const Frame& frame, Position position) const {
  auto subject = names.get(*store, 'S', frame.subject, frame.subject_name);
  if (!subject) return std::unexpected(subject.error());
  auto source = names.get(*store, 'P', frame.source, frame.source_name);
  if (!source) return std::unexpected(source.error());
  return event_of(frame, position, *subject, *source);
}

Result<void> Log::Impl::leaves(Position first, Position last,
                               const std::function<void(const Hash&)>& visit) const {
  return scan(first, Direction::forwards,
              [&](Position position, const Frame& frame) -> Result<bool> {
                auto event = describe(frame, position);
                if (!event) return std::unexpected(event.error());
                visit(leaf_of(*event));
                return position < last;
              });
}

Result<std::optional<Position>> Log::Impl::copying() const {
  auto value = store->get(Family::meta, kCopying);
  if (!value) return std::unexpected(value.error());
  if (!*value || (*value)->empty()) return std::optional<Position>{};
  return stored_position(**value);
}

Result<void> Log::Impl::settle() {
  if (auto ok = index->settle(*store); !ok) return ok;
  return tree->extend(*store, index->settled());
}

Result<const Index*> Log::Impl::current_index() const {
  const Position newest{head.load(std::memory_order_acquire)};
  if (index->covered() >= newest) return index.get();
  const std::lock_guard lock(indexing);
  const Position covered = index->covered();
  if (covered >= newest) return index.get();  // another thread was here before us
  std::vector<IndexEntry> entries;
  entries.reserve(newest.value - covered.value);
  auto scanned = scan(covered.next(), Direction::forwards,
                      [&](Position position, const Frame& frame) -> Result<bool> {
                        auto mark = indexer(frame.payload);
                        if (!mark)
                          return at(fmt::format("position {}", position.value), mark.error());
                        entries.push_back(index_entry(frame, position, *mark));
                        return true;
                      });
  if (!scanned) return std::unexpected(scanned.error());
  index->add(entries);
  return index.get();
}

Result<void> Log::Impl::scan(Position from, Direction direction, const FrameVisitor& visit) const {
  return scan_blocks(from, direction, [&](AlignedBlock&, Frames& frames) -> Result<bool> {
    for (const auto& [position, frame] : frames) {
      auto more = visit(position, frame);
      if (!more || !*more) return more;
    }
    return true;
  });
}

Result<void> Log::Impl::scan_blocks(Position from, Direction direction,
                                    const BlockVisitor& visit) const {
  const Position newest{head.load(std::memory_order_acquire)};
  const bool forwards = direction == Direction::forwards;
  if (forwards ? from > newest : from.value == 0 || newest.value == 0) return {};
  from = forwards ? std::max(from, Position{1}) : std::min(from, newest);

  auto cursor = store->cursor(Family::log, /*scan=*/true);
  AlignedBlock block;
  Frames frames;
  Position expected = from;
  for (cursor.seek_backward(log_key(from)); cursor.valid();
       forwards ? cursor.next() : cursor.previous()) {
    auto first = block_first(cursor);
    if (!first) return std::unexpected(first.error());
    if (*first > newest) break;
    block.assign(cursor.value());
    if (auto ok = frames_of(block.bytes(), *first, frames); !ok) return ok;
    std::erase_if(frames, [&](const auto& frame) {
      return frame.first > newest || (forwards ? frame.first < from : frame.first > from);
    });
    if (!forwards) std::reverse(frames.begin(), frames.end());
    for (const auto& [position, frame] : frames) {
      if (position != expected) return gap(expected);
      expected = Position{forwards ? position.value + 1 : position.value - 1};
    }
    auto more = visit(block, frames);
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
  }
  if (auto ok = cursor.status(); !ok) return ok;
  if (expected != (forwards ? newest.next() : Position{0})) return gap(expected);
  return {};
}

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Log::~Log() = default;

Result<std::unique_ptr<Log::Impl>> Log::Impl::open(const Disk& disk, const std::string& directory,
                                                   Access access, Indexer indexer) {
  auto store = open_store(disk, directory, access);
  if (!store) return std::unexpected(store.error());
  auto head = find_whole_head(**store, directory);
  if (!head) return std::unexpected(head.error());
  auto impl = std::make_unique<Impl>();
  impl->store = std::move(*store);
  impl->access = access;
  impl->indexer = std::move(indexer);
  impl->set_head(*head);
  impl->tree = std::make_unique<Tree>(
      *impl->store, [raw = impl.get()](Position first, Position last,
                                       const std::function<void(const Hash&)>& visit) {
        return raw->leaves(first, last, visit);
      });
  auto index = Index::open(*impl->store);
  if (index && (*index)->settled() > *head)
    index = fail(Errc::damaged_index, "the derived index goes further than the log",
                 "run 'solnoma rebuild'");
  if (!index) {
    if (access == Access::read || index.error().code != Errc::damaged_index)
      return std::unexpected(index.error());
    impl->index_damaged = true;
    index = Index::empty(*impl->store);
  }
  impl->index = std::move(*index);
  return impl;
}

Result<std::unique_ptr<Log>> Log::open(const Disk& disk, const std::string& directory,
                                       Indexer indexer, Copies copies) {
  auto impl = Impl::open(disk, directory, Access::read, std::move(indexer));
  if (!impl) return std::unexpected(impl.error());
  auto rebuilding = (*impl)->store->get(Family::meta, kRebuilding);
  if (!rebuilding) return std::unexpected(rebuilding.error());
  if (*rebuilding && !(*rebuilding)->empty())
    return fail(Errc::unavailable, fmt::format("the store {} is being rebuilt", directory),
                "wait for it; if that was interrupted, run 'solnoma rebuild'");
  auto copying = (*impl)->copying();
  if (!copying) return std::unexpected(copying.error());
  if (*copying && copies == Copies::whole)
    return fail(Errc::unavailable,
                fmt::format("the store {} is an unfinished copy: it ends at position {} of {}",
                            directory, (*impl)->head.load(), (*copying)->value),
                "wait for it, or take the backup again; where its original is lost, 'solnoma "
                "restore --at POSITION' makes a store of what is there");
  return std::unique_ptr<Log>(new Log(std::move(*impl)));
}

Position Log::head() const {
  return Position{impl_->head.load(std::memory_order_acquire)};
}

Result<void> Log::read(Position from, Direction direction, const Visitor& visit) const {
  return impl_->scan(from, direction, [&](Position position, const Frame& frame) -> Result<bool> {
    auto event = impl_->describe(frame, position);
    if (!event) return std::unexpected(event.error());
    return visit(*event);
  });
}

Result<void> Log::read_at(std::span<const Position> positions, const Visitor& visit) const {
  LoadedBlock block;
  for (const Position position : positions) {
    SOLNOMA_CHECK(position.value >= 1 && position <= head());
    auto frame = block.find(*impl_->store, position);
    if (!frame) return std::unexpected(frame.error());
    auto event = impl_->describe(*frame, position);
    if (!event) return std::unexpected(event.error());
    if (!visit(*event)) return {};
  }
  return {};
}

Result<void> Log::read_subject(std::string_view name, Revision from, Direction direction,
                               const Visitor& visit) const {
  auto number = subject(name);
  if (!number) return std::unexpected(number.error());
  const auto nothing = [&] {
    return fail(Errc::not_found, fmt::format("nothing is recorded of '{}'", name));
  };
  if (!*number) return nothing();
  auto rows = this->rows(**number);
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return nothing();
  std::vector<Position> positions;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const bool wanted =
        direction == Direction::forwards ? i + 1 >= from.value : i + 1 <= from.value;
    if (wanted) positions.push_back((*rows)[i].position());
  }
  if (direction == Direction::backwards) std::reverse(positions.begin(), positions.end());
  return read_at(positions, visit);
}

Result<std::vector<Position>> Log::find(std::string_view id) const {
  auto index = impl_->current_index();
  if (!index) return std::unexpected(index.error());
  auto candidates = (*index)->find(hash_id(id), head());
  if (!candidates) return candidates;
  std::vector<Position> found;
  auto ok = read_at(*candidates, [&](const RecordedEvent& event) {
    if (event.id == id) found.push_back(event.position);
    return true;
  });
  if (!ok) return std::unexpected(ok.error());
  return found;
}

Result<std::optional<Position>> Log::find(std::string_view source, std::string_view id) const {
  auto index = impl_->current_index();
  if (!index) return std::unexpected(index.error());
  auto candidates = (*index)->find(hash_id(id), head());
  if (!candidates) return std::unexpected(candidates.error());
  std::optional<Position> found;
  auto ok = read_at(*candidates, [&](const RecordedEvent& event) {
    if (event.id == id && event.source == source) found = event.position;
    return !found;
  });
  if (!ok) return std::unexpected(ok.error());
  return found;
}

Result<std::optional<SubjectNumber>> Log::subject(std::string_view name) const {
  auto number = impl_->store->get(Family::names, name_key('s', name));
  if (!number) return std::unexpected(number.error());
  if (!*number) return std::optional<SubjectNumber>{};
  auto stored = stored_number(**number);
  if (!stored) return std::unexpected(stored.error());
  return SubjectNumber{*stored};
}

Result<std::string> Log::subject_name(SubjectNumber number) const {
  auto name = impl_->names.get(*impl_->store, 'S', number.value);
  if (!name) return std::unexpected(name.error());
  return std::string(*name);
}

Result<Revision> Log::revision(SubjectNumber number) const {
  auto index = impl_->current_index();
  if (!index) return std::unexpected(index.error());
  return (*index)->revision(number, head());
}

Result<void> Log::subjects(
    std::string_view prefix,
    const std::function<bool(std::string_view, SubjectNumber)>& visit) const {
  const std::string key = name_key('s', prefix);
  auto cursor = impl_->store->cursor(Family::names);
  for (cursor.seek(key); cursor.valid() && cursor.key().starts_with(key); cursor.next()) {
    auto number = stored_number(cursor.value());
    if (!number) return std::unexpected(number.error());
    if (!visit(cursor.key().substr(1), SubjectNumber{*number})) return {};
  }
  return cursor.status();
}

Result<std::vector<Row>> Log::rows(SubjectNumber subject) const {
  const Position head = this->head();
  auto index = impl_->current_index();
  if (!index) return std::unexpected(index.error());
  return (*index)->rows(subject, head);
}

Result<std::uint32_t> Log::subject_count() const {
  return count_numbers(*impl_->store, 'S');
}

Result<void> Log::all_rows(const std::function<bool(SubjectNumber, Rows)>& visit,
                           SubjectRange range) const {
  const Position head = this->head();
  auto index = impl_->current_index();
  if (!index) return std::unexpected(index.error());
  return (*index)->all_rows(range, head, visit);
}

Result<Position> Log::position_at(Instant instant) const {
  Position low{0};
  Position high = head();
  while (low < high) {  // recorded instants never decrease along the log
    const Position middle{low.value + (high.value - low.value + 1) / 2};
    bool not_after = false;
    auto ok = read_at({&middle, 1}, [&](const RecordedEvent& event) {
      not_after = event.recorded <= instant;
      return false;
    });
    if (!ok) return std::unexpected(ok.error());
    if (not_after)
      low = middle;
    else
      high = Position{middle.value - 1};
  }
  return low;
}

Result<TreeHead> Log::tree_head(Position at) const {
  SOLNOMA_CHECK(at <= head());
  auto root = impl_->tree->root(at);
  if (!root) return std::unexpected(root.error());
  return TreeHead{at, *root};
}

Result<InclusionProof> Log::prove(Position of, Position at) const {
  SOLNOMA_CHECK(of.value >= 1 && of <= at && at <= head());
  InclusionProof proof;
  auto read = read_at({&of, 1}, [&](const RecordedEvent& event) {
    proof.record = to_record(event);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  auto path = impl_->tree->path(of, at);
  if (!path) return std::unexpected(path.error());
  proof.path = std::move(*path);
  auto head = tree_head(at);
  if (!head) return std::unexpected(head.error());
  proof.head = *head;
  return proof;
}

Result<Position> Log::catch_up() {
  if (impl_->access == Access::write) return head();
  const std::lock_guard lock(impl_->indexing);
  if (auto ok = impl_->index->catch_up(*impl_->store); !ok) return std::unexpected(ok.error());
  auto head = find_head(*impl_->store);
  if (head) impl_->set_head(*head);
  return head;
}

Result<Position> Log::wait_past(Position position, std::chrono::milliseconds timeout) {
  // For ever is a year: instants that far ahead still fit their type.
  timeout = std::min<std::chrono::milliseconds>(timeout, std::chrono::hours{24 * 365});
  if (impl_->access == Access::write) {
    std::unique_lock lock(impl_->mutex);
    impl_->moved.wait_for(lock, timeout, [&] { return head() > position; });
    return head();
  }
  constexpr std::chrono::milliseconds kPoll{20};
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    auto now = catch_up();
    if (!now || *now > position) return now;
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= left.zero()) return now;
    std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, kPoll));
  }
}

}  // namespace solnoma
