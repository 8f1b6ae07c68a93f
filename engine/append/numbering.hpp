#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/ski_rental.hpp"
#include "engine/event.hpp"
#include "engine/index/revision_cache.hpp"
#include "engine/log/open_log.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Gives out positions, revisions, and numbers of subjects and sources. A request that fails is
/// taken back. One thread at a time.
class Numbering {
 public:
  struct Subject {
    SubjectNumber number;
    std::optional<Revision> revision;  // of the newest event, 0: none yet; none: not looked up
    Revision before;                   // the same when the request began that touched it last
    std::uint64_t request = 0;         // that request
  };
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const;
  };
  template <class T>
  using ByName = std::unordered_map<std::string, T, NameHash, std::equal_to<>>;
  using SubjectEntry = ByName<Subject>::value_type;

  /// What one request has changed so far.
  struct Request {
    Position before;  ///< the head when it began
    std::uint32_t subjects, sources;
    std::vector<SubjectEntry*> touched;
    std::vector<std::string> new_sources;
  };
  struct Source {
    std::uint32_t number;
    bool is_new = false;
  };

  explicit Numbering(OpenLog& log) : log_(log), revisions_(*log.index) {}

  /// Reads where the log ends. Errors: damaged_index, corrupt, io.
  [[nodiscard]] Result<void> recover();

  [[nodiscard]] Request begin();
  void revert(Request& request);

  [[nodiscard]] Position head() const { return head_; }
  /// The next position.
  Position next() { return head_ = head_.next(); }

  /// The entry of a subject that is in memory; null: it may be recorded all the same.
  [[nodiscard]] SubjectEntry* cached(std::string_view name);
  /// A subject with its newest revision; a new one gets a number. `entry` is what cached() gave.
  /// Errors: damaged_index, io.
  [[nodiscard]] Result<Subject*> subject(std::string_view name, SubjectEntry* entry,
                                         Request& request);
  /// Errors: damaged_index, io.
  [[nodiscard]] Result<Source> source(std::string_view name, Request& request);

  /// Takes the numbers of an event that another numbering has given out. Errors: damaged_index, io.
  [[nodiscard]] Result<Source> adopt(const RecordedEvent& event);
  /// Whether subjects of which events are adopted are remembered. Where they are not, subject() is
  /// not called until they are in the log, and they are again: so many come that it does not pay.
  void remember_adopted(bool remember);

  /// A subject's newest revision when the request began; 0: it was new. Errors: damaged_index,
  /// io.
  [[nodiscard]] Result<Revision> revision_before(std::string_view name, const Request& request);

  /// Drops what has grown too large. Call it between requests.
  void trim();
  /// Drops what the log can be asked for. Call it between requests.
  void forget();
  /// Drops what was read from an index that may have been damaged.
  void forget_revisions();

 private:
  Result<void> look_up_names();
  Result<Revision> newest_revision(std::string_view name, SubjectNumber number);

  OpenLog& log_;
  Position head_;
  std::uint32_t next_subject_ = 0;
  std::uint32_t next_source_ = 0;

  static constexpr std::size_t kMostCached = 1 << 20;
  ByName<Subject> subjects_;  // a cache of the names family and the index
  bool all_subjects_cached_ = false;
  SkiRental name_looks_;
  ByName<std::uint32_t> sources_;
  RevisionCache revisions_;
  std::uint64_t request_ = 0;
  bool remembers_adopted_ = true;
};

}  // namespace solnoma
