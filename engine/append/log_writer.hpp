#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>

#include "engine/append/background.hpp"
#include "engine/append/sequencer.hpp"
#include "engine/append/shared_log.hpp"
#include "engine/event.hpp"
#include "engine/log/open_log.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Whether what is written must outlive a failure of the machine.
enum class Durability { lasting, passing };

/// The writing half of an open log: batches go to the disk here, and what derives from them
/// follows. After a failed write it takes no more, since nobody knows what the disk holds. Where
/// memory runs out before one, what was staged is forgotten. One thread at a time.
class LogWriter {
 public:
  /// `log` outlives it. Call open() first.
  LogWriter(OpenLog& log, Durability durability)
      : log_(log), durability_(durability), background_(log) {}
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  /// Finds where the log ends; derives the index again where that must be. Errors: corrupt, io.
  [[nodiscard]] Result<void> open();

  [[nodiscard]] OpenLog& log() const { return log_; }
  [[nodiscard]] Sequencer& sequencer() { return *sequencer_; }

  /// From here on what is committed is put into a place of a log that machines share, before it is
  /// written here; `shared` outlives this. Errors: as SharedLog::join(); io.
  [[nodiscard]] Result<void> share(SharedLog& shared, Founding founding);
  /// Null: the log is this store's own.
  [[nodiscard]] SharedLog* shared() const { return shared_; }

  /// While it lives, what is committed is known to the others already.
  class Known {
   public:
    explicit Known(LogWriter& writer) : writer_(writer) { writer_.set_known(true); }
    ~Known() { writer_.set_known(false); }
    Known(const Known&) = delete;
    Known& operator=(const Known&) = delete;

   private:
    LogWriter& writer_;
  };
  /// Writes a batch that was read from its place, with the mark of that. Errors: corrupt, io;
  /// then nothing of it is kept.
  [[nodiscard]] Result<void> adopt(const SharedBatch& shared);

  /// Lives while something is staged or written: where that ends by an exception, as for lack of
  /// memory, nobody knows what is staged.
  class Work {
   public:
    explicit Work(LogWriter& writer) : writer_(writer) {}
    ~Work() {
      if (std::uncaught_exceptions() > before_) writer_.interrupt();
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

   private:
    LogWriter& writer_;
    int before_ = std::uncaught_exceptions();
  };
  void interrupt() noexcept { interrupted_ = true; }
  /// Call it before the first event is staged: after an interruption begins anew where the log
  /// ends. Errors: io after a failure.
  [[nodiscard]] Result<void> ready();

  /// Errors: io after a failure; unavailable after an interruption, until ready().
  [[nodiscard]] Result<void> usable() const;
  /// The same; unavailable where this is an unfinished copy, or part of a log that is shared and
  /// was opened by itself.
  [[nodiscard]] Result<void> appendable() const;
  void set_broken(Error error) { broken_ = std::move(error); }
  [[nodiscard]] bool is_broken() const { return broken_.has_value(); }

  /// Forgets what was staged and not written. Errors: corrupt, io.
  [[nodiscard]] Result<void> restart();

  /// Up to where a copy goes that is not finished.
  void set_copying(std::optional<Position> upto) { copying_ = upto; }
  /// What is there is all that was to be copied. Errors: io.
  [[nodiscard]] Result<void> finish_copy();

  /// Writes what is staged, on disk on return where it must last, and moves the head. Errors: io;
  /// those of SharedLog::publish(), after which nothing is staged, and all is as it was.
  [[nodiscard]] Result<void> commit(Store::Batch& batch);

  /// Does what needs the index, and where that is damaged, derives it again and repeats.
  template <class Attempt>
  auto with_index(const Attempt& attempt) {
    auto result = attempt();
    if (result || result.error().code != Errc::damaged_index) return result;
    if (auto ok = rebuild({}); !ok) return decltype(result)(std::unexpected(ok.error()));
    return attempt();
  }

  /// Errors: corrupt, io; then the index is half done, and nothing can be appended.
  [[nodiscard]] Result<void> rebuild(const Progress& progress);

 private:
  template <class Step>
  auto all_or_broken(const Step& step);
  Result<void> begin_file(std::size_t file_bytes);
  Result<void> write(Store::Batch& batch);
  Result<void> follow_up();
  Result<void> write_some_derived();
  Result<void> write_lasting(Store::Batch& batch);
  Result<void> write_passing(Store::Batch& batch);
  void set_known(bool known);
  Result<void> keep_version();

  OpenLog& log_;
  Durability durability_;
  std::unique_ptr<Sequencer> sequencer_;
  std::size_t in_file_ = 0;  // how much of the log goes into the next file
  std::optional<Error> broken_;
  bool interrupted_ = false;  // what the sequencer says of what is staged is wrong
  std::optional<Position> copying_;
  bool part_ = false;  // of a shared log, by its mark
  SharedLog* shared_ = nullptr;
  bool known_ = false;           // to those who share it
  BackgroundWriter background_;  // the last of the members: its thread uses the log
};

}  // namespace solnoma
