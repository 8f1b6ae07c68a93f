#pragma once

#include <atomic>
#include <cstdint>

#include "engine/appender.hpp"
#include "tools/context.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `POST /v1/events`: CloudEvents by the HTTP binding (v1.0.2), structured, batched, binary, or one
/// a line. `(source, id)` makes each harmless to repeat. A batch is recorded whole or not at all.
///
/// `If-Match: "3"` expects the newest revision of the one subject there is in it, and
/// `If-None-Match: *` that it is new; `Solnoma-Expect: park/navoi=3, park/x=new` says that of
/// several.
/// `?dry-run` records nothing. 201: recorded; 200: all of it was there; 403: a subject is not
/// theirs; 412: an expectation fails; 409: the id holds something else; 422: a rule of events is
/// broken. Thread-safe.
class Recording {
 public:
  /// `world` gives clock and store. Both outlive this.
  Recording(const Context& world, Appender& appender) : world_(world), appender_(appender) {}

  /// Precondition: `grant` may record or propose; of which subjects is looked at here. Who may only
  /// propose hands in (proposals.hpp): 202, with `proposal` in the answer.
  [[nodiscard]] HttpAnswer record(const HttpRequest& request, const Grant& grant,
                                  const Viewer& viewer);

  [[nodiscard]] std::uint64_t recorded() const { return recorded_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  const Context& world_;
  Appender& appender_;
  std::atomic<std::uint64_t> recorded_ = 0, refused_ = 0;
};

}  // namespace solnoma
