#include "engine/log/open_log.hpp"

#include <fmt/format.h>

#include <vector>

#include "engine/format/keys.hpp"
#include "engine/log/derived.hpp"
#include "engine/log/end_of_log.hpp"
#include "engine/log/scan.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {
namespace {

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

/// Errors: unavailable while a rebuild is under way, or after one that was interrupted.
Result<void> check_not_rebuilding(const Store& store, const std::string& directory) {
  auto rebuilding = store.get(Family::meta, kRebuilding);
  if (!rebuilding) return std::unexpected(rebuilding.error());
  if (*rebuilding && !(*rebuilding)->empty())
    return fail(Errc::unavailable, fmt::format("the store {} is being rebuilt", directory),
                Advice::finish_rebuild);
  return {};
}

/// Errors: damaged_index where it cannot be used as it is.
Result<std::unique_ptr<Index>> open_index(const Store& store, const Indexer& indexer,
                                          Position head) {
  auto of_this_version = is_of_this_version(store, indexer);
  if (!of_this_version) return std::unexpected(of_this_version.error());
  if (!*of_this_version && head.value > 0)
    return fail(Errc::damaged_index, "the derived index was made by another version of the program",
                Advice::derive_again);
  auto index = Index::open(store);
  if (index && (*index)->in_segments() > head)
    return fail(Errc::damaged_index, "the derived index goes further than the log",
                Advice::derive_again);
  return index;
}

}  // namespace

Result<std::unique_ptr<OpenLog>> OpenLog::open(const Disk& disk, const std::string& directory,
                                               Access access, Indexer indexer) {
  auto store = open_store(disk, directory, access);
  if (!store) return std::unexpected(store.error());
  auto head = find_whole_head(**store, directory);
  if (!head) return std::unexpected(head.error());
  auto log = std::make_unique<OpenLog>();
  log->store = std::move(*store);
  log->access = access;
  log->indexer = std::move(indexer);
  log->set_head(*head);
  log->tree = std::make_unique<Tree>(
      *log->store, [raw = log.get()](Position first, Position last,
                                     const std::function<void(const Hash&)>& visit) {
        return raw->leaves(first, last, visit);
      });
  if (access == Access::read) {  // before the index, which is half done then
    if (auto ok = check_not_rebuilding(*log->store, directory); !ok) {
      if (ok.error().code != Errc::unavailable) return std::unexpected(ok.error());
      log->underived = ok.error();
      log->index = Index::empty(*log->store);
      return log;
    }
  }
  auto index = open_index(*log->store, log->indexer, *head);
  if (!index) {
    if (index.error().code != Errc::damaged_index) return std::unexpected(index.error());
    if (access == Access::read)
      log->underived = index.error();
    else
      log->index_damaged = true;
    index = Index::empty(*log->store);
  }
  log->index = std::move(*index);
  return log;
}

void OpenLog::set_head(Position position) {
  {
    const std::lock_guard lock(mutex_);
    head_.store(position.value, std::memory_order_release);
  }
  moved_.notify_all();
}

void OpenLog::wait_past(Position position, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(mutex_);
  moved_.wait_for(lock, timeout, [&] { return head() > position; });
}

Result<Position> OpenLog::catch_up() {
  if (access == Access::write) return head();
  const std::lock_guard lock(indexing_);
  if (auto ok = underived ? store->catch_up() : index->catch_up(*store); !ok)
    return std::unexpected(ok.error());
  auto newest = find_head(*store);
  if (newest) set_head(*newest);
  return newest;
}

Result<std::optional<Position>> OpenLog::copying() const {
  auto value = store->get(Family::meta, kCopying);
  if (!value) return std::unexpected(value.error());
  if (!*value || (*value)->empty()) return std::optional<Position>{};
  return stored_position(**value);
}

Result<const Index*> OpenLog::current_index() const {
  if (auto ok = check_derived(); !ok) return std::unexpected(ok.error());
  const Position newest = head();
  if (index->covered() >= newest) return index.get();
  const std::lock_guard lock(indexing_);
  const Position covered = index->covered();
  if (covered >= newest) return index.get();  // another thread was here before this one
  std::vector<IndexEntry> entries;
  entries.reserve(newest.value - covered.value);
  auto scanned = scan(*this, covered.next(), Direction::forwards,
                      [&](Position position, const Frame& frame) -> Result<bool> {
                        auto dating = indexer(frame.payload);
                        if (!dating)
                          return at(fmt::format("position {}", position.value), dating.error());
                        entries.push_back(index_entry(frame, position, *dating));
                        return true;
                      });
  if (!scanned) return std::unexpected(scanned.error());
  index->add(entries);
  return index.get();
}

void OpenLog::add(std::span<const IndexEntry> entries, std::span<const Hash> leaves) {
  if (entries.empty()) return;
  tree->add(entries.front().row.position(), leaves);
  index->add(entries);
}

Result<void> OpenLog::write_derived() {
  if (auto ok = index->write_segments(*store); !ok) return ok;
  return tree->extend(*store, index->in_segments());
}

Result<RecordedEvent> OpenLog::describe(const Frame& frame, Position position) const {
  auto event = describe_known(frame, position);
  // A writer derives the names again. A reader has them from the log, too.
  if (event || access == Access::write || event.error().code != Errc::damaged_index) return event;
  if (auto ok = meet_all_names(); !ok) return std::unexpected(ok.error());
  return describe_known(frame, position);
}

Result<void> OpenLog::meet_all_names() const {
  return scan(*this, Position{1}, Direction::forwards,
              [&](Position, const Frame& frame) -> Result<bool> {
                const auto meet = [&](char space, std::uint32_t number, std::string_view name) {
                  return name.empty() || names.get(*store, space, number, name);
                };
                return meet('S', frame.subject, frame.subject_name) &&
                       meet('P', frame.source, frame.source_name);
              });
}

Result<RecordedEvent> OpenLog::describe_known(const Frame& frame, Position position) const {
  auto subject = names.get(*store, 'S', frame.subject, frame.subject_name);
  if (!subject) return std::unexpected(subject.error());
  auto source = names.get(*store, 'P', frame.source, frame.source_name);
  if (!source) return std::unexpected(source.error());
  return event_of(frame, position, *subject, *source);
}

Result<void> OpenLog::leaves(Position first, Position last,
                             const std::function<void(const Hash&)>& visit) const {
  return scan(*this, first, Direction::forwards,
              [&](Position position, const Frame& frame) -> Result<bool> {
                auto event = describe(frame, position);
                if (!event) return std::unexpected(event.error());
                visit(leaf_of(*event));
                return position < last;
              });
}

}  // namespace solnoma
