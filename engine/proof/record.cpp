#include "engine/proof/record.hpp"

#include "engine/base/bytes.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kFixed = 8 + 8 + 4 + 4;

void put(std::string& record, std::string_view text) {
  put_le(record, static_cast<std::uint32_t>(text.size()));
  record += text;
}

bool take(std::string_view& rest, std::string_view& text) {
  if (rest.size() < sizeof(std::uint32_t)) return false;
  const auto size = load<std::uint32_t>(rest.data());
  rest.remove_prefix(sizeof(std::uint32_t));
  if (size > rest.size()) return false;
  text = rest.substr(0, size);
  rest.remove_prefix(size);
  return true;
}

}  // namespace

std::size_t record_size(const RecordedEvent& event) {
  const std::size_t texts = event.recorded_by.empty() ? 4 : 5;
  return kFixed + texts * sizeof(std::uint32_t) + event.subject.size() + event.source.size() +
         event.id.size() + event.payload.size() + event.recorded_by.size();
}

void append_record(std::string& record, const RecordedEvent& event) {
  put_le(record, event.position.value);
  put_le(record, static_cast<std::int64_t>(event.recorded.time_since_epoch().count()));
  put_le(record, event.revision.value);
  put_le(record, event.supersedes.value);
  put(record, event.subject);
  put(record, event.source);
  put(record, event.id);
  put(record, event.payload);
  if (!event.recorded_by.empty()) put(record, event.recorded_by);
}

std::string to_record(const RecordedEvent& event) {
  std::string record;
  record.reserve(record_size(event));
  append_record(record, event);
  return record;
}

Result<RecordedEvent> from_record(std::string_view record) {
  const auto wrong = [] { return fail(Errc::invalid, "the bytes are no record of an event"); };
  if (record.size() < kFixed) return wrong();
  RecordedEvent event{};
  event.position = Position{load<std::uint64_t>(record.data())};
  event.recorded = Instant{std::chrono::microseconds{load<std::int64_t>(record.data() + 8)}};
  event.revision = Revision{load<std::uint32_t>(record.data() + 16)};
  event.supersedes = Revision{load<std::uint32_t>(record.data() + 20)};
  std::string_view rest = record.substr(kFixed);
  if (!take(rest, event.subject) || !take(rest, event.source) || !take(rest, event.id) ||
      !take(rest, event.payload))
    return wrong();
  if (rest.empty()) return event;
  // One way to write each event: a name that is empty is left out.
  if (!take(rest, event.recorded_by) || event.recorded_by.empty() || !rest.empty()) return wrong();
  return event;
}

}  // namespace solnoma
