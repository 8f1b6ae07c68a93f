#include "engine/storage/store_impl.hpp"

namespace solnoma {
namespace {

std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

}  // namespace

struct Store::Cursor::Impl {
  const Store::Impl* store;
  Family family;
  std::shared_ptr<Database> database;
  std::unique_ptr<rocksdb::Iterator> iterator;
  bool failed = false;  // a look-up that skips what it cannot read may still find something

  void looked_up() { failed = !iterator->status().ok(); }
};

Store::Cursor Store::cursor(Family family, bool scan) const {
  rocksdb::ReadOptions options = read_options();
  options.fill_cache = !scan;  // it reads ahead by itself where reads follow each other
  auto impl = std::make_unique<Cursor::Impl>();
  impl->store = impl_.get();
  impl->family = family;
  impl->database = impl_->database();
  impl->iterator.reset(in_rocksdb(
      [&] { return impl->database->db->NewIterator(options, impl->database->handle(family)); }));
  return Cursor(std::move(impl));
}

Store::Cursor::Cursor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Cursor::~Cursor() = default;
Store::Cursor::Cursor(Cursor&&) noexcept = default;
void Store::Cursor::seek(std::string_view key) {
  in_rocksdb([&] { impl_->iterator->Seek(slice(key)); });
  impl_->looked_up();
}
void Store::Cursor::seek_backward(std::string_view key) {
  in_rocksdb([&] { impl_->iterator->SeekForPrev(slice(key)); });
  impl_->looked_up();
}
void Store::Cursor::to_last() {
  in_rocksdb([&] { impl_->iterator->SeekToLast(); });
  impl_->looked_up();
}
void Store::Cursor::next() {
  in_rocksdb([&] { impl_->iterator->Next(); });
}
void Store::Cursor::previous() {
  in_rocksdb([&] { impl_->iterator->Prev(); });
}
bool Store::Cursor::valid() const {
  return !impl_->failed && impl_->iterator->Valid();
}
Result<void> Store::Cursor::status() const {
  return impl_->store->check(impl_->iterator->status(), impl_->family);
}
std::string_view Store::Cursor::key() const {
  return view(impl_->iterator->key());
}
std::string_view Store::Cursor::value() const {
  return view(impl_->iterator->value());
}

}  // namespace solnoma
