#pragma once

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "events/exchange.hpp"
#include "tools/context.hpp"
#include "tools/io/output.hpp"
#include "tools/shared/already_recorded.hpp"
#include "tools/shared/dates_read.hpp"
#include "tools/shared/input_place.hpp"
#include "tools/shared/known_names.hpp"

namespace solnoma {

struct ImporterOptions {
  bool same_positions = false;   ///< each event must land where its input says it stood
  Forks forks = Forks::refused;  ///< whether what is superseded may be superseded again
  Day latest;                    ///< nothing can be known after this day
  std::uint64_t batch = 10'000;
};

/// Collects events from inputs and records them batch by batch. Errors name the place in the input.
class Importer {
 public:
  /// `log` outlives it, and the inputs do.
  [[nodiscard]] static Result<Importer> to(Appender& log, const ImporterOptions& options,
                                           bool progress);

  [[nodiscard]] Outcome take(Exchanged&& exchanged, const InputPlace& place);

  /// Records what is left, and takes the progress line away.
  [[nodiscard]] Outcome finish();

  [[nodiscard]] std::size_t read() const { return read_; }

  /// After finish(): what was recorded, and what whoever imports should look at, in lines.
  [[nodiscard]] Try<std::vector<std::string>> told();

 private:
  Importer(Appender& log, const ImporterOptions& options, std::uint32_t subjects, bool progress);
  Outcome flush();
  Outcome check_positions(const PreparedEvents& prepared);
  void remember(const Appended& appended);
  [[nodiscard]] std::optional<InputPlace> earlier(std::size_t index) const;
  [[nodiscard]] std::unexpected<Error> located(Error error) const;
  [[nodiscard]] Result<std::vector<Slip>> slips() const;

  ImporterOptions options_;
  Appender* log_;
  Position start_;
  std::uint32_t subjects_;  // of the log before
  // The batch.
  std::vector<Event> events_;
  std::vector<Position> expected_;
  std::vector<InputPlace> places_;
  // What was taken so far.
  std::size_t read_ = 0, recorded_ = 0, already_ = 0;
  RecordedPlaces recorded_places_;
  AlreadyRecorded already_recorded_;
  std::vector<std::pair<NameUse, std::string>> names_;  // each once, in order
  KnownNames shipped_;
  std::unordered_set<std::string> seen_names_[std::size(kNameUses)];
  DoubtfulDates dates_;
  ProgressLine progress_;
};

}  // namespace solnoma
