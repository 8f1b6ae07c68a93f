#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// What the board is about, as the subjects have it: its words and its columns.

/// What one of them is called at the head of a column, in English: "Park" where all that have a
/// status are parks, "Subject" where they are of several kinds, or of one that has no word.
[[nodiscard]] std::string_view html_noun(std::span<const SubjectView> views);

/// The measures that most of those with a status have a number of, reported or planned: at most
/// two. What is told of residents and investment comes first where as many have it.
[[nodiscard]] std::vector<std::string> html_measures(std::span<const SubjectView> views);

/// A measure's name as a head: with a capital.
[[nodiscard]] std::string html_measure_head(std::string_view measure, Language language);

}  // namespace solnoma
