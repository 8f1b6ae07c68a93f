#include "engine/append/rebuild.hpp"

#include "engine/append/derivation.hpp"
#include "engine/format/keys.hpp"
#include "engine/log/derived.hpp"

namespace solnoma {
namespace {

/// `done` puts what else is to be true when the flag is gone.
Result<void> set_flag(OpenLog& log, std::string_view value, bool done) {
  Store::Batch batch = log.store->batch();
  batch.put(Family::meta, kRebuilding, value);
  if (done) put_version(batch, log.indexer);
  return log.store->write(batch, /*sync=*/true);
}

Result<void> clear_derived(OpenLog& log) {
  log.tree->forget();
  log.names.forget();
  Store::Batch batch = log.store->batch();
  log.index->reset(batch);
  batch.remove(Family::meta, kHashed);
  if (auto ok = log.store->write(batch, /*sync=*/false); !ok) return ok;
  for (const DerivedPart& part : kDerivedParts) {
    auto ok = log.store->clear(part.family, part.prefix);
    const bool whole_family = part.prefix.empty();
    if (!ok && ok.error().code == Errc::damaged_index && whole_family)
      ok = log.store->drop(part.family);
    if (!ok) return ok;
  }
  return {};
}

}  // namespace

Result<bool> rebuild_is_under_way(const OpenLog& log) {
  auto flag = log.store->get(Family::meta, kRebuilding);
  if (!flag) return std::unexpected(flag.error());
  return *flag && !(*flag)->empty();
}

Result<void> derive_all(OpenLog& log, BackgroundWriter& background, const Progress& progress) {
  // Larger segments are made at once, where their events are in memory.
  constexpr std::size_t kLargeSegment = 16;
  if (auto ok = set_flag(log, "1", /*done=*/false); !ok) return ok;
  (void)background.wait();  // whatever it says, it is all done again
  if (auto ok = clear_derived(log); !ok) return ok;
  auto all = derive(log, [&](Derived& derived) -> Result<void> {
    if (auto ok = log.store->write(derived.names, /*sync=*/false); !ok) return ok;
    log.add(derived.entries, derived.leaves);
    if (progress) progress(derived.last);
    return background.begin_when_due(kLargeSegment);
  });
  if (!all) {
    (void)background.wait();
    return all;
  }
  if (auto ok = background.finish(); !ok) return ok;
  return set_flag(log, "", /*done=*/true);
}

}  // namespace solnoma
