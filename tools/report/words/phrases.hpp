#pragma once

#include <string>
#include <string_view>

#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "projections/event_changes.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "tools/report/words/dates.hpp"
#include "tools/report/words/quantities.hpp"

namespace solnoma {

/// Small texts that every readable report shares. All are safe to show on a terminal.
///
/// There are two styles. The short one, `phrase` and `when`, keeps to the words of the command
/// line and the dates of the log, and stands in a terminal's tables. The full one, `..._in_words`,
/// is for what is read as a page: Markdown, HTML, pictures.
enum class Style { brief, full };

/// "2022-03", "by 2025-11-12", "2025, by 2025-11-12", "no date": as imprecise as it is.
[[nodiscard]] std::string when(const Event& event, Bounds bounds, Language language);
/// "in March 2022", "by 12 November 2025", "in 2025, by 12 November", "no date".
[[nodiscard]] std::string when_in_words(const Event& event, Bounds bounds, Language language,
                                        Wording wording = Wording::answer);

/// "unrecorded, possibly under-construction".
[[nodiscard]] std::string phrase(const StatusAt& status, Language language);
/// "unrecorded, possibly under construction".
[[nodiscard]] std::string in_words(const StatusAt& status, Language language);
/// "under construction".
[[nodiscard]] std::string in_words(Status status, Language language);

/// "a plan became known, which alone makes it announced": the rule that gave a status.
[[nodiscard]] std::string_view in_words(Rule rule, Language language);

/// "was corrected": how a fact differs between two vantages.
[[nodiscard]] std::string_view in_words(Change change, Language language);

/// "construction-started"; in other languages a name for what happened.
[[nodiscard]] std::string type_name(std::string_view type, Language language);
/// "construction started".
[[nodiscard]] std::string type_in_words(std::string_view type, Language language);

/// "plan: opened": what a plan is about, be it a type or a measure.
[[nodiscard]] std::string plan_of(std::string_view what, Language language);
/// "construction started, phase-2": the words of its type, and the part of the subject that an
/// event names, if any.
[[nodiscard]] std::string with_part(std::string type, const Event& event);

/// "RIA Novosti, 2024-02-02": who published an event, and when; of every source.
[[nodiscard]] std::string publishers(const Event& event, Language language);
/// "Khimgrad technopolis; the region": who took part, as recorded.
[[nodiscard]] std::string party_list(const Event& event, Language language);
/// "RIA Novosti, 2 February 2024".
[[nodiscard]] std::string publishers_in_words(const Event& event, Language language);

/// The same, with the addresses where it can be read.
[[nodiscard]] std::string citation(const Event& event, Language language);
[[nodiscard]] std::string citation_in_words(const Event& event, Language language);

/// The title; where there is none, the name of the type.
[[nodiscard]] std::string title(const Event& event, Language language);

/// "met (revised), 46 days late", "moved, 184 days later": state, and slippage or way.
[[nodiscard]] std::string phrase(const Plan& plan, Language language);

/// "46 days late", "3 to 20 days early", "on time"; empty where both ends are open.
[[nodiscard]] std::string in_words(const Slippage& slippage, Language language);
/// The same of a target that moved: "46 days later", "to the same date".
[[nodiscard]] std::string moved_in_words(const Slippage& moved, Language language);

/// "as of 2025-12-31, known by 2025-10-01, log position 50".
[[nodiscard]] std::string phrase(const Vantage& vantage, Language language);
/// "as of 31 December 2025, known by 1 October 2025, log position 50".
[[nodiscard]] std::string in_words(const Vantage& vantage, Language language);

}  // namespace solnoma
