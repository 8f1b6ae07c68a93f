#pragma once

#include <string>
#include <string_view>

#include "engine/day.hpp"
#include "events/event.hpp"

namespace solnoma {

/// Dates as a careful writer puts them, as imprecise as they are.
///
/// An **answer** tells when: "in March 2022", "on 12 November 2025", "before 2023", "about March
/// 2022", "в марте 2022 года", "2022-yil martda". A **name** stands in a table or behind a
/// heading: "March 2022", "март 2022 года". What has no name of its own (an interval, a season)
/// is put as an answer there, too.
enum class Wording { answer, name };

/// Of an EDTF text. What is none, and years before the year 1, come back as they are, safe
/// to show.
[[nodiscard]] std::string date_in_words(std::string_view edtf, Language language,
                                        Wording wording = Wording::answer);

/// The period that a number is about: "2024", "January to September 2025".
[[nodiscard]] std::string period_in_words(std::string_view edtf, Language language);

/// "12 November 2025". Precondition: is_calendar_day(day).
[[nodiscard]] std::string day_in_words(Day day, Language language);
/// "by 12 November 2025". The same precondition.
[[nodiscard]] std::string by_in_words(Day day, Language language);

/// A date of which one knows in addition that it lies not after a day, because by then it was
/// told: "in 2025, by 12 November". Precondition: is_calendar_day(latest).
[[nodiscard]] std::string date_by_in_words(std::string_view edtf, Day latest, Language language,
                                           Wording wording = Wording::answer);

}  // namespace solnoma
