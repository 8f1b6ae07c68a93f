#pragma once

#include "tools/context.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `GET /v1/changes.atom`: the newest changes of statuses and plans as an Atom feed (RFC 4287), the
/// newest first, an entry for each subject that an event or a day changed; with the choices of
/// /v1/changes, `lang` and `limit`. An entry has the same id whenever, in whatever language and
/// with whatever choices it is asked for; its authors are the publishers of what it follows from;
/// it links to the report of its subject as seen from there.
///
/// What one event or one day changed stands together, and so a page may be longer than `limit`.
/// Older entries stand behind `rel="next"` (RFC 5005, 3), on pages that begin `before` a cursor.
/// 304 by ETag costs no look at the log. A page looks at some 100,000 events and subjects and may
/// be short where few of them are chosen. Thread-safe. `world` and the log outlive the answer.
[[nodiscard]] HttpAnswer atom_of_changes(const HttpRequest& request, const Context& world,
                                         const Viewer& viewer);

}  // namespace solnoma
