#pragma once

#include <cstdint>
#include <string>

#include "events/event.hpp"
#include "events/event_type.hpp"
#include "tests/support/random.hpp"

namespace solnoma::bench {

/// The words of the workload: names, titles, figures, citations.

/// "park/chirchik-00042"; every fifth is a project.
[[nodiscard]] std::string subject_name(std::uint32_t subject);
/// "tp-2023-0001234".
[[nodiscard]] std::string event_id(std::uint64_t number, int year);
/// One of two dozen feeds; the same for the same event.
[[nodiscard]] std::string feed(std::uint64_t number);

/// Title, figures, description and citation, as an event of this type has them.
void write_data(Event& event, TypeCode type, std::uint32_t subject, test::Random& random);

enum class Precision : std::uint8_t { day, month, year };
/// "2023-05-17", "2023-05", "2023".
[[nodiscard]] std::string date_text(Day day, Precision precision);
[[nodiscard]] int year_of(Day day);

}  // namespace solnoma::bench
