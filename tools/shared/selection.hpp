#pragma once

#include <expected>
#include <string>
#include <vector>

#include "tools/command_line.hpp"
#include "tools/context.hpp"
#include "tools/outcome.hpp"
#include "tools/report/view/selection.hpp"

namespace solnoma {

/// A selection as it is typed, but for the subjects.
struct SelectionOptions {
  Selection selection;
  std::string from, to;
};

/// Adds --kind, --region, --country, --partner and --type.
void add_choices(Command& command, Selection& selection);
/// Adds these, --from and --to.
void add_selection(Command& command, SelectionOptions& options);

/// Errors: usage for dates; not_found for a type, with the nearest.
[[nodiscard]] Try<Selection> resolve(const SelectionOptions& options,
                                     const std::vector<std::string>& subjects, Context& context);

/// An error of the reports, which name a part of a selection, in the words of the command line,
/// which has an option for it. Other errors stay as they are.
[[nodiscard]] Failure in_options(Error error);

/// `if (!x) return refuse_choice(x);` for a Result of what looks up subjects.
template <class Wrong>
[[nodiscard]] std::unexpected<Failure> refuse_choice(const Wrong& wrong) {
  return std::unexpected(in_options(wrong.error()));
}

}  // namespace solnoma
