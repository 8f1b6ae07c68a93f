#include "tools/time_zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>
#include <string>

#include "events/text/quote.hpp"

namespace solnoma {

Try<LocalDay> local_day_in(std::string_view zone) {
  try {
    const date::time_zone* const found = date::locate_zone(std::string(zone));
    return LocalDay([found](Instant instant) {
      return day_of(instant +
                    found->get_info(std::chrono::floor<std::chrono::seconds>(instant)).offset);
    });
  } catch (const std::exception&) {
    // The library says so of a name that it does not have, and where there is no database at all.
    return usage(fmt::format("tz: there is no time zone '{}'", clipped(zone)),
                 "name one as the IANA database does, as in Asia/Tashkent");
  }
}

}  // namespace solnoma
