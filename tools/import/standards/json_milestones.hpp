#pragma once

#include <string>
#include <string_view>

#include "tools/import/standards/json_parts.hpp"
#include "tools/import/standards/telling.hpp"

namespace solnoma {

/// Tells the milestones of OCDS and OC4IDS: dueDate as a plan, dateMet as what happened. What they
/// are is told by their code where it is an event type of ours, else by their type: engagement is a
/// meeting, delivery is a building completed, financing and payment with a value are money. Others
/// are left out. `section` tells milestones from those that stand elsewhere; empty: the project's
/// own. `part`: of the subject, for what has a type of ours; what has another is a part by itself.
void tell_json_milestones(Telling& telling, const JsonNode& milestones, const std::string& section,
                          const std::string& part, std::string_view language, Repairs& repairs);

/// Tells transactions: payments on their day, which add up.
void tell_json_transactions(Telling& telling, const JsonNode& transactions, const std::string& part,
                            std::string_view language, Repairs& repairs);

}  // namespace solnoma
