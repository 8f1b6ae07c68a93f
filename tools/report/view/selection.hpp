#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "engine/vantage.hpp"
#include "tools/command_line.hpp"
#include "tools/outcome.hpp"
#include "tools/report/view/subject_names.hpp"

namespace solnoma {

/// Which subjects and marks a report is about. What is empty chooses all; of several values
/// of one kind any will do, and all kinds must agree.
struct Selection {
  std::vector<std::string> subjects;  ///< full names: "park/chirchik"
  std::vector<std::string> kinds;     ///< of the subject's name, or as it is described
  std::vector<std::string> regions;   ///< as typed: folded_name()
  std::vector<std::string> partners;
  std::vector<std::string> types;  ///< of events
  Bounds period;                   ///< marks that may lie in it

  /// Whether only some marks are asked for.
  [[nodiscard]] bool narrows_marks() const { return !types.empty() || period != Bounds{}; }
  /// Whether a mark of this type and these days is asked for.
  [[nodiscard]] bool takes(std::string_view type, Bounds bounds) const;
};

/// A selection as it is typed, but for the subjects.
struct SelectionOptions {
  Selection selection;
  std::string from, to;
};

/// Adds --kind, --region, --partner, --type, --from and --to.
void add_selection(Command& command, SelectionOptions& options);

/// Errors: usage for dates; not_found for a type, with the nearest.
[[nodiscard]] Try<Selection> resolve(const SelectionOptions& options,
                                     const std::vector<std::string>& subjects);

/// The subjects that a selection chooses, but for its types and period, in the order of
/// find_subjects(). A subject counts as what it was called at the vantage; one that was not
/// described by then, as what it is called later.
/// Errors: not_found for a subject, kind, region or partner that nothing has, with the
/// nearest; corrupt, io.
[[nodiscard]] Try<std::vector<NamedSubject>> choose(const Log& log, const Selection& selection,
                                                    const Vantage& vantage);

}  // namespace solnoma
