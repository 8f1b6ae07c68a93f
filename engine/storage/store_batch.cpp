#include <array>

#include "engine/base/check.hpp"
#include "engine/storage/store_impl.hpp"

namespace solnoma {

Store::Batch Store::batch(std::size_t bytes) const {
  auto impl = std::make_unique<Batch::Impl>(impl_->database(), rocksdb::WriteBatch(bytes));
  return Batch(std::move(impl));
}

Store::Batch::Batch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Batch::~Batch() = default;
Store::Batch::Batch(Batch&&) noexcept = default;
Store::Batch& Store::Batch::operator=(Batch&&) noexcept = default;
void Store::Batch::put(Family family, std::string_view key, std::string_view value) {
  const auto status = impl_->batch.Put(impl_->database->handle(family), slice(key), slice(value));
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::remove(Family family, std::string_view key) {
  const auto status = impl_->batch.Delete(impl_->database->handle(family), slice(key));
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::append(Family family, std::string_view key, std::size_t at,
                          std::string_view bytes) {
  const std::string header = piece_header(at);
  const std::array parts{slice(header), slice(bytes)};
  const rocksdb::Slice whole = slice(key);
  const auto status = impl_->batch.Merge(impl_->database->handle(family), {&whole, 1},
                                         {parts.data(), static_cast<int>(parts.size())});
  SOLNOMA_CHECK(status.ok());
}
void Store::Batch::clear() {
  impl_->batch.Clear();
}
bool Store::Batch::empty() const {
  return impl_->batch.Count() == 0;
}
std::size_t Store::Batch::bytes() const {
  return impl_->batch.GetDataSize();
}

}  // namespace solnoma
