#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tools/import/snapshot/release.hpp"

namespace solnoma {

/// What a release changed, for people to read.
class ChangeSummary {
 public:
  void add(const ReleaseChanges& changes, const std::string& subject, const std::string& name);
  void add_vanished(const std::string& subject, const std::string& name);

  /// With a table for each kind of change. Memory and length: a line for each change.
  [[nodiscard]] std::string markdown(const std::string& title) const;

 private:
  struct Line {
    std::string subject, name, what, before, now;
  };
  using Kind = ReleaseChanges::Kind;
  std::map<Kind, std::vector<Line>> changes_;
  std::vector<Line> statuses_, vanished_;
};

}  // namespace solnoma
