#pragma once

#include <mutex>
#include <span>
#include <string>

#include "engine/journal.hpp"
#include "engine/owned_events.hpp"
#include "tools/context.hpp"
#include "tools/serve/pages/shell.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// What recording events would change: on which days which statuses would be others, and what is
/// told differently today, by a trial of the log. Thread-safe.
class Preview {
 public:
  /// All outlive this. `trials` is held by whoever makes a trial of the log: there is one at a
  /// time.
  Preview(const Context& world, Journal& journal, std::mutex& trials)
      : world_(world), journal_(journal), trials_(trials) {}

  /// HTML. `batch` is of these events, which have been tried (Appender::try_append). Costs opening
  /// a store. Errors: those of Appender::append(); corrupt, io.
  [[nodiscard]] Result<std::string> html(const Shell& shell, const Viewer& viewer,
                                         std::span<const Event> events, const OwnedEvents& batch);

 private:
  [[nodiscard]] Result<std::string> changes_today(const Shell& shell, const Viewer& viewer,
                                                  std::span<const Event> events,
                                                  const OwnedEvents& batch);

  const Context& world_;
  Journal& journal_;
  std::mutex& trials_;
};

}  // namespace solnoma
