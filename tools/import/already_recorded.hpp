#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/log.hpp"

namespace solnoma {

/// The events of an input that were recorded before it: of these it is to be said which are
/// retracted, since to record them again does not bring them back.
class AlreadyRecorded {
 public:
  struct Retracted {
    std::string id, by;
    Position at;  ///< of what retracts it
  };

  /// Memory: a name a subject, and 16 bytes for each run of positions.
  void add(const std::string& subject, Position position);

  /// Those that a retraction withdraws of which the input itself does not tell, in the order of
  /// subjects. `before`: where the log ended before the input. Reads the rows of each subject
  /// once. Errors: corrupt, io.
  [[nodiscard]] Result<std::vector<Retracted>> retracted(const Log& log, Position before);

 private:
  void merge();
  [[nodiscard]] bool has(Position position) const;
  std::set<std::string> subjects_;
  std::vector<std::pair<Position, Position>> runs_;  // both ends included
};

}  // namespace solnoma
