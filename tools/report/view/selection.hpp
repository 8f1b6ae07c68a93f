#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"
#include "engine/vantage.hpp"
#include "tools/report/view/subject_names.hpp"

namespace solnoma {

/// Which subjects and marks a report is about. What is empty chooses all; of several values
/// of one kind any will do, and all kinds must agree.
struct Selection {
  std::vector<std::string> subjects;        ///< full names: "park/chirchik"
  std::vector<std::string> kinds;           ///< of the subject's name, or as it is described
  std::vector<std::string> regions;         ///< as typed: words of the name (folded_name.hpp)
  std::vector<std::string> partners;        ///< the same
  std::vector<std::string> countries = {};  ///< codes (ISO 3166-1 alpha-2), or names
  std::vector<std::string> types;           ///< of events
  Bounds period;                            ///< marks that may lie in it

  /// Whether only some marks are asked for.
  [[nodiscard]] bool narrows_marks() const { return !types.empty() || period != Bounds{}; }
  /// Whether a mark of this type and these days is asked for.
  [[nodiscard]] bool takes(std::string_view type, Bounds bounds) const;
};

/// Whether there are such types. Errors: not_found in "type", with the nearest.
[[nodiscard]] Result<void> check_types(const Selection& selection);

/// The subjects that a selection chooses, but for its types and period, in the order of
/// find_subjects(). A subject counts as what it was called at the vantage; one that was not
/// described by then, as what it is called later.
/// Errors: not_found for what nothing has, with the nearest: `where` is the part of the selection
/// ("subject", "kind", "region", "country", "partner"), `remedy` is empty where nothing is near;
/// corrupt, io.
[[nodiscard]] Result<std::vector<NamedSubject>> choose(const Log& log, const Selection& selection,
                                                       const Vantage& vantage);

}  // namespace solnoma
