#pragma once

#include <string>
#include <vector>

#include "engine/result.hpp"
#include "tools/report/view/report.hpp"
#include "tools/report/words/kinds.hpp"

namespace solnoma {

/// A report's data as its page carries it, so that a page of many subjects opens before all of it
/// is read. JSON texts. What is null is left out.
struct PageData {
  /// What every count, sum and status comes from, of all subjects: report_json without what stands
  /// in the parts. Each different course of answers is there once, in "courses", as are the dates
  /// of events with their type and when they stand, in "times"; subjects and events name them by
  /// their place there.
  std::string core;
  /// What events say, and their sources, of some subjects each, in their order.
  std::vector<std::string> parts;
  /// Of those with a status, whatever they were described as when.
  Kinds kinds;
};

/// `part_bytes`: from which size on a part is complete. Small values are for tests. Errors: those
/// of report_json().
[[nodiscard]] Result<PageData> page_data(const Report& report, std::size_t part_bytes = 1 << 19);

}  // namespace solnoma
