#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/engine_fixture.hpp"

namespace solnoma::sim {

/// How large batches are at most.
struct Sizes {
  int events = 5;
  int text = 60;  ///< bytes an event
};

/// The batch that follows a log of `head` events: its size and all in it follow from that.
/// Some events correct an earlier one.
[[nodiscard]] std::vector<test::Draft> batch_after(std::uint64_t head, const Sizes& sizes = {});

/// What stands in the log is such batches, one after the other and in full.
void check_batches(const std::vector<test::Seen>& events, const Sizes& sizes = {});

/// Of every n-th place that could be tried, a test tries one; SOLNOMA_STRIDE=1 tries all.
[[nodiscard]] int stride(int usual);

/// Four events to a segment and two segments to the next: a story merges those of 4 to 64.
inline constexpr Layout kLayoutOfStory{2, 1};
inline constexpr const char* kStore = "/store";
inline constexpr const char* kBackup = "/backup";
inline constexpr const char* kRestored = "/restored";

/// The life of a store under a program that is started again whenever something fails:
/// appends, restarts, files flushed and compacted, a backup, its continuation and what
/// is restored from it, a rebuild, and readers beside it.
class Story {
 public:
  explicit Story(Disk disk) : disk_(std::move(disk)) {}

  void tell();

  /// Called with what is acknowledged, as soon as it is.
  std::function<void(std::uint64_t)> on_acknowledged;

  [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_; }
  /// Nothing beyond this was ever tried.
  [[nodiscard]] std::uint64_t attempted() const { return attempted_; }
  [[nodiscard]] const std::vector<Error>& errors() const { return errors_; }

 private:
  bool create();
  bool open();
  void append(int batches);
  void flush();
  void rebuild();
  void back_up();
  void restore();
  void copy(const Log& from, const char* directory);
  void read();
  bool failed(const Error& error);

  Disk disk_;
  test::ManualClock clock_;
  std::unique_ptr<Journal> journal_;
  std::uint64_t acknowledged_ = 0, attempted_ = 0;
  std::vector<Error> errors_;
};

/// Stores that hold the first events of the story, and to which nothing ever happened.
class Untouched {
 public:
  /// Every key and value of the families, but the notes in `meta`.
  [[nodiscard]] const std::array<test::Entries, kFamilies>& entries(std::uint64_t head);

 private:
  std::map<std::uint64_t, std::array<test::Entries, kFamilies>> known_;
};

/// After whatever happened to the story: what is recovered are whole batches, acknowledged <=
/// recovered <= attempted; the store holds what an untouched one does, and goes on as that
/// would; and the copies, backed up or restored, say so where they are half, and are finished.
void check_promises(const Disk& disk, std::uint64_t acknowledged, std::uint64_t attempted,
                    Untouched& untouched);

}  // namespace solnoma::sim
