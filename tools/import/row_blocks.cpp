#include "tools/import/row_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "tools/import/event_number.hpp"
#include "tools/import/text_bytes.hpp"

namespace solnoma {

std::vector<RowPlace> RowBlock::places() const {
  std::vector<RowPlace> places;
  places.reserve(events.size());
  for (const Row& row : rows) places.insert(places.end(), row.events, row.place);
  return places;
}

std::size_t RowBlock::row_of(std::size_t event) const {
  std::size_t row = 0;
  for (std::size_t end = rows[0].events; end <= event; end += rows[++row].events) {
  }
  return row;
}

RowBlocks::RowBlocks(RowReader& reader, RowBlockOptions options, std::uint32_t input,
                     std::string name, Refusals& refusals, DoubtfulDates& dates)
    : reader_(reader),
      options_(options),
      input_(input),
      name_(std::move(name)),
      refusals_(refusals),
      dates_(dates) {
  // A row that the log refuses is told to the reader: then that cannot be ahead.
  if (!options_.ahead || !refusals_.first_ends()) return;
  read_ahead_.emplace([this] { return read(); });
  encoded_ahead_.emplace([this] { return encode(read_ahead_->next()); });
}

std::optional<Result<RowBlock>> RowBlocks::next() {
  if (failed_) return std::nullopt;
  Made made = encoded_ahead_ ? encoded_ahead_->next() : encode(read());
  failed_ = made && !*made;
  return made;
}

RowBlocks::Made RowBlocks::read() {
  if (ended_) return std::nullopt;
  RowBlock block;
  if (auto ok = fill(block); !ok) {
    ended_ = true;
    return std::unexpected(ok.error());
  }
  if (ended_ && block.read == 0 && block.events.empty()) return std::nullopt;
  return block;
}

RowBlocks::Made RowBlocks::encode(Made read) {
  if (!read || !*read) return read;
  if (auto ok = prepare(**read); !ok) return std::unexpected(ok.error());
  return read;
}

Result<void> RowBlocks::fill(RowBlock& block) {
  block.events.reserve(options_.events);
  while (block.events.size() < options_.events && block.bytes < options_.bytes) {
    auto more = reader_.next(row_);
    if (!more)
      return at(row_.line == 0 ? name_ : fmt::format("{}:{}", name_, row_.line), more.error());
    if (!*more) {
      ended_ = true;
      return {};
    }
    if (auto ok = take(row_, block); !ok) return ok;
  }
  return {};
}

Result<void> RowBlocks::take(ImportRow& row, RowBlock& block) {
  if (!row.inferred) ++block.read;
  RowBlock::Row taken{{input_, static_cast<std::uint32_t>(row.entry), row.line},
                      row.events.size(),
                      std::move(row.original),
                      row.inferred};
  const auto place = [&] { return text_of(taken.place, name_); };
  std::optional<AsRecorded> as_recorded;
  if (options_.as_recorded && row.problems.empty()) {
    if (auto read = as_recorded_from_json(taken.original))
      as_recorded = *read;
    else
      row.problems.push_back(problem_of(read.error()));
  }
  for (const Exchanged& exchanged : row.events)
    if (auto ok = check(exchanged); !ok) row.problems.push_back(problem_of(ok.error()));
  if (!row.problems.empty()) return refusals_.add(place(), taken.original, row.problems, reader_);
  for (Exchanged& exchanged : row.events) {
    dates_.add(exchanged.event, place);
    block.bytes += text_bytes(exchanged.event);
    block.events.push_back(std::move(exchanged.event));
    if (options_.same_positions) block.expected.push_back(exchanged.position.value_or(Position{0}));
  }
  if (as_recorded) {
    block.expected.push_back(as_recorded->position);
    block.as_recorded.push_back(*as_recorded);
    taken.original.clear();
  }
  block.bytes += taken.original.size();
  block.rows.push_back(std::move(taken));
  return {};
}

Result<void> RowBlocks::check(const Exchanged& exchanged) const {
  const Known known = known_of(exchanged.event);
  if (first_day(known) > options_.latest)
    return std::unexpected(after_today(known, options_.latest));
  if (options_.same_positions && !exchanged.position)
    return fail(Errc::invalid, "it does not say its position", "import it without --expect same");
  return {};
}

Result<void> RowBlocks::prepare(RowBlock& block) {
  auto prepared = solnoma::prepare(block.events, options_.forks);
  if (!prepared && !refusals_.first_ends()) {
    if (auto ok = leave_out_invalid(block); !ok) return ok;
    prepared = solnoma::prepare(block.events, options_.forks);
  }
  if (!prepared) {
    Error error = prepared.error();
    const auto event = take_event_number(error);
    if (!event) return std::unexpected(std::move(error));
    return at(text_of(block.rows[block.row_of(*event)].place, name_), error);
  }
  block.prepared = std::move(*prepared);
  return {};
}

/// Each row by itself: those of which an event breaks a rule are refused.
Result<void> RowBlocks::leave_out_invalid(RowBlock& block) {
  RowBlock valid;
  valid.read = block.read;
  std::size_t next = 0;
  for (RowBlock::Row& row : block.rows) {
    const std::span<Event> own(block.events.data() + next, row.events);
    std::vector<Problem> problems;
    for (const Event& event : own)
      if (auto prepared = solnoma::prepare({&event, 1}, options_.forks); !prepared) {
        Error error = prepared.error();
        (void)take_event_number(error);
        problems.push_back(problem_of(std::move(error)));
      }
    if (problems.empty()) {
      std::ranges::move(own, std::back_inserter(valid.events));
      const auto begin = static_cast<std::ptrdiff_t>(next);
      if (!block.expected.empty())
        std::copy_n(block.expected.begin() + begin, row.events, std::back_inserter(valid.expected));
      if (!block.as_recorded.empty())
        std::copy_n(block.as_recorded.begin() + begin, row.events,
                    std::back_inserter(valid.as_recorded));
    } else if (auto ok = refusals_.add(text_of(row.place, name_), row.original, problems, reader_);
               !ok) {
      return ok;
    }
    next += row.events;
    if (problems.empty()) valid.rows.push_back(std::move(row));
  }
  block = std::move(valid);
  return {};
}

}  // namespace solnoma
