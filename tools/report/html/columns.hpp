#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The board's columns, as the subjects have them.

/// The measures that most of those with a status have a number of, reported or planned: at most
/// two. What is told of residents and investment comes first where as many have it.
[[nodiscard]] std::vector<std::string> html_measures(std::span<const SubjectView> views);

/// A measure's name as a head: with a capital.
[[nodiscard]] std::string html_measure_head(std::string_view measure, Language language);

}  // namespace solnoma
