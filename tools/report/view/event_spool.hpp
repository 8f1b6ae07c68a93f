#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/event.hpp"
#include "engine/log.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Events in groups, in a file that nobody else sees ($TMPDIR, else /tmp) and that is gone with
/// this: one pass over the log serves all groups, where each would need a pass of its own. As
/// partitions of a hash join are made (G. Graefe, ACM Computing Surveys 25(2), 1993); compressed by
/// LZ4, about 70 bytes an event. Memory: some 16 MB while it is filled.
class EventSpool {
 public:
  static constexpr std::uint16_t kNoGroup = UINT16_MAX;
  static constexpr std::size_t kPieceBytes = 128 << 10;  ///< at most about that of a piece

  /// `group_of`: of each event of the log from the first on, the group. The log outlives it.
  /// Errors: corrupt, io; also where the file cannot be written.
  [[nodiscard]] static Result<EventSpool> fill(const Log& log,
                                               std::span<const std::uint16_t> group_of);

  EventSpool(EventSpool&&) noexcept;
  EventSpool& operator=(EventSpool&&) noexcept;
  ~EventSpool();

  /// How many pieces a group has. They may be read at the same time.
  [[nodiscard]] std::size_t pieces(std::size_t group) const;
  /// Visits the events of a piece, in any order, until `visit` returns false. Errors: io.
  [[nodiscard]] Result<void> read(std::size_t group, std::size_t piece, const Visitor& visit) const;

 private:
  struct Impl;
  explicit EventSpool(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
