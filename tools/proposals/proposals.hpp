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
  /// So many may wait, each of so many bytes as JSON: who only proposes cannot fill a disk.
  static constexpr std::size_t kMost = 1'000;
  static constexpr std::size_t kMostBytes = 1 << 20;

  explicit Proposals(const std::string& store) : directory_(store + "/proposals") {}

  /// Those that wait, by number. Errors: io; invalid, naming the file.
  [[nodiscard]] Try<std::vector<Proposal>> waiting() const;
  /// Those that were decided, the newest number first, `most` of them. Errors: the same.
  [[nodiscard]] Try<std::vector<Proposal>> decided(std::size_t most) const;
  /// Whether it waits or not. Errors: not_found; the same.
  [[nodiscard]] Try<Proposal> find(std::uint64_t number) const;

  /// Keeps it, and gives it its number; where the same events of the same hand wait already, the
  /// number of those. Errors: invalid where it is too large; conflict where as many wait as may;
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
