#pragma once

#include <string>
#include <vector>

#include "tools/import/problem.hpp"
#include "tools/import/standards/xml_tree.hpp"

namespace solnoma {

/// Whether an activity is written as version 1.0x has it; `version`: that of the document, or
/// empty.
[[nodiscard]] bool is_old_iati(const XmlElement& activity, const std::string& version);

/// What is wrong with an activity by the standard's own rules (github.com/IATI/IATI-Rulesets,
/// rulesets/standard.json), as far as they bear on what is read. Of all versions: an identifier and
/// a title; planned and actual dates in order; budgets, disbursements and periods of results that
/// do not end before they start. Of 2.0x also: the identifier begins with the one of who reports
/// it, without spaces; a start, planned or actual; a name or reference of each organization;
/// percentages of sectors and countries, from 0 to 100 and 100 together; a narrative for sectors of
/// a vocabulary of their own; budgets of a year at most; numbers for the measures of results. Pure.
[[nodiscard]] std::vector<Problem> iati_problems(const XmlElement& activity, bool old);

}  // namespace solnoma
