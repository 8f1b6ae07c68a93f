#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "tools/outcome.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

inline constexpr std::string_view kProblemType = "application/problem+json";

/// An error as RFC 9457 has it: `{"title", "status", "detail", "where", "remedy"}`.
[[nodiscard]] HttpAnswer problem_answer(unsigned status, const Error& error);
[[nodiscard]] HttpAnswer problem_answer(unsigned status, std::string what, std::string remedy = {});
/// Of what a command of the program refused.
[[nodiscard]] HttpAnswer problem_answer(const Failure& failure);
/// The status that an error of a question or a record has.
[[nodiscard]] unsigned http_status(Errc code);

}  // namespace solnoma
