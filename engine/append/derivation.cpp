#include "engine/append/derivation.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/base/parallel.hpp"
#include "engine/format/block.hpp"
#include "engine/log/names.hpp"
#include "engine/log/scan.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {
namespace {

// A stretch ends with whichever comes first: usually about 1 MB, which stays in the caches.
constexpr std::size_t kEvents = 1 << 12;
constexpr std::size_t kBytes = 4 << 20;
constexpr std::size_t kEncoders = 2;

struct Block {
  AlignedBytes bytes;
  Frames frames;
  std::size_t before = 0;  // events of the stretch that stand before it
};

/// The names that the log has introduced so far, by number: looked up without a lock.
class IntroducedNames {
 public:
  IntroducedNames(const OpenLog& log, char space) : log_(log), space_(space) {}

  Result<void> add(std::uint32_t number, std::string_view name) {
    if (name.empty()) return {};
    auto kept = log_.names.get(*log_.store, space_, number, name);
    if (!kept) return std::unexpected(kept.error());
    if (number >= names_.size()) names_.resize(std::size_t{number} + 1);
    names_[number] = *kept;
    return {};
  }
  /// Begins to fetch what operator[] gives: names are far apart in memory.
  void prefetch(std::uint32_t number) const {
    if (number < names_.size()) __builtin_prefetch(names_[number].data());
  }
  /// Empty where the log has not introduced it.
  [[nodiscard]] std::string_view operator[](std::uint32_t number) const {
    return number < names_.size() ? names_[number] : std::string_view{};
  }

 private:
  const OpenLog& log_;
  char space_;
  std::vector<std::string_view> names_;
};

class Derivation {
 public:
  Derivation(const OpenLog& log, const std::function<Result<void>(Derived&)>& take)
      : log_(log), take_(take) {}

  Result<void> run() {
    auto scanned = scan_blocks(log_, Position{1}, Direction::forwards,
                               [&](AlignedBytes& bytes, Frames& frames) -> Result<bool> {
                                 if (auto ok = keep(bytes, frames); !ok)
                                   return std::unexpected(ok.error());
                                 return true;
                               });
    return scanned ? hand_over() : scanned;
  }

 private:
  Result<void> keep(AlignedBytes& bytes, Frames& frames) {
    for (const auto& [position, frame] : frames) {
      if (auto ok = subjects_.add(frame.subject, frame.subject_name); !ok) return ok;
      if (auto ok = sources_.add(frame.source, frame.source_name); !ok) return ok;
      put_names(derived_.names, frame);
      derived_.last = position;
    }
    if (used_ == blocks_.size()) blocks_.emplace_back();
    Block& block = blocks_[used_++];
    std::swap(block.bytes, bytes);  // each has the memory of the other, which is used again
    std::swap(block.frames, frames);
    block.before = events_;
    events_ += block.frames.size();
    bytes_ += block.bytes.bytes().size();
    return events_ < kEvents && bytes_ < kBytes ? Result<void>{} : hand_over();
  }

  Result<void> hand_over() {
    derived_.entries.resize(events_);
    derived_.leaves.resize(events_);
    std::vector<Result<void>> results(used_);
    parallel_for(used_, kEncoders, [&](std::size_t i) { results[i] = derive(blocks_[i]); });
    for (auto& result : results)
      if (!result) return std::move(result);
    if (auto ok = take_(derived_); !ok) return ok;
    derived_.names.clear();
    used_ = events_ = bytes_ = 0;
    return {};
  }

  Result<void> derive(const Block& block) {
    std::size_t i = block.before;
    for (const auto& [position, frame] : block.frames) subjects_.prefetch(frame.subject);
    for (const auto& [position, frame] : block.frames) {
      auto dating = log_.indexer(frame.payload);
      if (!dating) return at(fmt::format("position {}", position.value), dating.error());
      const auto subject = subjects_[frame.subject];
      const auto source = sources_[frame.source];
      if (subject.empty() || source.empty()) return never_introduced(position);
      derived_.entries[i] = index_entry(frame, position, *dating);
      derived_.leaves[i] = leaf_of(event_of(frame, position, subject, source));
      ++i;
    }
    return {};
  }

  const OpenLog& log_;
  const std::function<Result<void>(Derived&)>& take_;
  IntroducedNames subjects_{log_, 'S'}, sources_{log_, 'P'};
  std::vector<Block> blocks_;
  std::size_t used_ = 0;    // of these, by this stretch
  std::size_t events_ = 0;  // in them
  std::size_t bytes_ = 0;
  Derived derived_{Position{0}, {}, {}, log_.store->batch()};
};

}  // namespace

Result<void> derive(const OpenLog& log, const std::function<Result<void>(Derived&)>& take) {
  return Derivation(log, take).run();
}

}  // namespace solnoma
