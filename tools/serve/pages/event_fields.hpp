#pragma once

#include <span>
#include <string_view>

#include "events/event.hpp"
#include "tools/serve/pages/form.hpp"

namespace solnoma {

/// Fields that stand together.
struct FieldGroup {
  std::string_view heading;
  std::span<const FormField> fields;
  bool folded = false;  ///< few need them
};

/// What can be said of an event of a type, in the order of a form.
[[nodiscard]] std::span<const FieldGroup> event_fields(std::string_view type);
/// What can be said of a correction besides.
[[nodiscard]] std::span<const FieldGroup> slip_fields();
/// What can be said of a retraction.
[[nodiscard]] std::span<const FieldGroup> retraction_fields();

/// Whether a field has several rows: a list, which is corrected as a whole.
[[nodiscard]] bool is_list(std::string_view field);

/// What an event says, as the fields would have it: what stays where a correction says nothing.
[[nodiscard]] NamedValues values_of(const Event& event);

}  // namespace solnoma
