#include "engine/index/superseded_cache.hpp"

namespace solnoma {

Result<SupersededCache::Answer> SupersededCache::find(SubjectNumber subject, Revision revision) {
  // In nanoseconds, about what was measured of the rows of one subject, and of each of all rows.
  constexpr std::uint64_t kLook = 60'000;
  constexpr std::uint64_t kReadARow = 20;
  if (!kept_) {
    const Index::Rest rest = index_.rest();
    from_ = rest.after;
    kept_ = true;
    add(rest.entries);
  }
  if (superseded_.contains(event_key(subject, revision))) return Answer::yes;
  if (from_.value == 0) return Answer::no;
  if (!looks_.pays(kLook, from_.value * kReadARow)) return Answer::unknown;

  auto ok = index_.all_rows({}, from_, [&](SubjectNumber of, Rows rows) {
    for (const Row& row : rows)
      if (row.supersedes != 0) superseded_.insert(event_key(of, Revision{row.supersedes}));
    return true;
  });
  if (!ok) return std::unexpected(ok.error());
  from_ = Position{0};
  return superseded_.contains(event_key(subject, revision)) ? Answer::yes : Answer::no;
}

void SupersededCache::add(std::span<const IndexEntry> entries) {
  if (!kept_) return;  // find() will meet them in the index
  for (const IndexEntry& entry : entries)
    if (entry.row.supersedes != 0)
      superseded_.insert(event_key(entry.subject, Revision{entry.row.supersedes}));
}

void SupersededCache::forget() {
  superseded_.clear();
  kept_ = false;
  looks_.reset();
}

}  // namespace solnoma
