#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/engine_watched_disk.hpp"
#include "tests/support/random.hpp"

namespace solnoma::test {

/// A disk that writes down all that is done to it.
class RecordedDisk : public WatchedDisk {
 public:
  struct Recorded {
    Step step;
    std::uint64_t note;  ///< what note() had said before it
  };

  explicit RecordedDisk(const Disk& below) : WatchedDisk(below) {}

  Verdict meet(const Step& step) override {
    if (step.operation == kRead) return {};
    const std::lock_guard lock(mutex_);
    steps_.push_back({step, note_});
    return {};
  }

  /// From now on, e.g. how many events were acknowledged.
  void note(std::uint64_t value) {
    const std::lock_guard lock(mutex_);
    note_ = value;
  }

  [[nodiscard]] std::vector<Recorded> steps() const {
    const std::lock_guard lock(mutex_);
    return steps_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Recorded> steps_;
  std::uint64_t note_ = 0;
};

/// What is on a disk after a number of recorded steps, and what is left of it where the
/// program or the power fails just then. As POSIX has it: what was written to a file is safe
/// once the file is synced; what was created, renamed or removed, once the directory is.
class CrashStates {
 public:
  void apply(const Step& step);

  /// All that was written is there, and half of what was being written.
  [[nodiscard]] Disk after_stop(const Step& underway) const;
  /// Only what was synced is there.
  [[nodiscard]] Disk after_power_loss() const;
  /// What was synced is there, and of the rest what chance has it: names up to some change,
  /// files up to some length, and holes where blocks were not written in order.
  [[nodiscard]] Disk after_power_loss(Random& random) const;

 private:
  struct File {
    std::string bytes;
    std::string synced;
  };
  using Names = std::map<std::string, std::shared_ptr<File>>;
  struct NameChange {
    Step step;
    std::shared_ptr<File> file = {};  // that is created or linked
  };

  static void apply(const NameChange& change, Names& names);
  [[nodiscard]] Disk materialised(const std::map<std::string, std::string>& files) const;

  std::vector<std::string> directories_;  // taken to be safe at once
  Names names_;                           // as programs see them
  Names safe_names_;                      // as they outlive the power
  std::vector<NameChange> unsynced_;      // what lies between both, oldest first
};

}  // namespace solnoma::test
