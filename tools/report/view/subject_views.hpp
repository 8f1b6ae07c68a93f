#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"
#include "tools/report/view/parallel_in_order.hpp"
#include "tools/report/view/subject_names.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// A subject whose events are in memory, but not decoded.
struct UnreadView {
  SubjectView view;  ///< what its rows tell
  std::span<const RecordedEvent> events;

  /// Decodes the events and adds what they tell; the view may be moved from then. Once. Errors:
  /// corrupt, unsupported.
  [[nodiscard]] Result<void> read(const ViewOptions& options);
};

/// By what its rows tell, the events to show a subject with, ascending; none: it is left out. Pure.
using ShownOf = std::function<std::optional<std::vector<Revision>>(const SubjectView&)>;

/// Calls `take` with `subjects`, in that order, in groups. Each group goes through the log once; no
/// more than one is held: some 100,000 events, or some 20 MB of them where they are large, or one
/// subject. And the rows of the index (24 bytes an event) are where most subjects are asked for.
/// `take` gives false to stop. Without `shown_of`, all are taken, with what options.shown says.
/// Errors: corrupt, io.
[[nodiscard]] Result<void> each_group(const Log& log, std::span<const NamedSubject> subjects,
                                      const ViewOptions& options, const ShownOf& shown_of,
                                      const std::function<bool(std::span<UnreadView>)>& take);

/// Calls `make(view)` with every subject, several at a time, and `take(part)` with what each made,
/// one after the other in the order of subjects, in this thread. `make` may move from the view,
/// which is gone thereafter. Memory and errors: as each_group().
template <class Make, class Take>
[[nodiscard]] Result<void> each_view(const Log& log, std::span<const NamedSubject> subjects,
                                     const ViewOptions& options, const Make& make, const Take& take,
                                     const ShownOf& shown_of = {}) {
  using Part = Result<std::invoke_result_t<const Make&, SubjectView&>>;
  Result<void> ok;
  const auto make_part = [&](UnreadView& unread) -> Part {
    if (auto read = unread.read(options); !read) return std::unexpected(read.error());
    SubjectView view = std::move(unread.view);
    return make(view);
  };
  const auto take_part = [&](Part&& part) {
    if (!ok) return;
    if (!part)
      ok = std::unexpected(part.error());
    else
      take(std::move(*part));
  };
  auto read = each_group(log, subjects, options, shown_of, [&](std::span<UnreadView> group) {
    side_by_side(group, make_part, take_part);
    return ok.has_value();
  });
  return ok ? read : ok;
}

/// Errors: corrupt, unsupported, io.
[[nodiscard]] Result<SubjectView> view_subject(const Log& log, const NamedSubject& subject,
                                               const ViewOptions& options);

/// The subjects of a report: those that were named; none: every one that can be seen from
/// the vantage. Errors: not_found for a name, corrupt, unsupported, io.
[[nodiscard]] Result<std::vector<SubjectView>> view_subjects(const Log& log,
                                                             const std::vector<std::string>& names,
                                                             const ViewOptions& options);

}  // namespace solnoma
