#include "engine/append/shared_batch.hpp"

#include <cstring>

#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"

namespace solnoma {
namespace {

constexpr char kFormat = 1;

/// Of a piece: format, log, writer, number, index, count.
constexpr std::size_t kOwner = 1;
constexpr std::size_t kNumber = kOwner + 2 * sizeof(SharedId);
constexpr std::size_t kIndex = kNumber + 8;
constexpr std::size_t kCount = kIndex + 4;
constexpr std::size_t kPieceHead = kCount + 4;

constexpr std::size_t kHeadBytes = 8 + sizeof(Hash);
constexpr std::size_t kBatchHead = 2 * kHeadBytes;

/// Who says that there are more pieces than this would have a reader keep them all.
constexpr std::uint32_t kMostPieces = 256;

void put(std::string& to, const TreeHead& head) {
  put_le(to, head.position.value);
  to += bytes_of(head.root);
}

TreeHead head_at(const char* from) {
  TreeHead head{Position{load<std::uint64_t>(from)}, {}};
  std::memcpy(head.root.data(), from + 8, head.root.size());
  return head;
}

}  // namespace

std::string to_bytes(const SharedBatch& batch) {
  std::string bytes;
  bytes.reserve(kBatchHead + batch.records.size());
  put(bytes, batch.before);
  put(bytes, batch.after);
  bytes += batch.records;
  return bytes;
}

Result<SharedBatch> shared_batch_from(std::string_view bytes) {
  if (bytes.size() < kBatchHead) return fail(Errc::invalid, "the bytes are no batch");
  SharedBatch batch{head_at(bytes.data()), head_at(bytes.data() + kHeadBytes),
                    bytes.substr(kBatchHead)};
  if (batch.after.position < batch.before.position)
    return fail(Errc::invalid, "the batch ends before it begins");
  return batch;
}

std::vector<std::string> pieces_of(std::string_view batch, const PieceOwner& owner) {
  constexpr std::size_t kContent = kMostPlaceBytes - kPieceHead;
  const auto count = static_cast<std::uint32_t>((batch.size() + kContent - 1) / kContent);
  SOLNOMA_CHECK(count > 0 && count <= kMostPieces);
  std::vector<std::string> pieces;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string piece(1, kFormat);
    for (const SharedId& id : {owner.log, owner.writer})
      piece.append(reinterpret_cast<const char*>(id.data()), id.size());
    put_le(piece, owner.number);
    put_le(piece, i);
    put_le(piece, count);
    piece += batch.substr(i * kContent, kContent);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

Result<PieceOwner> owner_of(std::string_view piece) {
  if (piece.size() <= kPieceHead || piece.front() != kFormat)
    return fail(Errc::corrupt, "what stands there is no piece of a batch of this format");
  PieceOwner owner{};
  std::memcpy(owner.log.data(), piece.data() + kOwner, sizeof(SharedId));
  std::memcpy(owner.writer.data(), piece.data() + kOwner + sizeof(SharedId), sizeof(SharedId));
  owner.number = load<std::uint64_t>(piece.data() + kNumber);
  return owner;
}

void Pieces::clear() {
  expected_ = 0;
  content_.clear();
}

Result<std::optional<std::string_view>> Pieces::add(std::string_view piece) {
  auto owner = owner_of(piece);
  if (!owner) return std::unexpected(owner.error());
  const auto index = load<std::uint32_t>(piece.data() + kIndex);
  const auto count = load<std::uint32_t>(piece.data() + kCount);
  if (index >= count || count > kMostPieces)
    return fail(Errc::corrupt, "what stands there is no piece of a batch");
  const bool goes_on = pending() && index == expected_ && *owner == owner_ && count == count_;
  if (!goes_on) {
    clear();
    if (index != 0) return std::nullopt;  // of a batch that another has cut off
    owner_ = *owner;
    count_ = count;
  }
  content_ += piece.substr(kPieceHead);
  expected_ = index + 1;
  if (expected_ < count) return std::nullopt;
  expected_ = 0;
  return content_;
}

}  // namespace solnoma
