#include "tools/shared/cursor.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>

#include "tools/io/output_file.hpp"

namespace solnoma {

Try<std::optional<Cursor>> read_cursor(const std::string& path, const Log& log) {
  std::optional<Cursor> none;
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return none;
  std::ifstream file(path);
  std::string head_text, day_text;
  file >> head_text >> day_text;
  const auto head = tree_head_from(head_text);
  const auto day = day_from_text(day_text);
  const bool complete = static_cast<bool>(file);
  std::optional<ToldFile> told;
  if (ToldFile each; file >> each.bytes && file.ignore() && std::getline(file, each.path))
    told = std::move(each);
  if (!complete || !head || !day)
    return usage(fmt::format("'{}' is no cursor of a follower", path),
                 "name another file, or remove it to begin anew");
  const auto other = [&] {
    return std::unexpected(
        Failure(Error{Errc::conflict,
                      fmt::format("the cursor '{}' is of another log than this, or of more of it "
                                  "than there is",
                                  path),
                      {},
                      "name its store, or remove the cursor to begin anew"}));
  };
  if (head->position > log.head()) return other();
  const auto here = log.tree_head(head->position);
  if (!here) return refuse(here);
  if (*here != *head) return other();
  return Cursor{*head, *day, std::move(told)};
}

Outcome write_cursor(const std::string& path, const Cursor& cursor) {
  auto file = OutputFile::open(path);
  if (!file) return refuse(file);
  file->output().line(fmt::format("{} {}", to_string(cursor.head), to_string(cursor.day)));
  if (cursor.file) file->output().line(fmt::format("{} {}", cursor.file->bytes, cursor.file->path));
  return file->finish();
}

}  // namespace solnoma
