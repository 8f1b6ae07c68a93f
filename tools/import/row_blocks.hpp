#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/day.hpp"
#include "engine/result.hpp"
#include "events/as_recorded.hpp"
#include "events/chronicle.hpp"
#include "tools/import/dates_read.hpp"
#include "tools/import/read_ahead.hpp"
#include "tools/import/refusals.hpp"
#include "tools/import/row_place.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// Rows of one input, ready to be appended: what can be said of them without the log has been.
struct RowBlock {
  struct Row {
    RowPlace place;
    std::size_t events;
    std::string original;
    bool inferred;
  };

  std::vector<Event> events;
  std::vector<Row> rows;
  std::vector<Position> expected = {};       ///< where each event must land; with same_positions
  std::vector<AsRecorded> as_recorded = {};  ///< what its line says beside each; with as_recorded
  std::size_t read = 0;                      ///< rows of the input, refused ones as well
  std::size_t bytes = 0;      ///< of the texts of the events and of the rows as they stood
  OwnedEvents prepared = {};  ///< of the events

  [[nodiscard]] std::vector<RowPlace> places() const;  ///< event by event
  [[nodiscard]] std::size_t row_of(std::size_t event) const;
};

struct RowBlockOptions {
  std::size_t events = 512;       ///< about so many together
  std::size_t bytes = 512 << 10;  ///< or about so many of their texts, whichever is there first
  bool same_positions = false;    ///< each event must say at which position it stood
  bool as_recorded = false;       ///< the same, and when; rows are lines with one event each
  bool ahead = true;              ///< the input is a file; a pipe may never go on
  Forks forks = Forks::refused;
  Day latest;  ///< nothing can be known after this day
};

/// Makes blocks of the rows of an input: those that have a problem are refused, the events of the
/// others validated and encoded. Where the first problem ends the import of a file, three threads
/// are at work: while one block is appended, the next is encoded, and the rows of the one after it
/// are read. Of up to six blocks at a time rows, events or both are in memory. One thread takes
/// them; `reader`, `refusals` and `dates` are its own until it has gone.
class RowBlocks {
 public:
  /// `input`, `name`: the number and the name of the input.
  RowBlocks(RowReader& reader, RowBlockOptions options, std::uint32_t input, std::string name,
            Refusals& refusals, DoubtfulDates& dates);

  /// The next block, or none in the end. Errors: what the reader cannot go on after; the first
  /// problem where it ends the import; then nothing follows.
  [[nodiscard]] std::optional<Result<RowBlock>> next();

 private:
  using Made = std::optional<Result<RowBlock>>;

  Made read();
  Made encode(Made read);
  Result<void> fill(RowBlock& block);
  Result<void> take(ImportRow& row, RowBlock& block);
  Result<void> prepare(RowBlock& block);
  Result<void> leave_out_invalid(RowBlock& block);
  [[nodiscard]] Result<void> check(const Exchanged& exchanged) const;

  RowReader& reader_;
  RowBlockOptions options_;
  std::uint32_t input_;
  std::string name_;
  Refusals& refusals_;
  DoubtfulDates& dates_;
  ImportRow row_;
  bool ended_ = false;   // nothing is left to read
  bool failed_ = false;  // nothing is to be taken after that
  // The last: their threads use the others, and that of the second the first.
  std::optional<ReadAhead<Result<RowBlock>>> read_ahead_, encoded_ahead_;
};

}  // namespace solnoma
