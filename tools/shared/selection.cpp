#include "tools/shared/selection.hpp"

#include <fmt/format.h>

#include "tools/shared/vantage.hpp"

namespace solnoma {

void add_choices(Command& command, Selection& selection) {
  command.options("--kind", selection.kinds, "Only subjects of this kind, as in park", "KIND");
  command.options("--region", selection.regions,
                  "Only subjects in regions that have these words in their name, in any language",
                  "NAME");
  command.options("--country", selection.countries,
                  "Only subjects in this country: its name, or its code as in UZ", "NAME");
  command.options("--partner", selection.partners,
                  "Only subjects with a partner that has these words in its name", "NAME");
  command.options("--type", selection.types, "Only marks of this type, as in opened", "TYPE");
}

void add_selection(Command& command, SelectionOptions& options) {
  add_choices(command, options.selection);
  command.option("--from", options.from, "Only marks that may lie on or after this date", "DATE",
                 "the first");
  command.option("--to", options.to, "Only marks that may lie on or before this date", "DATE",
                 "the last");
}

Try<Selection> resolve(const SelectionOptions& options, const std::vector<std::string>& subjects,
                       Context& context) {
  Selection selection = options.selection;
  selection.subjects = subjects;
  if (auto ok = check_types(selection); !ok) return refuse_choice(ok);
  if (!options.from.empty()) {
    auto bounds = date_option("--from", options.from, context);
    if (!bounds) return refuse(bounds);
    selection.period.earliest = bounds->earliest;
  }
  if (!options.to.empty()) {
    auto bounds = date_option("--to", options.to, context);
    if (!bounds) return refuse(bounds);
    selection.period.latest = bounds->latest;
  }
  if (selection.period.earliest > selection.period.latest)
    return usage("--from lies after --to", "exchange them");
  return selection;
}

Failure in_options(Error error) {
  if (error.code == Errc::invalid && error.where == "subject") error.where.clear();
  if (error.code != Errc::not_found) return error;
  const auto remedy = [&](const char* otherwise) {
    if (error.remedy.empty()) error.remedy = otherwise;
  };
  if (error.where == "subject") {
    remedy("'solnoma log' shows what is");
    error.where.clear();
    return error;
  }
  for (const std::string_view part : {"kind", "region", "country", "partner", "type"}) {
    if (error.where != part) continue;
    remedy(part == "type" ? "'solnoma append --help' lists the types"
                          : "'solnoma report --format csv' shows what there is");
    error.what = fmt::format("--{}: {}", part, error.what);
    error.where.clear();
    return error;
  }
  return error;
}

}  // namespace solnoma
