#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/log.hpp"
#include "tools/serve/grant.hpp"
#include "tools/time_zone.hpp"

namespace solnoma {

/// The log as whoever asks may see it, and where they are.
struct Viewer {
  Log& log;
  std::string sight;      ///< the same for all who see the same (Grant::sight)
  bool everyone = false;  ///< whoever comes sees as much: caches between may keep what is answered
  LocalDay local_day = {};  ///< in their time zone; none: the server's counts
};

/// A view of the log for each set of subjects that somebody may see. Thread-safe.
class Viewers {
 public:
  /// `log` outlives this.
  explicit Viewers(Log& log) : log_(log) {}

  /// What it refers to lives as long as this.
  [[nodiscard]] Viewer of(const Grant& grant) {
    if (grant.subjects.empty()) return {log_, ""};
    std::string sight = grant.sight();
    const std::lock_guard lock(mutex_);
    std::unique_ptr<Log>& view = views_[sight];
    if (!view)
      view = log_.seen_by([grant](std::string_view subject) { return grant.sees(subject); });
    return {*view, std::move(sight)};
  }

 private:
  Log& log_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Log>> views_;
};

}  // namespace solnoma
