#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "projections/many/portfolio.hpp"

namespace solnoma::bench {

/// An event ready to be recorded: validated and encoded.
struct Encoded {
  Event event;
  Dating dating;
  std::string payload;
};
[[nodiscard]] std::vector<Encoded> encoded(std::vector<Event> events);

/// The peer: the same log in SQLite, as one would build it there. Write-ahead log, synced
/// at every commit, prepared statements, one transaction a batch, integers for all that
/// is not text, an index that catches an id told twice, and a partial index that covers
/// every question of time. It is folded in C++ over an ordered cursor: supersession is
/// recursive and a suspension remembers the stage that it covers, which is more than
/// SQL's window functions say in one pass.
class Peer {
 public:
  /// Opens or makes it.
  explicit Peer(const std::string& directory);
  ~Peer();

  /// All of it or nothing, with ids, subjects and superseded events looked up.
  void append(std::span<const Encoded> events);

  /// Of all subjects at each vantage, from one scan; by number, in order of appearance.
  [[nodiscard]] std::vector<std::vector<Status>> statuses(std::span<const Vantage> vantages) const;
  [[nodiscard]] std::vector<StatusCounts> counts_over(std::span<const Day> as_of, Day known_by,
                                                      Position at) const;
  [[nodiscard]] Status status(SubjectNumber subject, const Vantage& vantage) const;
  /// What bears on a status of one subject, as the fold takes it.
  [[nodiscard]] std::vector<Row> rows(SubjectNumber subject) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma::bench
