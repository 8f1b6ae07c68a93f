#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/places.hpp"
#include "engine/result.hpp"
#include "engine/shared_id.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// The most bytes of records of a batch.
inline constexpr std::size_t kMostSharedBytes = 200 << 20;

/// What one append, or several that were served together, add to a log that machines share.
struct SharedBatch {
  TreeHead before;           ///< of the log that it follows
  TreeHead after;            ///< with its records: after.position - before.position of them
  std::string_view records;  ///< as proof/records.hpp has them
};

/// Little-endian: u64 and root before, u64 and root after, records. FORMAT.md.
[[nodiscard]] std::string to_bytes(const SharedBatch& batch);
/// Views into `bytes`. Errors: invalid.
[[nodiscard]] Result<SharedBatch> shared_batch_from(std::string_view bytes);

/// Whose a piece is: of which log, by which writer, and of which of its batches.
struct PieceOwner {
  SharedId log;
  SharedId writer;
  std::uint64_t number;
  bool operator==(const PieceOwner&) const = default;
};

/// A batch in pieces that fit into a place each.
[[nodiscard]] std::vector<std::string> pieces_of(std::string_view batch, const PieceOwner& owner);
/// Errors: corrupt, when it is no piece.
[[nodiscard]] Result<PieceOwner> owner_of(std::string_view piece);

/// Puts batches together again. A batch is one only where its pieces stand in places that follow
/// one another, with nothing between: a machine that fails after some leaves nothing behind, and
/// another that comes between makes nothing of what stands before it. Every reader comes to the
/// same batches, wherever between two of them it begins.
class Pieces {
 public:
  /// What stands in the place that follows the one added before. Gives the batch that this ends,
  /// until the next call. Errors: corrupt, when it is no piece.
  [[nodiscard]] Result<std::optional<std::string_view>> add(std::string_view piece);

  /// Whether a batch has begun and not ended.
  [[nodiscard]] bool pending() const { return expected_ != 0; }
  void clear();

 private:
  PieceOwner owner_{};
  std::uint32_t count_ = 0;
  std::uint32_t expected_ = 0;  // the index of the piece that would go on; 0: none would
  std::string content_;
};

}  // namespace solnoma
