#pragma once

#include <string>

#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"

namespace solnoma {

/// Small texts that every readable report shares. All are safe to show on a terminal.

/// "2022-03", "by 2025-11-12", "2025, by 2025-11-12", "no date": as imprecise as it is.
[[nodiscard]] std::string when(const Event& event, Bounds bounds, Language language);

/// "more than 10 companies (2024)": the bound is part of the value.
[[nodiscard]] std::string phrase(const Quantity& quantity, Language language);

/// "unrecorded, possibly under-construction".
[[nodiscard]] std::string phrase(const StatusAt& status, Language language);

/// "RIA Novosti, 2024-02-02": who published an event, and when; of every source.
[[nodiscard]] std::string publishers(const Event& event);

/// The same, with the addresses where it can be read.
[[nodiscard]] std::string citation(const Event& event);

/// The title; where there is none, the name of the type.
[[nodiscard]] std::string title(const Event& event, Language language);

/// "met, 46 to 46 days": state and slippage.
[[nodiscard]] std::string phrase(const Plan& plan, Language language);

/// "as of 2025-12-31, known by 2025-10-01, log position 50".
[[nodiscard]] std::string phrase(const Vantage& vantage, Language language);

}  // namespace solnoma
