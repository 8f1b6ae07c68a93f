#include "engine/format/row_page.hpp"

#include <algorithm>
#include <span>

#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"
#include "engine/format/malformed.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kSameDay = 0;
constexpr std::uint64_t kOpen = 1;

std::uint64_t width_code(const Row& row) {
  if (row.earliest == row.latest) return kSameDay;
  if (row.earliest == kOpenPast) return kOpen;
  SOLNOMA_CHECK(row.earliest < row.latest);
  return static_cast<std::uint64_t>(row.latest - row.earliest) + kOpen;
}

/// Reads varints until one is torn, or makes no sense; asked once at the end of each column.
struct Reader {
  const char* at;
  const char* end;
  bool sound = true;

  std::uint64_t next() {
    std::uint64_t value = 0;
    sound = take_varint(at, end, value) && sound;
    return value;
  }
  /// The day so many days after another; arithmetic on damaged numbers wraps.
  Day day_after(Day day, std::uint64_t days) {
    const auto number = static_cast<std::int64_t>(static_cast<std::uint64_t>(day.number) + days);
    sound = sound && number >= INT32_MIN && number <= INT32_MAX;
    return Day{static_cast<std::int32_t>(number)};
  }
  Day day_before(Day day, std::uint64_t days) { return day_after(day, 0 - days); }
  Day day_after_zigzag(Day day) { return day_after(day, zigzagged()); }
  Day day_before_zigzag(Day day) { return day_before(day, zigzagged()); }

  /// Passes over so many numbers, without looking at what they are.
  void skip(std::size_t count) {
    constexpr std::uint64_t kMore = 0x8080'8080'8080'8080;
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    while (count >= sizeof kMore && static_cast<std::size_t>(end - at) >= sizeof kMore) {
      const std::uint64_t ends = (~load<std::uint64_t>(at) & kMore) >> 7;
      count -= ends * kOnes >> 56;  // at most eight end here
      at += sizeof kMore;
    }
    for (; count > 0 && at != end; ++at) count -= static_cast<unsigned char>(*at) < 0x80 ? 1 : 0;
    sound = sound && count == 0;
  }

 private:
  std::uint64_t zigzagged() { return static_cast<std::uint64_t>(unzigzag(next())); }
};

/// Takes the runs off the front, and calls `visit` with each and with how many rows stand before
/// it; how many they have in all.
template <class Visit>
Result<std::uint64_t> take_runs(Reader& in, const Visit& visit) {
  const std::uint64_t count = in.next();
  if (!in.sound || count > kMostRowsPerPage) return malformed_entry();
  std::uint64_t rows = 0;
  std::uint64_t subject = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t step = in.next();
    const std::uint64_t first = in.next();
    const std::uint64_t more = in.next();
    // Each part by itself first: sums of damaged numbers wrap.
    if (step > UINT32_MAX - subject || first == 0 || first > UINT32_MAX || more == 0 ||
        more > kMostRowsPerPage - rows || first + more - 1 > UINT32_MAX || (i > 0 && step == 0))
      return malformed_entry();
    subject += step;
    visit(Run{SubjectNumber{static_cast<std::uint32_t>(subject)},
              Revision{static_cast<std::uint32_t>(first)}, static_cast<std::uint32_t>(more)},
          rows);
    rows += more;
  }
  if (!in.sound) return malformed_entry();
  return rows;
}

Result<std::uint64_t> take_runs(Reader& in, std::vector<Run>& runs) {
  runs.clear();
  return take_runs(in, [&](const Run& run, std::uint64_t) { runs.push_back(run); });
}

/// Some runs of a page that stand together.
struct Wanted {
  std::span<const Run> runs;
  std::size_t begin;  // rows before them
  std::size_t rows;   // of all runs
};

/// Reads what stands behind the runs: of every column the wanted rows, passing over the others.
///
/// Example: a page of the first segment with two runs, subject 3 (revisions 1 and 2) and subject 7
/// (revision 1), known on days 100, 110 and 90, all precise, happened 5 days before. Its columns:
///
///     kinds       k k k
///     known       zigzag 100, 10, -20    each from the row before, across runs
///     latest      zigzag 5, 5, 5         known - latest
///     earliest    0, 0, 0                as latest
///     position    0, 4 | 2               a run begins with its distance from the segment
///     supersedes  1: 1, 1                one such row: place 1, which supersedes one back
///
/// To read subject 7 alone, `begin` is 2. `known` must be added up from the front, since each
/// number counts from the row before; of the columns after it two numbers are passed over, unread.
Result<void> take_rows(Reader& in, const Wanted& wanted, const Segment& segment,
                       std::span<Row> into) {
  const std::size_t begin = wanted.begin;
  const std::size_t end = begin + into.size();
  const std::size_t after = wanted.rows - end;
  if (static_cast<std::uint64_t>(in.end - in.at) < wanted.rows) return malformed_entry();
  const char* kinds = in.at + begin;
  in.at += wanted.rows;

  Day known{0};
  for (std::size_t i = 0; i < begin; ++i) known = in.day_after_zigzag(known);
  for (Row& row : into) row.known = known = in.day_after_zigzag(known);
  in.skip(after + begin);
  for (Row& row : into) row.latest = in.day_before_zigzag(row.known);
  in.skip(after + begin);
  for (Row& row : into) {
    const std::uint64_t code = in.next();
    row.earliest = code == kSameDay ? row.latest
                   : code == kOpen  ? kOpenPast
                                    : in.day_before(row.latest, code - kOpen);
    in.sound = in.sound && row.earliest <= row.latest;
  }
  in.skip(after + begin);
  std::size_t i = 0;
  for (const Run& run : wanted.runs) {
    std::uint64_t position = segment.first.value;
    for (const std::size_t run_end = i + run.rows; i < run_end; ++i) {
      position += in.next();
      in.sound = in.sound && position - segment.first.value < segment.events();
      into[i].packed = position << 8 | static_cast<unsigned char>(kinds[i]);
      into[i].supersedes = 0;
    }
  }
  in.skip(after);

  const std::uint64_t superseding = in.next();
  if (!in.sound || superseding > wanted.rows) return malformed_entry();
  std::size_t run = 0;
  std::uint64_t run_begin = begin;
  std::uint64_t place = 0;
  for (std::uint64_t n = 0; n < superseding; ++n) {
    const std::uint64_t step = in.next();
    const std::uint64_t back = in.next();
    if (!in.sound || step >= wanted.rows - place) return malformed_entry();
    place += step;
    if (place >= end) break;
    if (place < begin) continue;
    while (place >= run_begin + wanted.runs[run].rows) run_begin += wanted.runs[run++].rows;
    const std::uint64_t own = wanted.runs[run].first.value + (place - run_begin);
    if (back == 0 || back >= own) return malformed_entry();
    into[place - begin].supersedes = static_cast<std::uint32_t>(own - back);
  }
  return {};
}

}  // namespace

std::string encode_rows(const RowPage& page, const Segment& segment) {
  std::string bytes;
  store_varint(bytes, page.runs.size());
  SubjectNumber subject{0};
  for (const Run& run : page.runs) {
    store_varint(bytes, run.subject.value - subject.value);
    store_varint(bytes, run.first.value);
    store_varint(bytes, run.rows);
    subject = run.subject;
  }
  for (const Row& row : page.rows) bytes.push_back(static_cast<char>(row.kind()));
  Day known{0};
  for (const Row& row : page.rows) {
    store_varint(bytes, zigzag(row.known - known));
    known = row.known;
  }
  for (const Row& row : page.rows) store_varint(bytes, zigzag(row.known - row.latest));
  for (const Row& row : page.rows) store_varint(bytes, width_code(row));
  std::size_t i = 0;
  for (const Run& run : page.runs) {
    std::uint64_t before = segment.first.value;
    for (const std::size_t end = i + run.rows; i < end; ++i) {
      store_varint(bytes, page.rows[i].position().value - before);
      before = page.rows[i].position().value;
    }
  }
  std::uint64_t count = 0;
  for (const Row& row : page.rows) count += row.supersedes != 0 ? 1 : 0;
  store_varint(bytes, count);
  std::size_t last = 0;
  i = 0;
  for (const Run& run : page.runs) {
    for (std::uint32_t n = 0; n < run.rows; ++n, ++i) {
      if (page.rows[i].supersedes == 0) continue;
      store_varint(bytes, i - last);
      store_varint(bytes, run.first.value + n - page.rows[i].supersedes);
      last = i;
    }
  }
  return bytes;
}

Result<void> decode_runs(std::string_view bytes, std::vector<Run>& runs) {
  Reader in{bytes.data(), bytes.data() + bytes.size()};
  auto rows = take_runs(in, runs);
  if (!rows) return std::unexpected(rows.error());
  return {};
}

Result<void> decode_rows(std::string_view bytes, const Segment& segment, RowPage& page) {
  page.rows.clear();
  Reader in{bytes.data(), bytes.data() + bytes.size()};
  const auto count = take_runs(in, page.runs);
  if (!count) return std::unexpected(count.error());
  page.rows.resize(*count);
  if (auto ok = take_rows(in, {page.runs, 0, *count}, segment, page.rows); !ok) return ok;
  if (in.at != in.end) return malformed_entry();
  return {};
}

Result<std::optional<Run>> decode_run(std::string_view bytes, const Segment& segment,
                                      SubjectNumber subject, std::vector<Row>& rows, Run* last) {
  Reader in{bytes.data(), bytes.data() + bytes.size()};
  std::optional<Run> found;
  std::size_t begin = 0;
  Run newest;
  const auto count = take_runs(in, [&](const Run& run, std::uint64_t rows_before) {
    newest = run;
    if (run.subject != subject) return;
    found = run;
    begin = rows_before;
  });
  if (!count) return std::unexpected(count.error());
  if (last != nullptr) *last = newest;
  if (!found) return found;
  const std::size_t before = rows.size();
  rows.resize(before + found->rows);
  auto ok = take_rows(in, {{&*found, 1}, begin, *count}, segment, std::span(rows).subspan(before));
  if (!ok) return std::unexpected(ok.error());
  return found;
}

}  // namespace solnoma
