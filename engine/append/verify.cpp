#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/verify.hpp"

#include "engine/base/bytes.hpp"
#include "engine/format/keys.hpp"
#include "engine/index/index.hpp"
#include "engine/log/derived.hpp"
#include "engine/log/open_log.hpp"
#include "engine/log/scan.hpp"
#include "engine/proof/record.hpp"
#include "engine/proof/sha256.hpp"

namespace solnoma {
namespace {

/// A digest of a set of entries that does not depend on their order: what derives from
/// the log in log order can be compared with what stands in a family in key order, in
/// bounded memory. Sums of SHA-256 hashes, word by word.
struct SetDigest {
  std::uint64_t count = 0;
  std::array<std::uint64_t, sizeof(Hash) / sizeof(std::uint64_t)> sums{};

  void add(std::string_view entry) {
    const Hash hash = sha256({entry});
    ++count;
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] += load<std::uint64_t>(bytes_of(hash).data() + i * sizeof(std::uint64_t));
  }
  void add_name(std::string_view key, std::string_view value) {
    std::string entry;
    put_le(entry, static_cast<std::uint32_t>(key.size()));
    entry += key;
    entry += value;
    add(entry);
  }
  void add_row(SubjectNumber subject, Revision revision, const Row& row) {
    std::array<char, 2 * sizeof(std::uint32_t) + sizeof(Row)> entry;
    std::memcpy(entry.data(), &subject.value, 4);
    std::memcpy(entry.data() + 4, &revision.value, 4);
    std::memcpy(entry.data() + 8, &row, sizeof row);
    add({entry.data(), entry.size()});
  }
  void add_id(IdHash id, Position position) {
    const std::array entry{id, position.value};
    add({reinterpret_cast<const char*>(entry.data()), sizeof entry});
  }
  bool operator==(const SetDigest&) const = default;
};

std::unexpected<Error> broken(Position position, std::string what) {
  return at(fmt::format("position {}", position.value),
            fail(Errc::corrupt, std::move(what), Advice::restore).error());
}

class LogVerifier {
 public:
  LogVerifier(const OpenLog& log, std::span<const TreeHead> witnessed)
      : log_(log), witnessed_(witnessed) {}

  Result<TreeHead> run(const Progress& progress) {
    const Position head = log_.head();
    const auto derived = log_.check_derived();
    constexpr std::uint64_t kSomeIds = 2'000;
    every_ = 1 + head.value / kSomeIds;
    for (const TreeHead& each : witnessed_)
      if (each.position > head)
        return fail(Errc::conflict,
                    fmt::format("the log ends at position {}, before the head {}", head.value,
                                to_string(each)),
                    "events were taken away, or the head is of another log");
    // The log first: where that is whole, damage elsewhere can be mended.
    const auto hashed = read_hashed();
    if (auto ok = walk(progress); !ok) return std::unexpected(ok.error());
    auto rest = !derived ? derived : !hashed ? hashed : compare_all();
    if (rest) return TreeHead{head, tree_.root()};
    // Whoever cannot mend it now knows at least that the log is whole.
    rest.error().what = fmt::format("the log is whole, {} events, head {}; but {}", head.value,
                                    to_string({head, tree_.root()}), rest.error().what);
    return std::unexpected(rest.error());
  }

 private:
  Result<void> read_hashed() {
    auto hashed = log_.store->get(Family::meta, kHashed);
    if (!hashed) return std::unexpected(hashed.error());
    if (!*hashed) return {};
    auto upto = stored_position(**hashed);
    if (!upto) return std::unexpected(upto.error());
    hashed_ = *upto;
    return {};
  }

  Result<void> compare_all() {
    if (auto ok = compare_names(); !ok) return ok;
    if (auto ok = compare_rows(); !ok) return ok;
    if (auto ok = compare_ids(); !ok) return ok;
    if (auto ok = look_up_some(); !ok) return ok;
    if (auto ok = check_recorded_once(); !ok) return ok;
    if (auto ok = compare_tree(); !ok) return ok;
    return log_.store->verify_checksums();
  }

  Result<void> walk(const Progress& progress) {
    if (auto ok = compare_witnessed(); !ok) return ok;  // of an empty log
    return scan(log_, Position{1}, Direction::forwards,
                [&](Position position, const Frame& frame) -> Result<bool> {
                  if (auto ok = take(position, frame); !ok) return std::unexpected(ok.error());
                  if (progress && position.value % 65536 == 0) progress(position);
                  return true;
                });
  }

  /// Checks one event against what came before it, and derives its entries.
  Result<void> take(Position position, const Frame& frame) {
    if (frame.subject > revisions_.size() || frame.source > sources_.size())
      return never_introduced(position);
    const bool new_source = frame.source == sources_.size();
    if (frame.subject == revisions_.size()) revisions_.push_back(0);
    if (frame.revision != revisions_[frame.subject] + 1)
      return broken(position, fmt::format("revision {} follows revision {}", frame.revision,
                                          revisions_[frame.subject]));
    if ((frame.revision == 1) == frame.subject_name.empty() ||
        new_source == frame.source_name.empty())
      return broken(position, "a name is missing, or stands where it does not belong");
    if (frame.supersedes >= frame.revision)
      return broken(position, "the event supersedes one that is not before it");
    if (frame.recorded_us < recorded_us_)
      return broken(position, "the event was recorded before the one before it");
    if (frame.revision == 1) subjects_.emplace_back(frame.subject_name);
    if (new_source) sources_.emplace_back(frame.source_name);
    recorded_us_ = frame.recorded_us;
    ++revisions_[frame.subject];

    auto dating = log_.indexer(frame.payload);
    if (!dating) return at(fmt::format("position {}", position.value), dating.error());
    for_names(frame,
              [&](std::string_view key, std::string_view value) { names_.add_name(key, value); });
    const IndexEntry entry = index_entry(frame, position, *dating);
    rows_.add_row(entry.subject, entry.revision, entry.row);
    ids_.add_id(entry.id, position);
    if (position.value % every_ == 1 || every_ == 1) some_ids_.emplace_back(position, entry.id);
    return hash(position, frame);
  }

  /// The names come from the frames: the tree does not depend on what derives from them.
  Result<void> hash(Position position, const Frame& frame) {
    const RecordedEvent event =
        event_of(frame, position, subjects_[frame.subject], sources_[frame.source]);
    tree_.add(leaf_of(event), [&](const TreeNode& node, const Hash& root) {
      if (Tree::is_kept(node) && node.last() <= hashed_.value)
        nodes_.add_name(tree_node_key(node), bytes_of(root));
    });
    return compare_witnessed();
  }

  Result<void> compare_witnessed() const {
    for (const TreeHead& each : witnessed_) {
      if (each.position.value != tree_.size() || each.root == tree_.root()) continue;
      return fail(Errc::conflict,
                  fmt::format("the log does not extend the head {}: up to there its head is {}",
                              to_string(each), to_string({each.position, tree_.root()})),
                  "an event was changed since, or the head is of another log");
    }
    return {};
  }

  Result<void> compare_tree() {
    SetDigest stored;
    auto cursor = log_.store->cursor(Family::meta, /*scan=*/true);
    for (cursor.seek(kTreeNodes); cursor.valid() && cursor.key().starts_with(kTreeNodes);
         cursor.next())
      stored.add_name(cursor.key(), cursor.value());
    if (auto ok = cursor.status(); !ok) return ok;
    return compare("tree", nodes_, stored);
  }

  Result<void> compare_names() {
    SetDigest stored;
    auto cursor = log_.store->cursor(Family::names, /*scan=*/true);
    for (cursor.seek(""); cursor.valid(); cursor.next())
      stored.add_name(cursor.key(), cursor.value());
    if (auto ok = cursor.status(); !ok) return ok;
    return compare("names", names_, stored);
  }

  /// Rows come subject by subject in the order of revisions: that they are read without
  /// an error says that they are in order, too.
  Result<void> compare_rows() {
    auto index = log_.current_index();
    if (!index) return std::unexpected(index.error());
    SetDigest stored;
    auto ok = (*index)->all_rows({}, kNewest, [&](SubjectNumber subject, Rows rows) {
      for (std::uint32_t i = 0; i < rows.size(); ++i)
        stored.add_row(subject, Revision{i + 1}, rows[i]);
      return true;
    });
    if (!ok) return ok;
    return compare("timeline", rows_, stored);
  }

  Result<void> compare_ids() {
    auto index = log_.current_index();
    if (!index) return std::unexpected(index.error());
    SetDigest stored;
    auto ok =
        (*index)->all_ids([&](const IdEntry& entry) { stored.add_id(entry.hash, entry.position); });
    if (!ok) return ok;
    return compare("ids", ids_, stored);
  }

  /// What a question would find, by the way that a question goes: all entries may be there, and
  /// not be found. The pages' keys were checked where they were read, so some looks are enough.
  Result<void> look_up_some() {
    constexpr std::uint64_t kLooks = 2'000;
    auto index = log_.current_index();
    if (!index) return std::unexpected(index.error());
    const Position head = log_.head();
    for (std::uint64_t i = 0; i < revisions_.size(); i += 1 + revisions_.size() / kLooks) {
      const SubjectNumber subject{static_cast<std::uint32_t>(i)};
      auto newest = (*index)->revision(subject, head);
      if (!newest) return std::unexpected(newest.error());
      if (newest->value != revisions_[i])
        return differs("timeline", fmt::format("revision {} of {} is found as its newest, {} is",
                                               newest->value, subjects_[i], revisions_[i]));
    }
    for (const auto& [position, id] : some_ids_) {
      auto found = (*index)->find(id, head);
      if (!found) return std::unexpected(found.error());
      if (!std::ranges::binary_search(*found, position))
        return differs(
            "ids", fmt::format("the event at position {} is not found by its id", position.value));
    }
    return {};
  }

  /// No event may be recorded twice: a writer that did not find the first would have done that.
  Result<void> check_recorded_once() {
    auto index = log_.current_index();
    if (!index) return std::unexpected(index.error());
    std::uint64_t twice = 0;
    Position first{0}, second{0};
    std::string name;
    auto ok = (*index)->ids_of_several([&](std::span<const Position> same) -> Result<void> {
      std::map<std::pair<std::string, std::string>, Position> seen;
      return read_at(log_, same, [&](const RecordedEvent& event) {
        const auto [before, is_new] =
            seen.try_emplace({std::string(event.source), std::string(event.id)}, event.position);
        if (is_new) return true;
        if (twice++ == 0 || event.position < second) {
          first = before->second;
          second = event.position;
          name = event.id;
        }
        return true;
      });
    });
    if (!ok || twice == 0) return ok;
    return broken(second,
                  fmt::format("{} events are recorded twice: '{}' stands at position {} already",
                              twice, name, first.value));
  }

  static Result<void> compare(std::string_view what, const SetDigest& derived,
                              const SetDigest& stored) {
    if (stored == derived) return {};
    return differs(what, fmt::format("{} entries, {} expected", stored.count, derived.count));
  }

  static std::unexpected<Error> differs(std::string_view what, std::string_view how) {
    return fail(Errc::damaged_index,
                fmt::format("the derived index '{}' is not what the log says ({})", what, how),
                Advice::derive_again);
  }

  const OpenLog& log_;
  std::vector<std::uint32_t> revisions_;         // newest, by subject number
  std::vector<std::string> subjects_, sources_;  // names, by number
  std::int64_t recorded_us_ = INT64_MIN;
  std::uint64_t every_ = 1;                            // of so many events one is looked up
  std::vector<std::pair<Position, IdHash>> some_ids_;  // of these
  SetDigest names_, rows_, ids_, nodes_;
  GrowingTree tree_;
  Position hashed_{0};
  std::span<const TreeHead> witnessed_;
};

}  // namespace

Result<TreeHead> verify_log(const Log& log, const Progress& progress,
                            std::span<const TreeHead> witnessed) {
  return LogVerifier(log.opened(), witnessed).run(progress);
}

}  // namespace solnoma
