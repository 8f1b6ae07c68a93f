#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/serve/http.hpp"
#include "tools/serve/pages/shell.hpp"

namespace solnoma {

/// How a field of a form is filled in.
enum class FieldKind {
  text,
  area,  ///< several lines
  date,  ///< in any way that people write dates
  flag,
};

/// A field of a form. Its name is the option of the command that takes it.
struct FormField {
  std::string_view name, label;
  std::string_view hint = {};
  FieldKind kind = FieldKind::text;
  std::size_t rows = 1;  ///< so many of the same name at least, where that is more than one
  bool required = false;
  std::string_view list = {};  ///< the id of a <datalist>
};

/// What a field has, and what it would say without.
struct FieldText {
  std::string value, instead;
};

/// What was filled in before, and what is wrong with it.
struct Filled {
  NamedValues values;
  std::string wrong_field = {};  ///< its name
  NamedValues instead = {};      ///< shown where nothing is filled in, as what stays
};

/// The values of a name, in order.
[[nodiscard]] std::vector<std::string> all_of(const NamedValues& values, std::string_view name);

/// A label, the field and its hint. HTML.
[[nodiscard]] std::string field_html(const Shell& shell, const FormField& field,
                                     const Filled& filled);

/// A button that sends `value` as `do`.
[[nodiscard]] std::string submit_html(const Shell& shell, std::string_view value,
                                      std::string_view label, bool quiet = false);

/// What was filled in, for a form that is not shown; without `do`. An empty row keeps its place.
[[nodiscard]] std::string hidden_html(const NamedValues& values);

}  // namespace solnoma
