#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "events/language.hpp"
#include "tools/context.hpp"
#include "tools/serve/http.hpp"
#include "tools/shared/event_filter.hpp"

namespace solnoma {

/// What is asked of changes. Which parameters an address has, it says itself.
struct ChangeQuestion {
  EventChoices choices;
  std::string after;   ///< a cursor, as typed; empty: not said
  std::string before;  ///< the same
  std::uint64_t limit = 0;
  bool summed = false;
  Language language = Language::en;
};

/// Reads the parameters. `limit`: where none is said; and the largest. Errors: 400.
[[nodiscard]] std::expected<ChangeQuestion, HttpAnswer> change_question(const HttpRequest& request,
                                                                        bool of_atom,
                                                                        std::uint64_t limit,
                                                                        std::uint64_t largest);

/// "52/2026-11-25": all is told that the log brought up to a position, and the days up to one. With
/// `HASH@` before it, it is of that log alone.
[[nodiscard]] std::string change_cursor(const Vantage& told);

/// The vantage that a cursor names: as typed by somebody, "52" is that position as of the day on
/// which it was recorded. Errors: 400; 409 where the log has another head there; 503 where it does
/// not reach there.
[[nodiscard]] std::expected<Vantage, HttpAnswer> vantage_of(std::string_view cursor, Day today,
                                                            const LocalDay& local_day,
                                                            const Log& log);

/// The address that was asked, with another value of a parameter, or without it.
[[nodiscard]] std::string address_with(const HttpRequest& request, std::string_view parameter,
                                       const std::optional<std::string>& value);

}  // namespace solnoma
