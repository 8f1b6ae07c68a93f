#pragma once

#include "tools/context.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `GET /v1/changes?after=CURSOR`: what changed of statuses and plans, because of what was recorded
/// or because a day came, in the order of status_news.hpp; with the choices of subjects and types
/// that `follow --statuses` has. A change is `{"cursor", "cause": {"event", "source", "position"}
/// or
/// {"day"}, "diff"}`: the difference of neighbouring vantages, as `diff --statuses` tells it.
///
/// A cursor (change_question.hpp) says how far all is told; none: from now on as a stream, from the
/// first event on as a page.
/// - A page of lines, with `Solnoma-Next`: the cursor to go on with, and `Link: rel="next"` where
///   there is more already. A page looks at so much and no more: it may be short, or empty, though
///   there is more.
/// - With `Accept: text/event-stream` a stream that goes on with what comes, over midnight too:
///   `event: change`, whose `id` is its cursor, `caught-up` when all is told that there is,
///   `checkpoint` where much was passed over. `Last-Event-ID` goes on.
/// - With `summed`, one difference in place of all: that of the cursor's vantage and now, as
///   `/v1/diff` has it, and the cursor to go on with.
///
/// The log is what waits: nothing is kept for a reader but where it stands, and the days to come
/// that may matter (turning_days.hpp). A piece looks at about a thousand events and subjects; of a
/// day, at all that it may change. Thread-safe. `log` and `world` outlive the answer.
[[nodiscard]] HttpAnswer feed_changes(const HttpRequest& request, const Context& world,
                                      const Viewer& viewer);

}  // namespace solnoma
