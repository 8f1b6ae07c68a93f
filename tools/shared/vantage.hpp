#pragma once

#include <string>
#include <string_view>

#include "engine/log.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "tools/context.hpp"

namespace solnoma {

/// --as-of, --known-by and --at as they were typed; empty: omitted.
struct VantageOptions {
  std::string as_of;
  std::string known_by;
  std::string at;
};

/// What --at takes beside a position: for the help of every command that has it.
inline constexpr const char* kAtHelp =
    "at an instant, as in 2026-11-26T11:09:38.123456Z (without a zone: UTC), or at the end of a "
    "day (2026-11-26, 2026-11), in UTC as the log stamps it; a year alone is none: write "
    "2026-12-31";

/// Adds the three to a command's help.
void add_vantage(Command& command, VantageOptions& options);

/// Adds --lang, which takes the code of a language.
void add_language(Command& command, std::string& language);
[[nodiscard]] Language language_of(const std::string& code);

/// Where the question is asked from: as of today, without limit on what is known, at the
/// newest position, unless the options say otherwise. A date of less than a day's
/// precision means its last day. `--at` takes a position (also as @41), an instant, or a date,
/// whose last event it means; a number that may be a year is refused. Errors: usage, naming the
/// option.
[[nodiscard]] Try<Vantage> resolve(const VantageOptions& options, Context& context, const Log& log);

/// The days of a date in an option, as people type it (typed_date.hpp). Errors: usage.
[[nodiscard]] Try<Bounds> date_option(std::string_view name, const std::string& value,
                                      Context& context);

/// "as-of=2025-12-31,known-by=2025-10-01,at=41": what is left out is taken from `base`.
/// A date alone is its `axis`. Errors: usage.
[[nodiscard]] Try<VantageOptions> parse_vantage(std::string_view option, const std::string& text,
                                                const VantageOptions& base,
                                                std::string_view axis = "as-of");

}  // namespace solnoma
