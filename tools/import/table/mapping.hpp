#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/result.hpp"
#include "events/event.hpp"
#include "tools/import/table/cell_date.hpp"

namespace solnoma {

/// A column of a table: the headers that it may have, since releases rename them. They are compared
/// as folded_name() has them: without case and punctuation. In the file, "Header?" may be missing.
struct Column {
  std::vector<std::string> headers;
  bool optional = false;

  [[nodiscard]] bool empty() const { return headers.empty(); }
  bool operator==(const Column&) const = default;
};

/// Text with cells in it: "{Project name} [unit {Unit}]". What stands in square brackets vanishes
/// where a cell in it is empty.
struct Template {
  struct Piece {
    std::string text;  ///< before the cell
    Column column;     ///< empty: the text alone
    int group = 0;     ///< which pair of brackets, from 1; 0: none
  };
  std::vector<Piece> pieces;

  [[nodiscard]] bool empty() const { return pieces.empty(); }
};

/// How the rows of a table become events: a TOML file, described in README.md.
struct Mapping {
  /// A milestone of each row that has a date for it.
  struct Milestone {
    std::string type;
    Column date;
    std::string part;
  };
  struct Quantity {
    std::string measure, unit, type, period, part;
    Column column, period_column;
    Accrual accrual = Accrual::by_measure;
    bool planned = false;
  };
  struct Partner {
    Column column;
    std::string role, separator;
  };
  struct Identifier {
    std::string scheme;
    Column column;
  };
  /// A column with several values in a cell; an empty separator: one.
  struct Values {
    Column column;
    std::string separator;
  };
  struct Skip {
    Column column;
    std::vector<std::string> is;  ///< folded
  };
  enum class OtherWords { problem, ignore };
  struct Status {
    Column column;
    std::map<std::string, std::vector<std::string>> words;  ///< folded word: types of milestones
    std::map<std::string, std::vector<std::string>> plans;  ///< folded word: types of plans
    std::map<std::string, Column> dates;                    ///< of each type
    OtherWords other = OtherWords::problem;
  };

  std::string dataset, source, licence;
  LocalText publisher;
  // The file.
  std::string encoding, sheet;
  char separator = 0;
  char decimal = 0;
  DateStyle dates;
  std::vector<std::string> nothing;  ///< folded: what cells say that have nothing to say
  // The subject.
  std::vector<Column> key;
  std::string kind;
  Template slug;
  std::vector<std::pair<std::string, Template>> names;  ///< by language
  // What is told of it.
  Status status;
  std::vector<Milestone> milestones, plans;
  std::vector<Quantity> quantities;
  std::vector<Partner> partners;
  std::vector<Identifier> identifiers;
  std::vector<Values> sectors, other_names, urls;
  Template url;
  std::string description_kind;
  Column country, region, latitude, longitude, coordinates, geometry;
  std::map<std::string, std::string> countries;  ///< folded name: code
  std::vector<Skip> skips;
  // When it became known.
  Column known_column;
  std::string known_in_name;  ///< a regular expression with one group, of the file's name
};

/// What cells say that have nothing to say, where a mapping does not list it: "N/A", "unknown" …,
/// as folded_name() has them.
[[nodiscard]] std::vector<std::string> usual_nothing();

/// Calls `visit(Column&)` for every column that a mapping speaks of, and the templates' too.
template <class AnyMapping, class Visit>
void each_column(AnyMapping& mapping, Visit visit) {
  const auto visit_template = [&](auto& text) {
    for (auto& piece : text.pieces) visit(piece.column);
  };
  for (auto& column : mapping.key) visit(column);
  visit_template(mapping.slug);
  visit_template(mapping.url);
  for (auto& [language, name] : mapping.names) visit_template(name);
  visit(mapping.status.column);
  for (auto& [type, column] : mapping.status.dates) visit(column);
  for (auto& each : mapping.milestones) visit(each.date);
  for (auto& each : mapping.plans) visit(each.date);
  for (auto& each : mapping.quantities) {
    visit(each.column);
    visit(each.period_column);
  }
  for (auto& each : mapping.partners) visit(each.column);
  for (auto& each : mapping.identifiers) visit(each.column);
  for (auto* const values : {&mapping.sectors, &mapping.other_names, &mapping.urls})
    for (auto& each : *values) visit(each.column);
  for (auto* const column :
       {&mapping.country, &mapping.region, &mapping.latitude, &mapping.longitude,
        &mapping.coordinates, &mapping.geometry, &mapping.known_column})
    visit(*column);
  for (auto& each : mapping.skips) visit(each.column);
}

/// Errors: invalid; `where` is "FILE:line"; a key that is not known is told with the nearest that
/// is.
[[nodiscard]] Result<Mapping> mapping_from_toml(const std::string& text, const std::string& file);

}  // namespace solnoma
