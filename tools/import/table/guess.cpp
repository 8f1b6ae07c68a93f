#include "tools/import/table/guess.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <regex>
#include <unordered_set>
#include <vector>

#include "events/text/folded_name.hpp"
#include "events/text/quote.hpp"
#include "events/text/utf8.hpp"
#include "tools/import/slug.hpp"
#include "tools/import/table/cell_text.hpp"
#include "tools/import/table/cells.hpp"
#include "tools/import/table/column_profile.hpp"
#include "tools/import/table/country_names.hpp"
#include "tools/import/table/status_words.hpp"
#include "tools/import/table/toml_text.hpp"

namespace solnoma {
namespace {

using Columns = std::vector<ColumnProfile>;
using Words = std::initializer_list<std::string_view>;

std::string counted(std::size_t rows) {
  return rows == 1 ? "1 row" : fmt::format("{} rows", rows);
}

std::string remark(std::string_view text) {
  Repairs ignored;
  return cleaned_text(text, ignored);
}

/// Writes a mapping, and keeps in mind which columns it uses.
class Guess {
 public:
  Guess(const FileContent& file, CellOptions how, Columns columns, std::size_t rows)
      : file_(file),
        how_(std::move(how)),
        columns_(std::move(columns)),
        rows_(rows),
        used_(columns_.size()) {
    for (std::size_t i = 0; i < columns_.size(); ++i) used_[i] = !can_be_named(i);
  }

  Result<std::string> write() {
    write_head();
    if (auto ok = write_key(); !ok) return std::unexpected(ok.error());
    write_status();
    write_description();
    write_quantities();
    write_rest();
    return text_;
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> format, Parts&&... parts) {
    text_ += fmt::format(format, std::forward<Parts>(parts)...) + "\n";
  }

  /// The first column, by the order of the words, that has one of them and may be meant.
  std::optional<std::size_t> find(Words words,
                                  const std::function<bool(const ColumnProfile&)>& may = {}) const {
    for (const std::string_view word : words)
      for (std::size_t i = 0; i < columns_.size(); ++i)
        if (!used_[i] && columns_[i].filled() > 0 && columns_[i].has(word) &&
            (!may || may(columns_[i])))
          return i;
    return std::nullopt;
  }
  std::optional<std::size_t> take(Words words,
                                  const std::function<bool(const ColumnProfile&)>& may = {}) {
    const auto found = find(words, may);
    if (found) used_[*found] = true;
    return found;
  }
  /// A mapping has no name for columns without one, with that of another, or with signs in it that
  /// mean something there.
  [[nodiscard]] bool can_be_named(std::size_t column) const {
    const std::string& name = columns_[column].header();
    return !name.empty() && name.find_first_of("{}") == std::string::npos && !name.ends_with('?') &&
           std::ranges::count(columns_, name, &ColumnProfile::header) == 1;
  }
  [[nodiscard]] std::string header(std::size_t column) const {
    return toml_quoted(columns_[column].header());
  }

  void write_head() {
    const std::filesystem::path path(file_.name());
    const std::string stem = path.stem().string();
    const std::regex day(R"(\d{4}-\d{2}-\d{2})");
    std::smatch found;
    const bool dated = std::regex_search(stem, found, day);
    std::string name = slug_of(dated ? found.prefix().str() + found.suffix().str() : stem);
    if (name.empty()) name = "table";
    line("# How {} becomes events: {} rows, {} columns. Guessed; look at every line.",
         toml_quoted(path.filename().string()), rows_, columns_.size());
    if (!how_.encoding.empty() && how_.encoding != "UTF-8")
      line("encoding = {}", toml_quoted(how_.encoding));
    if (how_.separator != 0 && how_.separator != ',')
      line("separator = {}", toml_quoted(std::string(1, how_.separator)));
    if (!how_.sheet.empty())
      line("sheet = {}  # the one with the most cells", toml_quoted(how_.sheet));
    line("dataset = {}", toml_quoted(name));
    line(
        "source = {}  # whose events these are: an address of the publisher, the same for every "
        "release",
        toml_quoted("urn:solnoma:dataset:" + name));
    line("# publisher = \"\"");
    line("# licence = \"\"");
    if (std::ranges::any_of(columns_, &ColumnProfile::ambiguous_dates))
      line("order = \"dmy\"  # of dates as 03/04/2024: or \"mdy\"?");
    deferred_ = dated ? fmt::format("\n[known]  # when the table was published\nfile_name = '{}'\n",
                                    R"((\d{4}-\d{2}-\d{2}))")
                      : "\n# When the table was published, --known DAY says; or a column of it:\n"
                        "# [known]\n# column = \"\"\n";
  }

  Result<void> write_key() {
    const auto is_key = [&](const ColumnProfile& c) { return are_key({&c}); };
    const auto is_text_key = [&](const ColumnProfile& c) { return is_key(c) && !c.numbers(); };
    auto key = find({"unit id ", "phase id ", "project id ", "plant id ", "id ", "identifier",
                     "key ", "code ", "код ", "номер ", "raqami "},
                    is_key);
    const auto name = name_column();
    std::vector<std::size_t> keys;
    if (key) {
      keys = {*key};
      used_[*key] = true;
    } else if (name && is_key(columns_[*name])) {
      keys = {*name};
    } else if ((key = find({""}, is_text_key)) || (key = find({""}, is_key))) {
      keys = {*key};
      used_[*key] = true;
    } else if (const auto pair = key_of_two(name)) {
      keys = {pair->first, pair->second};
    } else if (name) {
      keys = {*name};
    } else {
      return fail(Errc::invalid, "no column can be a key: none has another value in each row",
                  "add one that names each row");
    }
    std::string list;
    for (const std::size_t each : keys) list += (list.empty() ? "" : ", ") + header(each);
    line("\n# What names a row in every release.{}",
         are_key_of(keys) ? "" : " It stands twice in some: which columns do not?");
    line("key = [{}]", list);
    line("kind = \"project\"  # park, plant, …: the kind of subjects, as in project/chirchik");
    write_name(name);
    return {};
  }

  /// Whether these together have another value in each row.
  [[nodiscard]] bool are_key(std::initializer_list<const ColumnProfile*> columns) const {
    std::unordered_set<std::uint64_t> seen;
    for (std::size_t row = 0; row < rows_; ++row) {
      std::uint64_t all = 0;
      for (const ColumnProfile* const column : columns)
        all = all * 0x9E3779B97F4A7C15U + column->hashes()[row];
      if (all == 0 || !seen.insert(all).second) return false;
    }
    return true;
  }
  [[nodiscard]] bool are_key_of(const std::vector<std::size_t>& keys) const {
    return keys.size() == 1 ? are_key({&columns_[keys[0]]})
                            : are_key({&columns_[keys[0]], &columns_[keys[1]]});
  }

  /// A column that names things, and one beside it that tells the rows apart that are about one.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> key_of_two(
      std::optional<std::size_t> name) const {
    std::vector<std::size_t> first;
    for (const std::string_view word : {"unit id ", "plant id ", "project id ", "id "})
      if (const auto column = find({word})) first.push_back(*column);
    if (name) first.push_back(*name);
    for (const std::size_t one : first)
      for (std::size_t other = 0; other < columns_.size(); ++other)
        if (other != one && !used_[other] && columns_[other].few_values() &&
            are_key({&columns_[one], &columns_[other]}))
          return std::pair(one, other);
    return std::nullopt;
  }

  std::optional<std::size_t> name_column() const {
    const auto is_name = [](const ColumnProfile& c) {
      return !c.numbers() && !c.dates() && !c.addresses() && !c.has("id") && !c.has("other") &&
             !c.has("local") && !c.has("script");
    };
    return find({"project name", "plant name", "mine name", "park name", "name english", "name",
                 "project", "park", "plant", "наименование", "название", "объект", "проект", "nomi",
                 "loyiha", "headline", "title"},
                is_name);
  }

  void write_name(std::optional<std::size_t> name) {
    if (!name) return;
    used_[*name] = true;
    std::string pattern = "{" + columns_[*name].header() + "}";
    if (const auto unit = take({"unit name", "phase name", "unit", "phase", "очередь", "этап"},
                               [](const ColumnProfile& c) {
                                 return !c.has("id") && !c.has("capacity") && c.few_values();
                               }))
      pattern += " [{" + columns_[*unit].header() + "}]";
    line("slug = {}", toml_quoted(pattern));
    pending_name_ = fmt::format(
        "\n[name]\nund = {}  # or a name for each language: en, ru, uz, …\n", toml_quoted(pattern));
  }

  void write_status() {
    text_ += pending_name_;
    const auto may = [](const ColumnProfile& c) { return c.few_values() && !c.numbers(); };
    auto column = find({"status ", "plant status", "статус", "состояние", "стадия", "holati"}, may);
    if (column && find({"status list", "status display"}, may) == column)
      column = find({"plant status"}, may);
    if (!column) {
      line("\n# No column says how far a project is: name it in [status], or its milestones here.");
      write_milestones({});
      return;
    }
    used_[*column] = true;
    line("\n[status]");
    line("column = {}", header(*column));
    line(
        "\n# Which milestones each word means; an empty list: none. The last one gets the word as "
        "its "
        "label.\n[status.words]");
    std::vector<std::pair<std::string, std::size_t>> words(columns_[*column].values().begin(),
                                                           columns_[*column].values().end());
    std::ranges::stable_sort(words, std::greater{}, &std::pair<std::string, std::size_t>::second);
    bool started = false;
    for (const auto& [word, count] : words) {
      std::string types;
      for (const std::string_view type : usual_milestones(folded_name(word))) {
        types += (types.empty() ? "" : ", ") + toml_quoted(type);
        started |=
            type == "construction-started" || type == "announced" || type == "agreement-signed";
      }
      line("{} = [{}]  # {}{}", toml_quoted(word), types, counted(count),
           types.empty() ? ": which?" : "");
    }
    write_milestones(started ? words : std::vector<std::pair<std::string, std::size_t>>{});
  }

  /// The dates that the table has. `words`: of the status, where some of them look ahead.
  void write_milestones(const std::vector<std::pair<std::string, std::size_t>>& words) {
    const auto is_date = [](const ColumnProfile& c) { return c.dates(); };
    const auto planned = take({"planned", "expected", "target", "план", "срок", "reja"}, is_date);
    const auto construction = take({"construction start", "construction year", "construction date",
                                    "начало строительства", "qurilish bosh"},
                                   is_date);
    const auto opened = take(
        {"start year", "start date", "opening", "opened", "commission", "operation",
         "year of start", "ввод", "запуск", "открыт", "год пуска", "ochil", "ishga tush", "start"},
        is_date);
    const auto retired = take({"retired", "retirement", "closing", "closure", "end year",
                               "decommission", "вывод", "закрыт", "yopil"},
                              is_date);
    const bool has_status = text_.find("\n[status]\n") != std::string::npos;
    if (has_status && opened && !words.empty()) {
      line(
          "\n# Words of projects that are not open yet: the date of their opening is a plan.\n"
          "[status.plans]");
      for (const auto& [word, count] : words) {
        const auto types = usual_milestones(folded_name(word));
        const bool ahead =
            !types.empty() && (types.back() == "construction-started" ||
                               types.back() == "announced" || types.back() == "agreement-signed");
        if (ahead) line("{} = [\"opened\"]", toml_quoted(word));
      }
    }
    if (has_status && (opened || retired)) {
      line("\n# Which column has the date of a milestone.\n[status.dates]");
      if (opened) line("opened = {}", header(*opened));
      if (retired) line("retired = {}", header(*retired));
    } else {
      if (opened) line("\n[[milestone]]\ntype = \"opened\"\ndate = {}", header(*opened));
      if (retired) line("\n[[milestone]]\ntype = \"retired\"\ndate = {}", header(*retired));
    }
    if (construction)
      line("\n[[milestone]]\ntype = \"construction-started\"\ndate = {}", header(*construction));
    if (planned) line("\n[[plan]]\ntype = \"opened\"\ndate = {}", header(*planned));
  }

  void write_description() {
    line("\n[description]");
    line("# kind = \"\"  # as in industrial-park");
    const auto country = take({"country", "страна", "mamlakat", "davlat"});
    if (country) line("country = {}", header(*country));
    if (const auto region = take({"state", "province", "subnational", "region", "область", "регион",
                                  "viloyat", "hudud"}))
      line("region = {}", header(*region));
    const auto latitude = take({"lat ", "latitude", "широта", "kenglik"});
    const auto longitude = take({"lng ", "lon ", "long ", "longitude", "долгота", "uzunlik"});
    if (latitude && longitude) {
      line("latitude = {}", header(*latitude));
      line("longitude = {}", header(*longitude));
    } else if (const auto both = take({"coordinates ", "координаты"})) {
      line("coordinates = {}", header(*both));
    }
    if (const auto geometry =
            take({"geometry "}, [](const ColumnProfile& c) { return c.objects(); }))
      line("geometry = {}", header(*geometry));
    if (country) write_countries(*country);
    for (const auto& [word, role] :
         std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"owner ", "owner"},
             {"operator ", "operator"},
             {"developer ", "developer"},
             {"investor ", "investor"},
             {"parent ", "parent"},
             {"владелец", "owner"},
             {"собственник", "owner"},
             {"оператор", "operator"},
             {"инвестор", "investor"},
             {"investor", "investor"},
             {"egasi", "owner"}})
      if (const auto column = take({word}, [](const ColumnProfile& c) {
            return !c.has("id") && !c.numbers() && !c.has("other language");
          }))
        line("\n[[partner]]\ncolumn = {}\nrole = \"{}\"\nseparator = \";\"", header(*column), role);
    while (const auto column =
               take({"other name", "name other", "local", "alternative name", "other plant names"},
                    [](const ColumnProfile& c) { return !c.numbers(); }))
      line("\n[[other_name]]\ncolumn = {}", header(*column));
    if (const auto column = take({"technology ", "sector", "industry", "отрасль", "сектор", "soha"},
                                 [](const ColumnProfile& c) { return c.few_values(); }))
      line("\n[[sector]]\ncolumn = {}", header(*column));
    while (const auto column = take({""}, [](const ColumnProfile& c) { return c.addresses(); }))
      line("\n[[address]]  # where the row is told of\ncolumn = {}", header(*column));
  }

  void write_countries(std::size_t column) {
    std::string unknown;
    for (const auto& [name, count] : columns_[column].values())
      if (!country_code(name))
        unknown += fmt::format("{} = \"\"  # {}\n", toml_quoted(name), counted(count));
    if (!unknown.empty())
      text_ += "\n# Their ISO 3166 codes are not known here.\n[countries]\n" + unknown;
  }

  void write_quantities() {
    while (const auto column =
               take({"capacity", "investment", "production", "area",         "residents",
                     "jobs",     "employees",  "reserves",   "resource",     "cost",
                     "value",    "мощность",   "инвестиц",   "стоимость",    "площадь",
                     "объем",    "резидент",   "quvvat",     "investitsiya", "maydon"},
                    [](const ColumnProfile& c) {
                      return c.numbers() && !c.zeros() && !c.has("id") && !c.dates();
                    })) {
      const std::string& name = columns_[*column].header();
      const std::size_t open = name.rfind('('), close = name.rfind(')');
      const bool has_unit = open != std::string::npos && close != std::string::npos && open < close;
      std::string unit = has_unit ? name.substr(open + 1, close - open - 1) : "";
      if (unit == "mw") unit = "MW";
      const std::string measure = slug_of(has_unit ? name.substr(0, open) : name);
      if (measure.empty()) continue;
      line("\n[[quantity]]\nmeasure = {}\ncolumn = {}\nunit = {}{}\naccrual = \"level\"",
           toml_quoted(measure), header(*column), toml_quoted(unit.empty() ? "units" : unit),
           unit.empty() ? "  # which?" : "");
    }
  }

  void write_rest() {
    text_ += deferred_;
    std::string rest;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (used_[i] || columns_[i].header().empty()) continue;
      const auto& values = columns_[i].values();
      rest += fmt::format("#   {} ({} rows", remark(header(i)), columns_[i].filled());
      if (!values.empty())
        rest += fmt::format(", as in {}", remark(toml_quoted(clipped(values.begin()->first))));
      rest += ")\n";
    }
    if (!rest.empty()) text_ += "\n# Columns that are not used:\n" + rest;
  }

  const FileContent& file_;
  CellOptions how_;
  Columns columns_;
  std::size_t rows_;
  std::vector<bool> used_;
  std::string text_, deferred_, pending_name_;
};

}  // namespace

Result<std::string> guess_mapping(const FileContent& file) {
  auto cells = open_cells(file, {});
  if (!cells) return std::unexpected(cells.error());
  CellRow row;
  Columns columns;
  std::size_t rows = 0;
  for (;;) {
    auto more = (*cells)->next(row);
    if (!more) return at(file.name(), more.error());
    if (!*more) break;
    const auto filled = std::ranges::count_if(row.cells, [](const auto& c) { return !c.empty(); });
    if (columns.empty()) {
      // Titles above a table stand in one cell.
      if (filled < 2 && row.cells.size() > 1) continue;
      Repairs ignored;
      for (const std::string& cell : row.cells) columns.emplace_back(cleaned_text(cell, ignored));
      continue;
    }
    if (filled == 0 || !row.problem.empty()) continue;
    ++rows;
    for (std::size_t i = 0; i < columns.size(); ++i)
      columns[i].add(i < row.cells.size() ? row.cells[i] : std::string());
  }
  if (rows == 0)
    return at(file.name(), Error{Errc::invalid, "the table has no rows", {}, "look into it"});
  auto text = Guess(file, (*cells)->options(), std::move(columns), rows).write();
  if (!text) return at(file.name(), text.error());
  return text;
}

}  // namespace solnoma
