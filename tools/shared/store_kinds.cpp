#include "tools/shared/store_kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "events/text/nearest.hpp"
#include "events/text/text.hpp"
#include "tools/import/table/toml_text.hpp"
#include "tools/io/input.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kHead = "head";

/// Refuses what stands at a place of the file.
class FileFaults {
 public:
  explicit FileFaults(std::string file) : file_(std::move(file)) {}

  [[nodiscard]] std::unexpected<Failure> wrong(const toml::node& node, std::string what,
                                               std::string remedy) const {
    return std::unexpected(
        Failure(Error{Errc::invalid, std::move(what),
                      fmt::format("{}:{}", file_, node.source().begin.line), std::move(remedy)}));
  }
  /// A name that is none of those allowed.
  [[nodiscard]] std::unexpected<Failure> unknown(const toml::node& node, std::string_view path,
                                                 std::string_view name,
                                                 const std::vector<std::string_view>& names) const {
    const auto near = nearest(name, names);
    return wrong(node, fmt::format("{}: '{}' is not known here", path, visible(name)),
                 near ? fmt::format("did you mean '{}'?", *near)
                      : fmt::format("use one of {}", fmt::join(names, ", ")));
  }

 private:
  std::string file_;
};

Try<KindWords> words_of(const toml::table& table, std::string_view path, Language language,
                        const FileFaults& faults) {
  std::vector<std::string_view> keys{kHead};
  for (const std::string& category : plural_categories(language)) keys.emplace_back(category);
  KindWords words;
  for (const auto& [key, node] : table) {
    if (std::ranges::find(keys, key.str()) == keys.end())
      return faults.unknown(node, path, key.str(), keys);
    const auto text = node.value<std::string>();
    const auto refused = [&](std::string_view what, std::string remedy) {
      return faults.wrong(node, fmt::format("{}.{}: {}", path, key.str(), what), std::move(remedy));
    };
    if (!node.is_string() || text->empty())
      return refused("it must be a text", "write a word in quotes");
    if (key.str() == kHead) {
      words.head = *text;
    } else {
      if (!text->contains("{n}"))
        return refused("it does not say where the number stands",
                       fmt::format("write it as in \"{{n}} {}\"", *text));
      words.counted.emplace(key.str(), *text);
    }
  }
  for (const std::string_view key : keys)
    if (!table.contains(key))
      return faults.wrong(table, fmt::format("{}: '{}' is missing", path, key),
                          fmt::format("say all of {}", fmt::join(keys, ", ")));
  complete(words.counted, language);
  return words;
}

Try<std::map<Language, KindWords>> languages_of(const toml::table& table, std::string_view kind,
                                                const FileFaults& faults) {
  std::vector<std::string_view> codes;
  for (const LanguageName& each : kLanguages) codes.push_back(each.code);
  std::map<Language, KindWords> all;
  for (const auto& [key, node] : table) {
    const auto language = language_from(key.str());
    if (!language) return faults.unknown(node, kind, key.str(), codes);
    const std::string path = fmt::format("{}.{}", kind, key.str());
    if (!node.is_table())
      return faults.wrong(node, path + ": it must be a table", fmt::format("write [{}]", path));
    auto words = words_of(*node.as_table(), path, *language, faults);
    if (!words) return refuse(words);
    all.emplace(*language, *std::move(words));
  }
  return all;
}

std::string file_of(const std::string& store) {
  return store + "/kinds.toml";
}

}  // namespace

std::string store_kinds_text(const std::string& store) {
  std::ifstream file(file_of(store), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Try<KindNames> read_store_kinds(const std::string& store) {
  const std::string file = file_of(store);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return KindNames{};
  auto input = Input::open(file);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto table = toml_from_text(*text, file);
  if (!table) return refuse(table);
  const FileFaults faults(file);
  KindNames kinds;
  for (const auto& [key, node] : *table) {
    const std::string kind(key.str());
    if (!is_slug(kind))
      return faults.wrong(node, fmt::format("no kind is called '{}'", visible(kind)),
                          "write it as it is recorded: lower-case letters, digits and hyphens");
    if (!node.is_table())
      return faults.wrong(node, kind + ": it must be a table",
                          fmt::format("write the words of a language under [{}.en]", kind));
    auto words = languages_of(*node.as_table(), kind, faults);
    if (!words) return refuse(words);
    kinds.emplace(kind, *std::move(words));
  }
  return kinds;
}

}  // namespace solnoma
