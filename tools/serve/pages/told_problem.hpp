#pragma once

#include <string>

#include "tools/serve/http.hpp"
#include "tools/serve/pages/shell.hpp"

namespace solnoma {

/// What an answer that is a problem says (RFC 9457), for a person.
struct ToldProblem {
  std::string what, where, remedy;
  /// The option, without its hyphens, or the member of `data` that it is about; empty: none.
  std::string field;
};
/// Precondition: the answer is a problem.
[[nodiscard]] ToldProblem told_problem(const HttpAnswer& answer);
/// As a notice that is read aloud, with a link to the field of a form, which is called `label`.
/// HTML. What commands say is English.
[[nodiscard]] std::string problem_html(const ToldProblem& problem, const std::string& label = {});

}  // namespace solnoma
