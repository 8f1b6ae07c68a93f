#pragma once

#include "projections/diff.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// What differs between two vantages for a subject, and the events to show it with.
struct DiffView {
  SubjectView view;  ///< as seen from the second vantage
  SubjectDiff diff;
};

}  // namespace solnoma
