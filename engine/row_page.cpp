#include "engine/row_page.hpp"

#include "engine/bytes.hpp"
#include "engine/check.hpp"
#include "engine/keys.hpp"

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
};

/// Takes the runs off the front; how many rows they have in all.
Result<std::uint64_t> take_runs(Reader& in, std::vector<Run>& runs) {
  runs.clear();
  const std::uint64_t count = in.next();
  if (!in.sound || count > kRowsPerPage) return malformed_entry();
  std::uint64_t rows = 0;
  std::uint64_t subject = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t step = in.next();
    const std::uint64_t first = in.next();
    const std::uint64_t more = in.next();
    // Each part by itself first: sums of damaged numbers wrap.
    if (step > UINT32_MAX - subject || first == 0 || first > UINT32_MAX || more == 0 ||
        more > kRowsPerPage - rows || first + more - 1 > UINT32_MAX || (i > 0 && step == 0))
      return malformed_entry();
    subject += step;
    rows += more;
    runs.push_back({SubjectNumber{static_cast<std::uint32_t>(subject)},
                    Revision{static_cast<std::uint32_t>(first)}, static_cast<std::uint32_t>(more)});
  }
  if (!in.sound) return malformed_entry();
  return rows;
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
  const std::uint64_t rows = *count;
  if (static_cast<std::uint64_t>(in.end - in.at) < rows) return malformed_entry();
  const char* kinds = in.at;
  in.at += rows;

  page.rows.resize(rows);
  Day known{0};
  const auto days = [&] { return static_cast<std::uint64_t>(unzigzag(in.next())); };
  for (Row& row : page.rows) row.known = known = in.day_after(known, days());
  for (Row& row : page.rows) row.latest = in.day_before(row.known, days());
  for (Row& row : page.rows) {
    const std::uint64_t code = in.next();
    row.earliest = code == kSameDay ? row.latest
                   : code == kOpen  ? kOpenPast
                                    : in.day_before(row.latest, code - kOpen);
    in.sound = in.sound && row.earliest <= row.latest;
  }
  std::size_t i = 0;
  for (const Run& run : page.runs) {
    std::uint64_t position = segment.first.value;
    for (const std::size_t end = i + run.rows; i < end; ++i) {
      position += in.next();
      in.sound = in.sound && position - segment.first.value < segment.events();
      page.rows[i].packed = position << 8 | static_cast<unsigned char>(kinds[i]);
      page.rows[i].supersedes = 0;
    }
  }
  const std::uint64_t superseding = in.next();
  if (!in.sound || superseding > rows) return malformed_entry();
  std::size_t run = 0;
  std::uint64_t run_begin = 0;
  std::uint64_t place = 0;
  for (std::uint64_t n = 0; n < superseding; ++n) {
    const std::uint64_t step = in.next();
    const std::uint64_t back = in.next();
    if (!in.sound || step >= rows - place) return malformed_entry();
    place += step;
    while (place >= run_begin + page.runs[run].rows) run_begin += page.runs[run++].rows;
    const std::uint64_t own = page.runs[run].first.value + (place - run_begin);
    if (back == 0 || back >= own) return malformed_entry();
    page.rows[place].supersedes = static_cast<std::uint32_t>(own - back);
  }
  if (in.at != in.end) return malformed_entry();
  return {};
}

}  // namespace solnoma
