#pragma once

#include "tools/context.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `GET /v1/events?after=POSITION`: events in the order of the log, those that the choices of `log`
/// take (subject, kind, type, publisher, region, country, partner, from, to).
///
/// As a page of lines (CloudEvents), with `Solnoma-Next`: what to go on behind. With `Accept:
/// text/event-stream` as a stream that goes on with what comes: `id` is the position, and strictly
/// rises; `event: caught-up` when all is told that there is, `event: checkpoint` where much was
/// passed over. `Last-Event-ID` goes on behind that one. The log is what waits: nobody is dropped
/// for being slow. Thread-safe.
///
/// `log` and `world` outlive the answer.
[[nodiscard]] HttpAnswer feed_events(const HttpRequest& request, const Context& world,
                                     const Viewer& viewer);

}  // namespace solnoma
