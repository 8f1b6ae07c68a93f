#include "tools/import/table/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "engine/day.hpp"
#include "events/event_type.hpp"
#include "events/text/folded_name.hpp"
#include "events/text/nearest.hpp"
#include "events/text/text.hpp"
#include "tools/import/table/toml_text.hpp"

namespace solnoma {
namespace {

/// Reads the keys of one table of the file. Each is asked for once; what was not asked for is an
/// error. The first error stops what follows.
class Keys {
 public:
  Keys(const toml::table& table, std::string file, std::string path, std::optional<Error>& error)
      : table_(table), file_(std::move(file)), path_(std::move(path)), error_(error) {}
  ~Keys() { check_all_asked(); }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

  [[nodiscard]] const toml::node* find(std::string_view key) {
    asked_.emplace_back(key);
    return error_ ? nullptr : table_.get(key);
  }

  [[nodiscard]] bool has(std::string_view key) const { return table_.get(key) != nullptr; }

  void text(std::string_view key, std::string& to) {
    if (const toml::node* node = find(key)) {
      if (const auto value = node->value<std::string>(); value && node->is_string())
        to = *value;
      else
        wrong(*node, key, "it must be a text", "write it in quotes");
    }
  }

  void texts(std::string_view key, std::vector<std::string>& to) {
    if (const toml::node* node = find(key)) to = texts_of(*node, key);
  }

  void column(std::string_view key, Column& to) {
    if (const toml::node* node = find(key)) to.headers = texts_of(*node, key);
  }

  void format(std::string_view key, Template& to) {
    if (const toml::node* node = find(key)) {
      const auto text = node->value<std::string>();
      if (!node->is_string()) return wrong(*node, key, "it must be a text", "write it in quotes");
      to = template_of(*node, key, *text);
    }
  }

  /// One of a few characters.
  void character(std::string_view key, char& to, std::string_view choices, std::string remedy) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const auto text = node->value<std::string>();
    if (!node->is_string() || text->size() != 1 || choices.find(*text) == std::string_view::npos)
      return wrong(*node, key, "it is none of the characters allowed", std::move(remedy));
    to = text->front();
  }

  /// One of a few words.
  template <class Value>
  void choice(std::string_view key, Value& to,
              std::initializer_list<std::pair<std::string_view, Value>> choices) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const auto text = node->value<std::string>();
    std::string known;
    for (const auto& [name, value] : choices) {
      if (text == name) {
        to = value;
        return;
      }
      known += fmt::format("{}\"{}\"", known.empty() ? "" : ", ", name);
    }
    wrong(*node, key, "it is none of those allowed", "use one of " + known);
  }

  /// A type of events.
  void type(std::string_view key, std::string& to) {
    text(key, to);
    if (const toml::node* node = table_.get(key); node != nullptr && !error_)
      check_type(*node, key, to);
  }

  template <class Use>
  void table(std::string_view key, Use use) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const toml::table* const table = node->as_table();
    if (table == nullptr)
      return wrong(*node, key, "it must be a table", fmt::format("write [{}]", key));
    Keys inner(*table, file_, path_ + std::string(key) + ".", error_);
    use(inner);
  }

  /// Each of [[key]].
  template <class Use>
  void tables(std::string_view key, Use use) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const toml::array* const array = node->as_array();
    if (array == nullptr || !array->is_homogeneous(toml::node_type::table))
      return wrong(*node, key, "it must be a list of tables", fmt::format("write [[{}]]", key));
    for (const toml::node& each : *array) {
      Keys inner(*each.as_table(), file_, path_ + std::string(key) + ".", error_);
      use(inner);
    }
  }

  /// All keys of a table whose names are the user's own.
  template <class Use>
  void each(Use use) {
    for (const auto& [key, node] : table_) {
      asked_.emplace_back(key.str());
      if (!error_) use(std::string(key.str()), node);
    }
  }

  [[nodiscard]] std::vector<std::string> texts_of(const toml::node& node, std::string_view key) {
    std::vector<std::string> texts;
    if (node.is_string()) {
      texts.push_back(*node.value<std::string>());
    } else if (const toml::array* array = node.as_array();
               array != nullptr && array->is_homogeneous(toml::node_type::string)) {
      for (const toml::node& each : *array) texts.push_back(*each.value<std::string>());
    } else if (array == nullptr || !array->empty()) {
      wrong(node, key, "it must be a text or a list of texts", "write it as in [\"a\", \"b\"]");
    }
    return texts;
  }

  void check_type(const toml::node& node, std::string_view key, const std::string& type) {
    if (type_code(type) != kUnknownType) return;
    std::vector<std::string_view> names;
    for (const EventType& each : kEventTypes) names.push_back(each.name);
    const auto like = nearest(type, names);
    wrong(node, key, fmt::format("'{}' is no event type", type),
          like ? fmt::format("did you mean {}?", *like) : "README.md lists them");
  }

  void check_slug(std::string_view key, const std::string& slug) {
    if (error_ || slug.empty() || is_slug(slug)) return;
    wrong(*table_.get(key), key, fmt::format("'{}' is no slug", slug),
          "use lower-case letters, digits and inner hyphens");
  }

  void require(std::string_view key) {
    if (!error_ && table_.get(key) == nullptr) wrong(table_, key, "this key is missing", "add it");
  }

  void wrong(const toml::node& node, std::string_view key, std::string what, std::string remedy) {
    if (error_) return;
    error_ = Error{Errc::invalid, std::move(what),
                   fmt::format("{}:{}, {}{}", file_, node.source().begin.line, path_, key),
                   std::move(remedy)};
  }

 private:
  Template template_of(const toml::node& node, std::string_view key, const std::string& text) {
    Template made;
    std::string plain;
    int groups = 0, group = 0;
    const auto flush = [&] {
      if (!plain.empty()) made.pieces.push_back({std::exchange(plain, {}), {}, group});
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '[' && group == 0) {
        flush();
        group = ++groups;
      } else if (text[i] == ']' && group != 0) {
        flush();
        group = 0;
      } else if (text[i] == '{') {
        const std::size_t end = text.find('}', i);
        if (end == std::string::npos) {
          wrong(node, key, "a '{' is not closed", "write {Column}");
          return made;
        }
        made.pieces.push_back(
            {std::exchange(plain, {}), {{text.substr(i + 1, end - i - 1)}}, group});
        i = end;
      } else {
        plain += text[i];
      }
    }
    flush();
    if (group != 0) wrong(node, key, "a '[' is not closed", "write ']' behind it");
    return made;
  }

  void check_all_asked() {
    if (error_) return;
    for (const auto& [key, node] : table_) {
      if (std::ranges::find(asked_, key.str()) != asked_.end()) continue;
      const std::vector<std::string_view> known(asked_.begin(), asked_.end());
      const auto like = nearest(key.str(), known);
      return wrong(node, key.str(), "this key is not known",
                   like ? fmt::format("did you mean {}?", *like) : "take it out");
    }
  }

  const toml::table& table_;
  std::string file_;
  std::string path_;
  std::optional<Error>& error_;
  std::vector<std::string> asked_;
};

/// In the form of folded_name().
constexpr std::string_view kNothing[] = {
    "n a", "na",         "none",       "unknown",    "tbd",     "not found", "null",
    "nan", "неизвестно", "нет данных", "не указано", "nomalum", "yoq"};

void read_status(Keys& keys, Mapping::Status& status) {
  keys.column("column", status.column);
  keys.choice("other", status.other,
              {{"problem", Mapping::OtherWords::problem}, {"ignore", Mapping::OtherWords::ignore}});
  const auto read_words = [](Keys& inner, auto& words) {
    inner.each([&](const std::string& word, const toml::node& node) {
      const auto types = inner.texts_of(node, word);
      for (const std::string& type : types) inner.check_type(node, word, type);
      words[folded_name(word)] = types;
    });
  };
  keys.table("words", [&](Keys& inner) { read_words(inner, status.words); });
  keys.table("plans", [&](Keys& inner) { read_words(inner, status.plans); });
  keys.table("dates", [&](Keys& inner) {
    inner.each([&](const std::string& type, const toml::node& node) {
      inner.check_type(node, type, type);
      status.dates[type].headers = inner.texts_of(node, type);
    });
  });
}

void read_milestone(Keys& keys, Mapping::Milestone& milestone) {
  keys.type("type", milestone.type);
  keys.column("date", milestone.date);
  keys.text("part", milestone.part);
  keys.check_slug("part", milestone.part);
  keys.require("type");
  keys.require("date");
}

void read_quantity(Keys& keys, Mapping::Quantity& quantity) {
  quantity.type = "indicator-reported";
  keys.text("measure", quantity.measure);
  keys.check_slug("measure", quantity.measure);
  keys.column("column", quantity.column);
  keys.text("unit", quantity.unit);
  keys.type("type", quantity.type);
  keys.text("period", quantity.period);
  keys.column("period_column", quantity.period_column);
  keys.text("part", quantity.part);
  keys.check_slug("part", quantity.part);
  keys.choice("accrual", quantity.accrual, {{"level", Accrual::level}, {"flow", Accrual::flow}});
  keys.choice("modality", quantity.planned, {{"planned", true}, {"actual", false}});
  keys.require("measure");
  keys.require("column");
}

void read_values(Keys& keys, std::string_view key, std::vector<Mapping::Values>& values) {
  keys.tables(key, [&](Keys& inner) {
    Mapping::Values& each = values.emplace_back();
    inner.column("column", each.column);
    inner.text("separator", each.separator);
    inner.require("column");
  });
}

void read_names(Keys& keys, Mapping& mapping) {
  keys.table("name", [&](Keys& inner) {
    inner.each([&](const std::string& language, const toml::node&) {
      inner.format(language, mapping.names.emplace_back(language, Template{}).second);
    });
  });
}

void read_known(Keys& keys, Mapping& mapping) {
  keys.table("known", [&](Keys& inner) {
    inner.column("column", mapping.known_column);
    inner.text("file_name", mapping.known_in_name);
    if (mapping.known_in_name.empty()) return;
    constexpr std::size_t kLongest = 200;
    try {
      if (mapping.known_in_name.size() <= kLongest &&
          std::regex(mapping.known_in_name).mark_count() == 1)
        return;
    } catch (const std::regex_error&) {
    }
    inner.wrong(*inner.find("file_name"), "file_name",
                "it must be a regular expression with one group",
                "write it as in 'tracker-(\\d{4}-\\d{2}-\\d{2})'");
  });
}

void read_fiscal(Keys& keys, std::string& fiscal) {
  keys.text("fiscal", fiscal);
  // A day of every year: 2023 is no leap year.
  if (!fiscal.empty() && !day_from_text("2023-" + fiscal))
    keys.wrong(*keys.find("fiscal"), "fiscal",
               "it must be the month and day of each year's beginning", "write it as in \"07-01\"");
}

void read_file(Keys& keys, Mapping& mapping) {
  keys.text("encoding", mapping.encoding);
  keys.text("sheet", mapping.sheet);
  keys.character("separator", mapping.separator, ",;\t|",
                 "use one of \",\", \";\", \"\\t\", \"|\"");
  keys.character("decimal", mapping.decimal, ".,", "use \".\" or \",\"");
  keys.choice("order", mapping.dates.order,
              {{"dmy", DayOrder::day_first}, {"mdy", DayOrder::month_first}});
  read_fiscal(keys, mapping.dates.fiscal);
  mapping.nothing = usual_nothing();
  if (keys.has("empty")) mapping.nothing.clear();
  keys.texts("empty", mapping.nothing);
  for (std::string& each : mapping.nothing) each = folded_name(each);
}

void read_description(Keys& keys, Mapping& mapping) {
  keys.table("description", [&](Keys& inner) {
    inner.text("kind", mapping.description_kind);
    inner.check_slug("kind", mapping.description_kind);
    inner.column("country", mapping.country);
    inner.column("region", mapping.region);
    inner.column("latitude", mapping.latitude);
    inner.column("longitude", mapping.longitude);
    inner.column("coordinates", mapping.coordinates);
    inner.column("geometry", mapping.geometry);
  });
  keys.table("countries", [&](Keys& inner) {
    inner.each([&](const std::string& name, const toml::node&) {
      inner.text(name, mapping.countries[folded_name(name)]);
    });
  });
  read_values(keys, "sector", mapping.sectors);
  read_values(keys, "other_name", mapping.other_names);
  read_values(keys, "address", mapping.urls);
  keys.tables("partner", [&](Keys& inner) {
    Mapping::Partner& partner = mapping.partners.emplace_back();
    partner.separator = ";";
    inner.column("column", partner.column);
    inner.text("role", partner.role);
    inner.check_slug("role", partner.role);
    inner.text("separator", partner.separator);
    inner.require("column");
  });
  keys.tables("identifier", [&](Keys& inner) {
    Mapping::Identifier& identifier = mapping.identifiers.emplace_back();
    inner.text("scheme", identifier.scheme);
    inner.column("column", identifier.column);
    inner.require("scheme");
    inner.require("column");
  });
}

void read_mapping(Keys& keys, Mapping& mapping) {
  keys.text("dataset", mapping.dataset);
  keys.check_slug("dataset", mapping.dataset);
  keys.text("source", mapping.source);
  std::string publisher;
  keys.text("publisher", publisher);
  mapping.publisher = publisher;
  keys.text("licence", mapping.licence);
  keys.format("url", mapping.url);
  read_file(keys, mapping);
  if (const toml::node* node = keys.find("key"))
    for (std::string& header : keys.texts_of(*node, "key")) mapping.key.push_back({{header}});
  keys.require("key");
  mapping.kind = "project";
  keys.text("kind", mapping.kind);
  keys.check_slug("kind", mapping.kind);
  keys.format("slug", mapping.slug);
  read_names(keys, mapping);
  keys.table("status", [&](Keys& inner) { read_status(inner, mapping.status); });
  keys.tables("milestone",
              [&](Keys& inner) { read_milestone(inner, mapping.milestones.emplace_back()); });
  keys.tables("plan", [&](Keys& inner) { read_milestone(inner, mapping.plans.emplace_back()); });
  keys.tables("quantity",
              [&](Keys& inner) { read_quantity(inner, mapping.quantities.emplace_back()); });
  read_description(keys, mapping);
  read_known(keys, mapping);
  keys.tables("skip", [&](Keys& inner) {
    Mapping::Skip& skip = mapping.skips.emplace_back();
    inner.column("column", skip.column);
    inner.texts("is", skip.is);
    for (std::string& each : skip.is) each = folded_name(each);
    inner.require("column");
    inner.require("is");
  });
}

/// What [columns] says that a name stands for takes its place.
class Aliases {
 public:
  explicit Aliases(Keys& keys) {
    keys.table("columns", [&](Keys& inner) {
      inner.each([&](const std::string& name, const toml::node& node) {
        headers_[name] = inner.texts_of(node, name);
      });
    });
  }

  void resolve(Column& column) const {
    Column resolved;
    for (std::string& header : column.headers) {
      const bool optional = header.ends_with('?');
      if (optional) header.pop_back();
      resolved.optional |= optional;
      const auto found = headers_.find(header);
      if (found == headers_.end())
        resolved.headers.push_back(header);
      else
        resolved.headers.insert(resolved.headers.end(), found->second.begin(), found->second.end());
    }
    column = std::move(resolved);
  }

 private:
  std::map<std::string, std::vector<std::string>> headers_;
};

}  // namespace

std::vector<std::string> usual_nothing() {
  return {std::begin(kNothing), std::end(kNothing)};
}

Result<Mapping> mapping_from_toml(const std::string& text, const std::string& file) {
  const auto table = toml_from_text(text, file);
  if (!table) return std::unexpected(table.error());
  Mapping mapping;
  std::optional<Error> error;
  {
    Keys keys(*table, file, "", error);
    const Aliases aliases(keys);
    read_mapping(keys, mapping);
    each_column(mapping, [&](Column& column) { aliases.resolve(column); });
  }
  if (error) return std::unexpected(std::move(*error));
  return mapping;
}

}  // namespace solnoma
