#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// The words of a log's events: titles, notes, parties, names, publishers and labels in every
/// language, by stems. Derived from the log and kept in a directory of its own: it is caught up
/// when it is opened, and made anew where it is missing, damaged, of another version or of another
/// log, which its tree head shows. Not thread-safe.
class TextIndex {
 public:
  /// `progress` is called now and then with the position reached. An index that cannot be written
  /// (it belongs to somebody else) is made in memory. Memory: some 200 MB while many events are
  /// taken in. Errors: unavailable while another process writes it; those of Log::read(); io.
  [[nodiscard]] static Result<TextIndex> open(const std::string& directory, const Log& log,
                                              const Progress& progress = {});

  TextIndex(TextIndex&&) noexcept;
  TextIndex& operator=(TextIndex&&) noexcept;
  ~TextIndex();

  /// Calls `visit` with the position of every event that has all of these words, in any of their
  /// forms, the newest first, until it returns false; the last word may be a beginning. Words as
  /// "of" are passed over beside others. Costs what is visited, not what there is. Errors: io.
  [[nodiscard]] Result<void> find(const std::string& words,
                                  const std::function<bool(Position)>& visit) const;

 private:
  struct Open;
  explicit TextIndex(std::unique_ptr<Open> open);
  std::unique_ptr<Open> open_;
};

}  // namespace solnoma
