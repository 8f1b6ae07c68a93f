#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tools/outcome.hpp"
#include "tools/proposals/proposal.hpp"

namespace solnoma {

/// What waits beside the log until a steward records or declines it: files in the store's folder
/// `proposals`, one for each, written whole. Those that were decided are kept in
/// `proposals/decided` for ever. A backup of the log has none of them.
///
/// Thread-safe, and safe among processes: whoever changes anything does so alone.
class Proposals {
 public:
  /// So much may wait, of one hand and in all, as JSON: who only proposes fills no disk, and takes
  /// from no other the room for theirs.
  static constexpr std::size_t kMost = 1'000, kMostOfOne = 50;
  static constexpr std::size_t kMostBytes = 1 << 20;
  static constexpr std::size_t kMostBytesOfOne = 4 << 20, kMostBytesInAll = 32 << 20;

  explicit Proposals(const std::string& store) : directory_(store + "/proposals") {}

  /// Some of them, and why others cannot be read: one damaged file keeps nobody from the rest.
  struct Listed {
    std::vector<Proposal> proposals;
    std::vector<Error> unreadable;  ///< io; invalid; `where` is the file within the store
  };
  /// Those that wait, by number.
  [[nodiscard]] Listed waiting() const;
  /// Those that were decided, the newest number first, `most` of them.
  [[nodiscard]] Listed decided(std::size_t most) const;
  /// Whether it waits or not. Errors: not_found; io; invalid, naming the file.
  [[nodiscard]] Try<Proposal> find(std::uint64_t number) const;

  /// Keeps it, and gives it its number; where the same events of the same hand wait already, the
  /// number of those. Errors: invalid where it is too large; conflict where as much waits as may;
  /// io.
  [[nodiscard]] Try<Proposal> add(Proposal proposal);

  /// Calls `decide` with one that waits, which nobody else decides meanwhile, and keeps the
  /// decision. Interrupted between the two, it waits on: what `decide` does must be harmless to
  /// repeat. Errors: not_found; conflict where it was decided before; those of `decide`; io.
  using Decide = std::function<Try<ProposalDecision>(const Proposal& proposal)>;
  [[nodiscard]] Try<Proposal> decide(std::uint64_t number, const Decide& decide);

 private:
  [[nodiscard]] std::string waiting_file(std::uint64_t number) const;
  [[nodiscard]] std::string decided_file(std::uint64_t number) const;
  [[nodiscard]] std::string decided_directory() const { return directory_ + "/decided"; }
  [[nodiscard]] Outcome make_directories() const;

  std::string directory_;
};

}  // namespace solnoma
