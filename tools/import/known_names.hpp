#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "events/event.hpp"

namespace solnoma {

/// A name that is new, and the known one that it looks like a slip of.
struct Slip {
  std::string what;  ///< "subject", "kind", "measure" or "unit"
  std::string typed, known;
};

/// Names that events use beside their subjects.
enum class NameUse { measure, unit, kind };
inline constexpr NameUse kNameUses[] = {NameUse::measure, NameUse::unit, NameUse::kind};
[[nodiscard]] std::string_view name(NameUse use);

/// The measures and units of figures and the kinds of descriptions that are known: those that the
/// program ships with, and those of the newest 1,000 events of the log and of a subject, so that
/// asking costs the same however long the log is.
class KnownNames {
 public:
  /// Those that the program ships with.
  KnownNames();

  /// Takes in those of the newest events up to `upto`, of all subjects. Errors: corrupt, io.
  [[nodiscard]] Result<void> add_newest(const Log& log, Position upto);
  /// And of one. Errors: the same.
  [[nodiscard]] Result<void> add_newest(const Log& log, std::string_view subject);

  void add(const Event& event);
  void add(NameUse use, std::string_view name);
  [[nodiscard]] bool has(NameUse use, std::string_view name) const;

  /// The known name of which one that is not known looks like a slip. A unit that is a known one
  /// with a word for thousands or millions looks like one: numbers are given in full.
  [[nodiscard]] std::optional<std::string> slip_of(NameUse use, std::string_view name) const;

 private:
  [[nodiscard]] const std::set<std::string, std::less<>>& of(NameUse use) const;
  std::set<std::string, std::less<>> names_[std::size(kNameUses)];
};

/// Every name that an event uses beside its subject.
void each_name(const Event& event, const std::function<void(NameUse, const std::string&)>& visit);

}  // namespace solnoma
