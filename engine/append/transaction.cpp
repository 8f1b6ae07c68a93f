#include "engine/transaction.hpp"

#include "engine/append/open_transaction.hpp"
#include "engine/base/check.hpp"

namespace solnoma {

Transaction::Transaction(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Transaction::~Transaction() {
  roll_back();
}

Result<Appended> Transaction::append(std::span<const NewEvent> events,
                                     std::span<const Expectation> expectations) {
  return append(OwnedEvents::of(events), expectations);
}

Result<Appended> Transaction::append(OwnedEvents&& events,
                                     std::span<const Expectation> expectations) {
  SOLNOMA_CHECK(impl_->writing.owns_lock());
  LogWriter& writer = impl_->writer;
  const LogWriter::Work work(writer);
  if (auto ok = writer.usable(); !ok) return std::unexpected(ok.error());
  const auto stage = [&](const OwnedEvents& piece, std::span<const Expectation> expected) {
    return writer.sequencer().stage(piece.events(), expected, impl_->begun, impl_->batch);
  };
  auto appended = stage(events, expectations);
  if (!appended && appended.error().code == Errc::damaged_index) {
    // The index is derived from what is written: what is staged waits, and is staged again.
    impl_->batch.clear();
    auto again = writer.restart();
    if (again) again = writer.rebuild({});
    for (std::size_t i = 0; i < pieces().size() && again; ++i)
      if (auto staged = stage(pieces()[i], {}); !staged) again = std::unexpected(staged.error());
    if (!again) {
      writer.set_broken(again.error());
      return std::unexpected(again.error());
    }
    appended = stage(events, expectations);
  }
  if (!appended) return appended;
  impl_->size += events.events().size();
  impl_->bytes += events.bytes();
  impl_->pieces.push_back(std::move(events));  // what is staged has pointers to them
  return appended;
}

std::span<const OwnedEvents> Transaction::pieces() const {
  return impl_->pieces;
}
std::size_t Transaction::size() const {
  return impl_->size;
}
std::size_t Transaction::bytes() const {
  return impl_->bytes;
}

Result<void> Transaction::commit() {
  SOLNOMA_CHECK(impl_->writing.owns_lock());
  auto ok = impl_->writer.usable();
  {
    const LogWriter::Work work(impl_->writer);
    if (ok) ok = impl_->writer.commit(impl_->batch);
  }
  impl_->writer.sequencer().let_go();
  impl_->writing.unlock();
  return ok;
}

void Transaction::roll_back() {
  if (!impl_->writing.owns_lock()) return;
  impl_->batch.clear();
  try {
    if (!impl_->writer.is_broken() && !pieces().empty())
      if (auto ok = impl_->writer.restart(); !ok) impl_->writer.set_broken(ok.error());
  } catch (const std::exception&) {
    impl_->writer.interrupt();
  }
  impl_->writer.sequencer().let_go();
  impl_->writing.unlock();
}

}  // namespace solnoma
