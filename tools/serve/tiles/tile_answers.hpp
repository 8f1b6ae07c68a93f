#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/log.hpp"
#include "tools/outcome.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/tiles/hashed_nodes.hpp"
#include "tools/serve/viewer.hpp"
#include "tools/shared/signing.hpp"

namespace solnoma {

/// The log as a transparency log's tiles (https://c2sp.org/tlog-tiles), for whoever may read all of
/// it: what was answered once stays so, and anybody may keep it, but for the head.
///
///     /checkpoint                 the head, signed (tlog-checkpoint)
///     /tile/LEVEL/N[.p/W]         hashes of the tree
///     /tile/entries/N[.p/W]       entries, each after its size (u16, big-endian)
///     /v1/records?after=P&upto=Q  the same for a follower, each after its size (u32,
///     little-endian)
///
/// An entry is a record (proof/record.hpp). One of 64 KiB or more fits into no bundle of entries,
/// which is refused then; a follower asks for records, as many as 8 MiB hold, or one. Thread-safe.
class TileAnswers {
 public:
  /// `log` outlives this. Where `signing` has no key, nobody vouches for the head: there is none.
  TileAnswers(const Log& log, SigningOptions signing)
      : log_(log), signing_(std::move(signing)), nodes_(log) {}

  /// Nullopt: the address is none of these. 403: for whom not all of the log is.
  [[nodiscard]] std::optional<HttpAnswer> answer(const HttpRequest& request, const Grant& grant,
                                                 const Viewer& viewer) const;

 private:
  [[nodiscard]] HttpAnswer checkpoint(const HttpRequest& request) const;
  [[nodiscard]] HttpAnswer tile(const HttpRequest& request, bool everyone) const;
  [[nodiscard]] HttpAnswer records(const HttpRequest& request, bool everyone) const;

  /// What is said of a head. To make one takes up to 1,024 hashes and a signature.
  struct Checkpoint {
    Position at;
    std::string tag, note;
  };
  [[nodiscard]] Try<std::shared_ptr<const Checkpoint>> newest_checkpoint() const;

  const Log& log_;
  SigningOptions signing_;
  mutable HashedNodes nodes_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Checkpoint> newest_;  // guarded by it
};

/// So many bytes of records are in one answer at most, or a single one.
inline constexpr std::size_t kMostRecordBytes = 8 << 20;

}  // namespace solnoma
