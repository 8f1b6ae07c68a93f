#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/check.hpp"
#include "engine/storage/batch_files.hpp"

namespace solnoma {

/// More than that would be flushed when the store is closed, anyway.
static constexpr std::size_t kMostInMemory = 4 << 20;

Store::Batch::Impl::Impl(std::shared_ptr<Database> d, Store::Impl* l)
    : database(std::move(d)), large(l) {}
Store::Batch::Impl::~Impl() = default;

void Store::Batch::Impl::spill() {
  files = std::make_unique<BatchFiles>(large->disk, large->env.get(),
                                       fmt::format("{}/{}", large->directory, kBatch));
  struct Repeat : rocksdb::WriteBatch::Handler {
    Impl& own;
    explicit Repeat(Impl& impl) : own(impl) {}
    [[nodiscard]] Family family(std::uint32_t id) const {
      const auto found = std::ranges::find(own.database->handles, id,
                                           [](const auto* handle) { return handle->GetID(); });
      return static_cast<Family>(found - own.database->handles.begin());
    }
    rocksdb::Status PutCF(std::uint32_t id, const rocksdb::Slice& key,
                          const rocksdb::Slice& value) override {
      own.files->put(family(id), key.ToStringView(), value.ToStringView());
      return {};
    }
    rocksdb::Status MergeCF(std::uint32_t id, const rocksdb::Slice& key,
                            const rocksdb::Slice& value) override {
      const ValuePiece piece = piece_of(value.ToStringView());
      own.files->append(family(id), key.ToStringView(), piece.at, piece.bytes);
      return {};
    }
  } repeat(*this);
  const auto status = batch.Iterate(&repeat);
  SOLNOMA_CHECK(status.ok());
  batch.Clear();
}

Store::Batch Store::batch() const {
  return Batch(std::make_unique<Batch::Impl>(impl_->database(), nullptr));
}
Store::Batch Store::large_batch() const {
  return Batch(std::make_unique<Batch::Impl>(impl_->database(), impl_.get()));
}

Store::Batch::Batch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Batch::~Batch() = default;
Store::Batch::Batch(Batch&&) noexcept = default;
Store::Batch& Store::Batch::operator=(Batch&&) noexcept = default;
void Store::Batch::put(Family family, std::string_view key, std::string_view value) {
  if (impl_->files) return impl_->files->put(family, key, value);
  const auto status = impl_->batch.Put(impl_->database->handle(family), slice(key), slice(value));
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::remove(Family family, std::string_view key) {
  SOLNOMA_CHECK(impl_->large == nullptr);
  const auto status = impl_->batch.Delete(impl_->database->handle(family), slice(key));
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::append(Family family, std::string_view key, std::size_t at,
                          std::string_view bytes) {
  if (impl_->files) return impl_->files->append(family, key, at, bytes);
  const std::string header = piece_header(at);
  const std::array parts{slice(header), slice(bytes)};
  const rocksdb::Slice whole = slice(key);
  const auto status = impl_->batch.Merge(impl_->database->handle(family), {&whole, 1},
                                         {parts.data(), static_cast<int>(parts.size())});
  SOLNOMA_CHECK(status.ok());
  if (impl_->large != nullptr && impl_->batch.GetDataSize() > kMostInMemory) impl_->spill();
}
void Store::Batch::clear() {
  impl_->files.reset();
  impl_->batch.Clear();
}
bool Store::Batch::empty() const {
  return !impl_->files && impl_->batch.Count() == 0;
}
std::size_t Store::Batch::bytes() const {
  return impl_->batch.GetDataSize();
}

}  // namespace solnoma
