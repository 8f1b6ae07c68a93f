#pragma once

#include <map>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "tools/import/file_content.hpp"

namespace solnoma {

/// A subject as releases name it.
struct Listed {
  std::string key, subject;
  Description description;
};

/// A key that may be a new name of one that vanished.
struct Rename {
  std::string old_key, new_key;
  int score = 0;  ///< 0 to 100: how much is alike of what both are called and of where they lie
  std::string why;
};

/// Pairs that are alike, the most alike first; each key stands in one pair at most.
[[nodiscard]] std::vector<Rename> likely_renames(const std::vector<Listed>& vanished,
                                                 const std::vector<Listed>& appeared);

/// A file in which whoever imports answers "yes" or "no" to each: CSV with the columns old key, new
/// key, score, why, same.
[[nodiscard]] std::string renames_to_csv(const std::vector<Rename>& renames);

/// What was answered.
struct RenameAnswers {
  std::map<std::string, std::string> old_of_new;  ///< those that are the same
  std::vector<std::string> open;                  ///< new keys without an answer
  std::vector<std::string> not_same;              ///< new keys of those that are not
};
/// Errors: invalid; `where` is "FILE:line".
[[nodiscard]] Result<RenameAnswers> renames_from_csv(const FileContent& file);

}  // namespace solnoma
