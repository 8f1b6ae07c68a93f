#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <vector>

#include "engine/bytes.hpp"
#include "engine/index.hpp"
#include "engine/journal.hpp"
#include "engine/log_impl.hpp"

namespace solnoma {
namespace {

/// A digest of a set of entries that does not depend on their order: what derives from
/// the log in log order can be compared with what stands in a family in key order, in
/// bounded memory. Sums of 128-bit hashes; against accidents, not against forgery.
struct SetDigest {
  std::uint64_t count = 0, low = 0, high = 0;

  void add(std::string_view key, std::string_view value) {
    std::string entry;
    store(entry, static_cast<std::uint32_t>(key.size()));
    entry += key;
    entry += value;
    const XXH128_hash_t hash = XXH3_128bits(entry.data(), entry.size());
    ++count;
    low += hash.low64;
    high += hash.high64;
  }
  bool operator==(const SetDigest&) const = default;
};

std::unexpected<Error> broken(Position position, std::string what) {
  return at(fmt::format("position {}", position.value),
            Error{Errc::corrupt, std::move(what), {}, "restore from a backup"});
}

}  // namespace

class IndexVerifier {
 public:
  IndexVerifier(const Log& log, const Indexer& indexer) : log_(*log.impl_), indexer_(indexer) {}

  Result<void> run(const Progress& progress) {
    if (auto ok = log_.store->verify_checksums(); !ok) return ok;
    auto scanned = log_.scan(Position{1}, Direction::forwards,
                             [&](Position position, const Frame& frame) -> Result<bool> {
                               if (auto ok = take(position, frame); !ok)
                                 return std::unexpected(ok.error());
                               if (progress && position.value % 65536 == 0) progress(position);
                               return true;
                             });
    if (!scanned) return scanned;
    if (auto ok = compare(Family::names, 0); !ok) return ok;
    if (auto ok = compare(Family::ids, 0); !ok) return ok;
    if (auto ok = compare(Family::timeline, sizeof(Row)); !ok) return ok;
    return check_row_order();
  }

 private:
  /// Checks one event against what came before it, and derives its entries.
  Result<void> take(Position position, const Frame& frame) {
    if (frame.subject > revisions_.size() || frame.source > sources_)
      return broken(position, "the event names a subject or source that was never introduced");
    if (frame.subject == revisions_.size()) revisions_.push_back(0);
    if (frame.source == sources_) ++sources_, new_source_ = true;
    if (frame.revision != revisions_[frame.subject] + 1)
      return broken(position, fmt::format("revision {} follows revision {}", frame.revision,
                                          revisions_[frame.subject]));
    if ((frame.revision == 1) == frame.subject_name.empty() ||
        new_source_ == frame.source_name.empty())
      return broken(position, "a name is missing, or stands where it does not belong");
    if (frame.supersedes >= frame.revision)
      return broken(position, "the event supersedes one that is not before it");
    if (frame.recorded_us < recorded_us_)
      return broken(position, "the event was recorded before the one before it");
    new_source_ = false;
    recorded_us_ = frame.recorded_us;
    ++revisions_[frame.subject];

    auto mark = indexer_(frame.payload);
    if (!mark) return at(fmt::format("position {}", position.value), mark.error());
    derive(frame, position, *mark,
           [&](Family family, std::string_view key, std::string_view value) {
             derived_[static_cast<std::size_t>(family)].add(key, value);
           });
    return {};
  }

  /// `piece`: the size of one entry in a value that grows; 0: the value is one entry.
  Result<void> compare(Family family, std::size_t piece) {
    SetDigest stored;
    auto cursor = log_.store->cursor(family, /*scan=*/true);
    for (cursor.seek(""); cursor.valid(); cursor.next()) {
      const std::string_view value = cursor.value();
      const std::size_t step = piece == 0 ? value.size() : piece;
      std::size_t i = 0;
      do {
        stored.add(cursor.key(), value.substr(i, step));
        i += step;
      } while (i < value.size());
    }
    if (auto ok = cursor.status(); !ok) return ok;
    const SetDigest& derived = derived_[static_cast<std::size_t>(family)];
    if (stored == derived) return {};
    return differs(family, fmt::format("{} entries, {} expected", stored.count, derived.count));
  }

  /// The digests leave the order of rows within a page open; positions tell it.
  Result<void> check_row_order() {
    auto cursor = log_.store->cursor(Family::timeline, /*scan=*/true);
    for (cursor.seek(""); cursor.valid(); cursor.next()) {
      Position last{0};
      for (std::size_t i = 0; i + sizeof(Row) <= cursor.value().size(); i += sizeof(Row)) {
        const Row row = load<Row>(cursor.value().data() + i);
        if (row.position() <= last) return differs(Family::timeline, "rows out of order");
        last = row.position();
      }
    }
    return cursor.status();
  }

  static std::unexpected<Error> differs(Family family, std::string_view how) {
    constexpr std::array<const char*, kFamilies> kNames = {"meta", "log", "names", "ids",
                                                           "timeline"};
    return fail(Errc::corrupt,
                fmt::format("the derived index '{}' is not what the log says ({})",
                            kNames[static_cast<std::size_t>(family)], how),
                "run 'solnoma rebuild'");
  }

  const Log::Impl& log_;
  const Indexer& indexer_;
  std::vector<std::uint32_t> revisions_;  // newest, by subject number
  std::uint32_t sources_ = 0;
  bool new_source_ = false;
  std::int64_t recorded_us_ = INT64_MIN;
  std::array<SetDigest, kFamilies> derived_;
};

Result<void> verify_index(const Log& log, const Indexer& indexer, const Progress& progress) {
  return IndexVerifier(log, indexer).run(progress);
}

}  // namespace solnoma
