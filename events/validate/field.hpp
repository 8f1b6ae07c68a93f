#pragma once

#include <fmt/format.h>

#include <string>

#include "engine/result.hpp"
#include "events/event.hpp"
#include "events/text/field.hpp"
#include "events/text/text.hpp"
#include "events/validate.hpp"

namespace solnoma {

using Outcome = Result<void>;

/// The checks that many fields share. Errors: invalid, at the field.

[[nodiscard]] std::unexpected<Error> wrong(const Field& field, std::string what,
                                           std::string remedy = {});
[[nodiscard]] Outcome check_text(const Field& field, const std::string& value,
                                 std::size_t most = kMaxShortText, Lines lines = Lines::one);
[[nodiscard]] Outcome check_required(const Field& field, const std::string& value,
                                     std::size_t most = kMaxShortText);
[[nodiscard]] Outcome check_local(const Field& field, const LocalText& value,
                                  std::size_t most = kMaxShortText, Lines lines = Lines::one);
/// Of several lines, maybe.
[[nodiscard]] Outcome check_note(const Field& field, const LocalText& value);
/// An id that an event may have from now on.
[[nodiscard]] Outcome check_id(const Field& field, const std::string& value, std::size_t most);
/// The id of an event as it is recorded: older logs hold ids that no event may have now.
[[nodiscard]] Outcome check_reference(const Field& field, const std::string& value,
                                      std::size_t most);
[[nodiscard]] Outcome check_date(const Field& field, const std::string& value);
/// Empty is well; `example` is a word that would do.
[[nodiscard]] Outcome check_slug(const Field& field, const std::string& value, const char* what,
                                 const char* example);
[[nodiscard]] Outcome check_subject(const Field& field, const std::string& value);
/// A well-formed BCP 47 tag in its canonical form.
[[nodiscard]] Outcome check_language(const Field& field, const std::string& tag);
[[nodiscard]] Outcome check_entries(const Field& field, std::size_t count);

/// Not more than kMaxEntries, each of which `check` accepts.
template <class Item, class Check>
[[nodiscard]] Outcome check_each(const Field& list, const std::vector<Item>& items, Check check) {
  if (auto ok = check_entries(list, items.size()); !ok) return ok;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (auto ok = check(Field(list, i), items[i]); !ok) return ok;
  return {};
}

/// The parts of an event that have rules of their own.
[[nodiscard]] Outcome check_quantity(const Field& field, const Quantity& value);
[[nodiscard]] Outcome check_description(const Event& event);
[[nodiscard]] Outcome check_import_record(const Event& event);

}  // namespace solnoma
