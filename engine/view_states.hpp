#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/disk.hpp"
#include "engine/log.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// What a materialized view keeps on disk beside a log: the position up to which the log was
/// folded, and for each subject the state that came of it, as bytes. A cache and never the truth:
/// what does not belong to the log as it stands is thrown away when it is opened, and what a
/// crash takes is folded again. One thread at a time; one process at a time has it open.
class ViewStates {
 public:
  /// What a subject's state is from now on; nullopt: it has none.
  struct Change {
    std::string subject;
    std::optional<std::string> state;
  };

  /// Opens what stands in `directory`, which is made where it is missing. It is empty, and
  /// position() is 0, where it was saved with another `version`, of a log that is not a beginning
  /// of `log` (by its tree head), or is damaged. `log` outlives it. Costs at most what
  /// Log::tree_head() does. Errors: unavailable (in use, not permitted); corrupt, io.
  [[nodiscard]] static Result<ViewStates> open(const Disk& disk, const std::string& directory,
                                               std::string_view version, const Log& log);
  ViewStates(ViewStates&&) noexcept;
  ViewStates& operator=(ViewStates&&) noexcept;
  ~ViewStates();

  /// The events up to here are folded in. 0: none is.
  [[nodiscard]] Position position() const;

  /// Errors: damaged_index (delete the directory), io.
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view subject) const;

  /// States of subjects whose names begin with `prefix`, in byte order of the names, until `visit`
  /// returns false. Views live until it returns. Errors: as get().
  [[nodiscard]] Result<void> each(
      std::string_view prefix,
      const std::function<bool(std::string_view subject, std::string_view state)>& visit) const;

  /// Saves what the events up to `upto` have changed, and that they are folded in: all of it or
  /// nothing. Precondition: position() <= upto <= log.head(). Errors: io.
  [[nodiscard]] Result<void> save(Position upto, std::span<const Change> changes);

  /// Saves a part of what has changed since position 0, which stays position(): interrupted, it
  /// begins anew. Precondition: position() is 0. Errors: io.
  [[nodiscard]] Result<void> save_part(std::span<const Change> changes);

 private:
  struct Impl;
  explicit ViewStates(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
