#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "engine/appender.hpp"
#include "engine/event.hpp"
#include "engine/owned_events.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// A batch that is handed over piece by piece and recorded as one: while a piece is decided, the
/// next one can be made. Until its end nothing else is appended to the journal, and whoever wants
/// to waits; readers see nothing of it before commit(). All its events have the instant at which it
/// was begun. Used, and ended, by the thread that began it; the journal outlives it.
///
/// Memory: some 200 bytes an event, and what they hold.
class Transaction {
 public:
  /// Rolls back what was not committed.
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Decides a piece as Appender::append() would decide it behind those before, and takes it over.
  /// On an error nothing is kept of this piece, which stays the caller's, and the transaction goes
  /// on without it. Errors: those of Appender::append(). Precondition: it is not ended.
  [[nodiscard]] Result<Appended> append(OwnedEvents&& events,
                                        std::span<const Expectation> expectations = {});
  /// The same, of copies.
  [[nodiscard]] Result<Appended> append(std::span<const NewEvent> events,
                                        std::span<const Expectation> expectations = {});

  /// What was handed over and kept, piece by piece; also after the end.
  [[nodiscard]] std::span<const OwnedEvents> pieces() const;
  [[nodiscard]] std::size_t size() const;   ///< how many events that are
  [[nodiscard]] std::size_t bytes() const;  ///< of texts and payloads

  /// Records all of it, on disk on return, and ends it. Errors: io; then the journal takes no more
  /// until it is opened again.
  [[nodiscard]] Result<void> commit();

  /// Ends it, as if nothing had been. What it held can still be looked at.
  void roll_back();

 private:
  friend class Journal;
  struct Impl;
  explicit Transaction(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
