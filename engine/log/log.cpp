#include "engine/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <thread>

#include "engine/base/check.hpp"
#include "engine/format/keys.hpp"
#include "engine/inclusion_proof.hpp"
#include "engine/log/names.hpp"
#include "engine/log/open_log.hpp"
#include "engine/log/scan.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {

Log::Log(std::shared_ptr<OpenLog> open) : open_(std::move(open)) {}
Log::Log(std::shared_ptr<OpenLog> open, Sight sight)
    : open_(std::move(open)), sight_(std::move(sight)) {}
Log::~Log() = default;

std::unique_ptr<Log> Log::seen_by(Sight sight) const {
  if (!sight_) return std::unique_ptr<Log>(new Log(open_, std::move(sight)));
  const auto both = [first = sight_, second = std::move(sight)](std::string_view subject) {
    return first(subject) && second(subject);
  };
  return std::unique_ptr<Log>(new Log(open_, both));
}

Result<bool> Log::sees(SubjectNumber number) const {
  if (!sight_) return true;
  auto name = open_->names.get(*open_->store, 'S', number.value);
  if (!name) return std::unexpected(name.error());
  return sight_(*name);
}

Result<std::unique_ptr<Log>> Log::open(const Disk& disk, const std::string& directory,
                                       Indexer indexer, Copies copies) {
  auto log = OpenLog::open(disk, directory, Access::read, std::move(indexer));
  if (!log) return std::unexpected(log.error());
  auto copying = (*log)->copying();
  if (!copying) return std::unexpected(copying.error());
  if (*copying && copies == Copies::whole)
    return fail(Errc::unavailable,
                fmt::format("the store {} is an unfinished copy: it ends at position {} of {}",
                            directory, (*log)->head().value, (*copying)->value),
                Advice::finish_copy);
  return std::make_unique<Log>(std::move(*log));
}

Position Log::head() const {
  return open_->head();
}

Result<void> Log::read(Position from, Direction direction, const Visitor& visit) const {
  return scan(*open_, from, direction, [&](Position position, const Frame& frame) -> Result<bool> {
    auto event = open_->describe(frame, position);
    if (!event) return std::unexpected(event.error());
    return !sees(event->subject) || visit(*event);
  });
}

Result<void> Log::read_at(std::span<const Position> positions, const Visitor& visit) const {
  if (!sight_) return solnoma::read_at(*open_, positions, visit);
  return solnoma::read_at(*open_, positions, [&](const RecordedEvent& event) {
    return !sees(event.subject) || visit(event);
  });
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
  auto index = open_->current_index();
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
  auto index = open_->current_index();
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
  if (auto ok = open_->check_derived(); !ok) return std::unexpected(ok.error());
  if (!sees(name)) return std::nullopt;
  return find_subject(*open_->store, name);
}

Result<std::string> Log::subject_name(SubjectNumber number) const {
  if (auto ok = open_->check_derived(); !ok) return std::unexpected(ok.error());
  auto name = open_->names.get(*open_->store, 'S', number.value);
  if (!name) return std::unexpected(name.error());
  if (!sees(*name))
    return fail(Errc::not_found, fmt::format("no subject has the number {}", number.value));
  return std::string(*name);
}

Result<Revision> Log::revision(SubjectNumber number) const {
  auto index = open_->current_index();
  if (!index) return std::unexpected(index.error());
  auto seen = sees(number);
  if (!seen) return std::unexpected(seen.error());
  if (!*seen) return Revision{0};
  return (*index)->revision(number, head());
}

Result<void> Log::subjects(
    std::string_view prefix,
    const std::function<bool(std::string_view, SubjectNumber)>& visit) const {
  if (auto ok = open_->check_derived(); !ok) return ok;
  return each_subject(*open_->store, prefix, [&](std::string_view name, SubjectNumber number) {
    return !sees(name) || visit(name, number);
  });
}

Result<std::vector<Row>> Log::rows(SubjectNumber subject) const {
  const Position head = this->head();
  auto index = open_->current_index();
  if (!index) return std::unexpected(index.error());
  auto seen = sees(subject);
  if (!seen) return std::unexpected(seen.error());
  if (!*seen) return std::vector<Row>();
  return (*index)->rows(subject, head);
}

Result<std::uint32_t> Log::subject_count() const {
  if (auto ok = open_->check_derived(); !ok) return std::unexpected(ok.error());
  return count_subjects(*open_->store);
}

Result<void> Log::all_rows(const std::function<bool(SubjectNumber, Rows)>& visit,
                           SubjectRange range) const {
  const Position head = this->head();
  auto index = open_->current_index();
  if (!index) return std::unexpected(index.error());
  if (!sight_) return (*index)->all_rows(range, head, visit);
  std::optional<Error> error;
  auto ok = (*index)->all_rows(range, head, [&](SubjectNumber number, Rows rows) {
    auto seen = sees(number);
    if (!seen) error = seen.error();
    return !error && (!*seen || visit(number, rows));
  });
  if (error) return std::unexpected(*error);
  return ok;
}

Result<Position> Log::position_at(Instant instant) const {
  Position low{0};
  Position high = head();
  while (low < high) {  // recorded instants never decrease along the log
    const Position middle{low.value + (high.value - low.value + 1) / 2};
    bool not_after = false;
    auto ok = solnoma::read_at(*open_, {&middle, 1}, [&](const RecordedEvent& event) {
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
  if (auto ok = open_->check_derived(); !ok) return std::unexpected(ok.error());
  auto root = open_->tree->root(at);
  if (!root) return std::unexpected(root.error());
  return TreeHead{at, *root};
}

Result<std::vector<Hash>> Log::tree_nodes(unsigned level, std::uint64_t first,
                                          std::size_t count) const {
  SOLNOMA_CHECK(level < 64 && first + count <= head().value >> level);
  if (auto ok = open_->check_derived(); !ok) return std::unexpected(ok.error());
  return open_->tree->nodes(level, first, count);
}

Result<GrowingHead> Log::growing_head(Position at) const {
  GrowingHead growing;
  for (std::uint64_t size = 0; size < at.value;) {
    const auto level = static_cast<unsigned>(std::bit_width(at.value - size)) - 1;
    auto root = tree_nodes(level, size >> level, 1);
    if (!root) return std::unexpected(root.error());
    growing.add_subtree(level, root->front());
    size += std::uint64_t{1} << level;
  }
  return growing;
}

Result<InclusionProof> Log::prove(Position of, Position at) const {
  SOLNOMA_CHECK(of.value >= 1 && of <= at && at <= head());
  if (auto ok = open_->check_derived(); !ok) return std::unexpected(ok.error());
  InclusionProof proof;
  bool seen = false;
  auto read = read_at({&of, 1}, [&](const RecordedEvent& event) {
    proof.record = to_record(event);
    return seen = true;
  });
  if (!read) return std::unexpected(read.error());
  if (!seen) return fail(Errc::not_found, fmt::format("no event at position {} is seen", of.value));
  auto path = open_->tree->path(of, at);
  if (!path) return std::unexpected(path.error());
  proof.path = std::move(*path);
  auto head = tree_head(at);
  if (!head) return std::unexpected(head.error());
  proof.head = *head;
  return proof;
}

Result<Position> Log::catch_up() {
  return open_->catch_up();
}

Result<Position> Log::wait_past(Position position, std::chrono::milliseconds timeout) {
  // For ever is a year: instants that far ahead still fit their type.
  timeout = std::min<std::chrono::milliseconds>(timeout, std::chrono::hours{24 * 365});
  if (open_->access == Access::write) {
    open_->wait_past(position, timeout);
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
