#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"
#include "events/known.hpp"
#include "tools/import/row_reader.hpp"
#include "tools/import/standards/json_tree.hpp"
#include "tools/import/table/repairs.hpp"

namespace solnoma {

/// The building blocks that OCDS and OC4IDS have in common
/// (https://standard.open-contracting.org/1.1/en/schema/reference/#building-block-reference).

/// What a package says of itself.
struct JsonPackage {
  std::string source;          ///< what identifies its publisher or itself; empty: nothing does
  Source citation;             ///< publisher, date of publication, address, licence
  std::optional<Known> known;  ///< when it was published
  std::string published;       ///< the same as EDTF; empty: not said
};
[[nodiscard]] JsonPackage read_package(const JsonNode& root, Repairs& repairs);

/// A date, as EDTF. Empty: absent, or a problem.
[[nodiscard]] std::string read_date(const JsonNode& node);

/// Dates as EDTF; a start after its end is a problem.
struct JsonPeriod {
  std::string start, end;
};
[[nodiscard]] JsonPeriod read_period(const JsonNode& node);
/// "2016-01-01/2016-12-31", as far as it is given; empty: not at all.
[[nodiscard]] std::string interval_of(const JsonPeriod& period);

/// An amount of money, its currency as the unit. None: no amount, or a problem.
[[nodiscard]] std::optional<Quantity> read_value(const JsonNode& node, std::string measure,
                                                 Accrual accrual);

/// Organizations with their roles, a partner for each role.
[[nodiscard]] std::vector<Partner> read_parties(const JsonNode& parties, std::string_view language,
                                                Repairs& repairs);
/// The name of an organization that is referred to.
[[nodiscard]] LocalText read_name(const JsonNode& organization, std::string_view language,
                                  Repairs& repairs);

/// Documents as sources, as many as an event takes beside those that it has.
void add_documents(std::vector<Source>& to, const JsonNode& documents, std::string_view language,
                   Repairs& repairs);

/// A package of rejected rows begins as the one that they come from, up to its list of rows.
[[nodiscard]] std::string package_head(const rapidjson::Value& root, std::string_view list);
/// A row of it, after its problems as comments.
[[nodiscard]] std::string package_row(const std::string& original,
                                      const std::vector<Problem>& problems,
                                      const std::string& place);
inline constexpr std::string_view kPackageTail = "]}\n";

}  // namespace solnoma
