#include "tools/io/owned_tables.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "tools/io/input.hpp"

namespace solnoma {

Outcome each_owned_table(const std::string& file, const std::string& key, Guarded guarded,
                         const std::function<Outcome(const toml::table&)>& visit) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0 && errno == ENOENT) return {};
  const bool reading = guarded == Guarded::from_reading_too;
  const mode_t others = reading ? S_IRWXG | S_IRWXO : S_IWGRP | S_IWOTH;
  if ((status.st_mode & others) != 0)
    return usage(
        fmt::format("others than its owner may {}write {}", reading ? "read or " : "", file),
        fmt::format("chmod 600 {}, and look at what stands in it", file));
  auto input = Input::open(file);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto table = toml_from_text(*text, file);
  if (!table) return refuse(table);
  if (!table->contains(key)) return {};
  const toml::array* list = (*table)[key].as_array();
  const auto is_table = [](const toml::node& node) { return node.is_table(); };
  if (list == nullptr || !std::ranges::all_of(*list, is_table))
    return refuse(Result<void>(fail(Errc::invalid, fmt::format("{}: '{}' is no table", file, key),
                                    fmt::format("write each under [[{}]]", key))));
  for (const toml::node& node : *list)
    if (auto ok = visit(*node.as_table()); !ok) return ok;
  return {};
}

}  // namespace solnoma
