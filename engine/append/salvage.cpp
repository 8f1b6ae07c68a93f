#include "engine/salvage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "engine/append/copy.hpp"
#include "engine/base/bytes.hpp"
#include "engine/growing_head.hpp"
#include "engine/journal.hpp"
#include "engine/log/salvaged_blocks.hpp"
#include "engine/proof/merkle.hpp"
#include "engine/proof/record.hpp"
#include "engine/proof/tree_keys.hpp"
#include "engine/storage/store_files.hpp"

namespace solnoma {
namespace {

/// Names by number, from wherever they are intact.
class SalvagedNames {
 public:
  Result<void> read(const DamagedFiles& files, char space) {
    return files.each({std::string(1, space), sizeof(std::uint32_t), "names", UINT32_MAX},
                      [&](std::uint64_t number, std::span<const DamagedFiles::Part> parts) {
                        for (const auto& part : parts) add(number, part.bytes);
                        return Result<void>{};
                      });
  }
  /// A frame that introduces it is the truth.
  void introduce(std::uint32_t number, std::string_view name) {
    if (!name.empty()) names_[number] = name;
  }
  /// Empty: it is not known.
  [[nodiscard]] std::string_view find(std::uint32_t number) const {
    const auto found = names_.find(number);
    return found == names_.end() ? std::string_view{} : std::string_view(found->second);
  }

 private:
  /// Names never change: two of one number are none.
  void add(std::uint64_t number, const std::string& name) {
    const auto [there, is_new] = names_.emplace(static_cast<std::uint32_t>(number), name);
    if (there->second != name) there->second.clear();
  }
  std::unordered_map<std::uint32_t, std::string> names_;
};

/// The numbers that events have in the new log, where those before them may be lost.
class Renumbering {
 public:
  /// False where it cannot stand behind those before it.
  bool renumber(RecordedEvent& event) {
    const std::uint32_t revision = event.revision.value;
    if (event.supersedes.value >= revision) return false;
    const auto [there, is_new] = subjects_.try_emplace(
        event.subject_number.value, Subject{SubjectNumber{next_subject_}, 0, {}});
    Subject& subject = there->second;
    if (revision <= subject.last) return false;
    if (is_new) ++next_subject_;
    if (revision > subject.last + 1) subject.lost.emplace_back(subject.last + 1, revision - 1);
    subject.last = revision;
    event.position = head_ = head_.next();
    event.subject_number = subject.number;
    event.revision = Revision{revision - subject.lost_up_to(revision)};
    const std::uint32_t superseded = event.supersedes.value;
    event.supersedes = subject.is_lost(superseded)
                           ? Revision{0}
                           : Revision{superseded - subject.lost_up_to(superseded)};
    return true;
  }

 private:
  struct Subject {
    SubjectNumber number;
    std::uint32_t last;                                         // revision, in the old log
    std::vector<std::pair<std::uint32_t, std::uint32_t>> lost;  // revisions, both included

    [[nodiscard]] std::uint32_t lost_up_to(std::uint32_t revision) const {
      std::uint32_t count = 0;
      for (const auto& [first, last_lost] : lost)
        if (first <= revision) count += std::min(last_lost, revision) - first + 1;
      return count;
    }
    [[nodiscard]] bool is_lost(std::uint32_t revision) const {
      return std::ranges::any_of(lost, [&](const auto& each) {
        return each.first <= revision && revision <= each.second;
      });
    }
  };
  std::unordered_map<std::uint32_t, Subject> subjects_;
  std::uint32_t next_subject_ = 0;
  Position head_;
};

/// Holds what was got out against the nodes of the tree that are kept: those over whole groups.
class TreeCheck {
 public:
  Result<void> read(const DamagedFiles& files) {
    std::string prefix(kTreeNodes);
    prefix.push_back(static_cast<char>(kLevel));
    return files.each({prefix, sizeof(std::uint64_t), "default", kNewest.value},
                      [&](std::uint64_t index, std::span<const DamagedFiles::Part> parts) {
                        for (const auto& part : parts) nodes_[index].push_back(part.bytes);
                        return Result<void>{};
                      });
  }
  void add(const RecordedEvent& event, std::vector<LostEvents>& contradicted) {
    constexpr std::uint64_t kGroup = std::uint64_t{1} << kLevel;
    const std::uint64_t leaf = event.position.value - 1;
    if (leaf % kGroup == 0) group_ = {};
    if (group_.size() != leaf % kGroup) return;  // something is missing in it
    group_.add(leaf_of(event));
    if (group_.size() != kGroup) return;
    const auto kept = nodes_.find(leaf / kGroup);
    if (kept == nodes_.end()) return;
    const Hash root = group_.root();
    if (std::ranges::find(kept->second, bytes_of(root)) == kept->second.end())
      contradicted.push_back({Position{leaf + 2 - kGroup}, event.position, kGroup});
  }

 private:
  static constexpr unsigned kLevel = 10;  // the lowest that is kept
  std::map<std::uint64_t, std::vector<std::string>> nodes_;
  GrowingTree group_;
};

class Salvage {
 public:
  Salvage(const DamagedFiles& files, const Indexer& indexer) : files_(files), indexer_(indexer) {}

  Result<void> read_names() {
    if (auto ok = subjects_.read(files_, 'S'); !ok) return ok;
    if (auto ok = sources_.read(files_, 'P'); !ok) return ok;
    return tree_.read(files_);
  }

  /// Visits what is intact, as it is to stand in the new log. `acknowledged`: the old one went that
  /// far at least.
  Result<Salvaged> run(Position acknowledged, const Visitor& visit) {
    bool more = true;
    auto read = each_salvaged_block(files_, [&](const SalvagedBlock& block) -> Result<void> {
      if (!more || block.first < next_) return {};
      lost_before(block.first);
      next_ = block.first;
      for (const Frame& frame : block.begin) {
        if (more && !take(frame, next_, /*exact=*/true, visit, more)) lost_one(next_);
        next_ = next_.next();
      }
      for (const Frame& frame : block.behind)
        if (more && take(frame, next_, /*exact=*/false, visit, more)) ++behind_;
      has_behind_ = !block.behind.empty();
      return {};
    });
    if (!read) return std::unexpected(read.error());
    const std::uint64_t at_least = next_.value + behind_ + (has_behind_ ? 1 : 0);
    lost_before(std::max(acknowledged.next(), Position{at_least}), /*at_least=*/has_behind_);
    result_.from = Position{next_.value - 1};
    if (result_.lost.empty()) result_.same = same_.head();
    return std::move(result_);
  }

 private:
  /// `next` begins a block: what lies between it and where the last one was read to is lost, but
  /// for what stood behind a gap.
  void lost_before(Position next, bool at_least = false) {
    if (next <= next_) return;
    const std::uint64_t events =
        next.value - next_.value - std::min(behind_, next.value - next_.value);
    if (events > 0) lose({next_, Position{next.value - 1}, events, at_least});
    next_ = next;
    behind_ = 0;
    has_behind_ = false;
  }
  void lost_one(Position position) { lose({position, position, 1}); }
  void lose(const LostEvents& lost) {
    if (result_.lost.empty()) result_.same = same_.head();
    const auto all = [](const LostEvents& each) {
      return !each.at_least && each.events == each.last.value - each.first.value + 1;
    };
    if (!result_.lost.empty() && result_.lost.back().last.next() == lost.first &&
        all(result_.lost.back()) && all(lost)) {
      result_.lost.back().last = lost.last;
      result_.lost.back().events += lost.events;
    } else {
      result_.lost.push_back(lost);
    }
  }

  /// False where it is not intact.
  bool take(const Frame& frame, Position position, bool exact, const Visitor& visit, bool& more) {
    subjects_.introduce(frame.subject, frame.subject_name);
    sources_.introduce(frame.source, frame.source_name);
    const std::string_view subject = subjects_.find(frame.subject);
    const std::string_view source = sources_.find(frame.source);
    if (subject.empty() || source.empty() || frame.id.empty() || frame.recorded_us < recorded_us_ ||
        !indexer_(frame.payload))
      return false;
    RecordedEvent event = event_of(frame, position, subject, source);
    const RecordedEvent old = event;
    if (!numbers_.renumber(event)) return false;
    recorded_us_ = frame.recorded_us;
    if (exact) tree_.add(old, result_.contradicted);
    if (result_.lost.empty() && exact) same_.add(old);
    ++result_.events;
    more = visit(event);
    return true;
  }

  const DamagedFiles& files_;
  const Indexer& indexer_;
  SalvagedNames subjects_, sources_;
  TreeCheck tree_;
  Renumbering numbers_;
  GrowingHead same_;
  Salvaged result_;
  Position next_{1};          // up to here, excluded, all is known to be there or lost
  std::uint64_t behind_ = 0;  // events that were got out behind a gap there
  bool has_behind_ = false;
  std::int64_t recorded_us_ = INT64_MIN;
};

/// Opens the store that is to be made, or was begun.
Result<std::unique_ptr<OpenLog>> open_copy(const Disk& disk, const std::string& directory,
                                           Position upto, const Indexer& indexer) {
  auto made = Journal::create_copy(disk, directory, upto);
  if (!made && made.error().advice != Advice::use_as_it_is) return std::unexpected(made.error());
  auto log = OpenLog::open(disk, directory, Access::write, indexer);
  if (!log || made) return log;
  const auto copying = (*log)->copying();
  if (!copying) return std::unexpected(copying.error());
  if (!*copying) return std::unexpected(made.error());
  return log;
}

}  // namespace

Result<Salvaged> salvage(const Disk& disk, const std::string& from, const std::string& into,
                         Clock& clock, const Indexer& indexer, const SalvageNote& note,
                         const Progress& progress) {
  auto files = DamagedFiles::open(disk, from);
  if (!files) return std::unexpected(files.error());
  const auto format = read_format(disk, from);
  if (!format && format.error().code == Errc::unsupported) return std::unexpected(format.error());
  Salvage salvage(*files, indexer);
  if (auto ok = salvage.read_names(); !ok) return std::unexpected(ok.error());
  const Position acknowledged = Acknowledged::read(disk, from);
  auto log = open_copy(disk, into, acknowledged, indexer);
  if (!log) return std::unexpected(log.error());
  LogWriter writer(**log, Durability::lasting);
  if (auto ok = writer.open(); !ok) return std::unexpected(ok.error());

  // What an interrupted run has made is the beginning of what this one makes.
  const Position there = (*log)->head();
  GrowingHead begun;
  Result<Salvaged> result;
  OwnedEvents told;
  auto copied = copy_marked(
      writer, acknowledged,
      [&](const Visitor& visit) -> Result<void> {
        result = salvage.run(acknowledged, [&](const RecordedEvent& event) {
          if (event.position > there) return visit(event);
          begun.add(event);
          return true;
        });
        if (!result) return std::unexpected(result.error());
        const auto root = (*log)->tree->root(there);
        if (!root) return std::unexpected(root.error());
        if (begun.head() != TreeHead{there, *root})
          return fail(Errc::conflict, fmt::format("{} is a copy of another log", into),
                      Advice::other_directory);
        return {};
      },
      [&](Store::Batch& last) -> Result<void> {
        if (result->lost.empty() || !note) return {};
        auto events = note(*result);
        if (!events) return std::unexpected(events.error());
        told = std::move(*events);
        auto staged = writer.sequencer().stage(told.events(), {}, clock.now(), last);
        if (!staged) return std::unexpected(staged.error());
        return {};
      },
      progress);
  writer.sequencer().let_go();
  if (!copied) return std::unexpected(copied.error());
  return result;
}

}  // namespace solnoma
