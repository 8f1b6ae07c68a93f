#include "events/codec.hpp"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <fmt/format.h>

#include <algorithm>

#include "engine/frame.hpp"
#include "events/codec_data.hpp"
#include "events/edtf.hpp"
#include "events/event_type.hpp"

namespace solnoma {
namespace {

std::string_view view(capnp::Text::Reader reader) {
  return {reader.begin(), reader.size()};
}

std::unexpected<Error> corrupt(const kj::Exception& exception) {
  return fail(Errc::corrupt,
              fmt::format("an event cannot be decoded: {}", exception.getDescription().cStr()),
              "restore from a backup");
}

/// Runs `read` on the root of a canonical message; Cap'n Proto's exceptions end here.
template <class Read>
auto with_event(std::string_view payload, Read read)
    -> Result<decltype(read(schema::Event::Reader{}))> {
  using Value = decltype(read(schema::Event::Reader{}));
  Result<Value> result;
  const auto exception = kj::runCatchingExceptions([&] {
    const kj::ArrayPtr<const capnp::word> segment(
        reinterpret_cast<const capnp::word*>(payload.data()), payload.size() / sizeof(capnp::word));
    const kj::ArrayPtr<const capnp::word> segments[] = {segment};
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1));
    result = read(message.getRoot<schema::Event>());
  });
  KJ_IF_MAYBE (caught, exception) return corrupt(*caught);
  return result;
}

}  // namespace

Result<std::string> encode(const Event& event) {
  // Most events fit into the scratch space: no allocation for the message itself.
  capnp::word scratch[256];
  std::fill(std::begin(scratch), std::end(scratch), capnp::word{});
  capnp::MallocMessageBuilder message(kj::arrayPtr(scratch, std::size(scratch)));
  auto root = message.initRoot<schema::Event>();
  root.setType(event.type);
  if (!event.occurred.empty()) root.setOccurred(event.occurred);
  root.setKnown(event.known.number);
  if (!event.supersedes.empty()) root.setSupersedes(event.supersedes);
  if (!event.supersedes_source.empty()) root.setSupersedesSource(event.supersedes_source);
  write_data(event, root.initData());
  const kj::Array<capnp::word> canonical = capnp::canonicalize(root.asReader());
  const auto bytes = canonical.asBytes();
  if (bytes.size() > kMaxPayload)
    return fail(Errc::invalid,
                fmt::format("the event has {} bytes, more than {}", bytes.size(), kMaxPayload),
                "shorten its texts");
  return std::string(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
}

Result<StoredEvent> decode(const RecordedEvent& recorded) {
  return with_event(recorded.payload, [&](schema::Event::Reader root) {
    StoredEvent stored{{}, recorded.position, recorded.revision, recorded.recorded};
    Event& event = stored.event;
    event.id = recorded.id;
    event.source = recorded.source;
    event.subject = recorded.subject;
    event.type = view(root.getType());
    event.occurred = view(root.getOccurred());
    event.known = Day{root.getKnown()};
    event.supersedes = view(root.getSupersedes());
    event.supersedes_source = view(root.getSupersedesSource());
    read_data(root.getData(), event);
    return stored;
  });
}

Result<Mark> index_payload(std::string_view payload) {
  auto mark = with_event(payload, [](schema::Event::Reader root) {
    return mark_of(view(root.getType()), static_cast<Modality>(root.getData().getModality()),
                   view(root.getOccurred()), Day{root.getKnown()});
  });
  if (!mark) return std::unexpected(mark.error());
  if (!*mark) {
    Error error = mark->error();
    error.code = Errc::corrupt;
    return std::unexpected(error);
  }
  return *mark;
}

Result<Mark> mark_of(std::string_view type, Modality modality, std::string_view occurred,
                     Day known) {
  const bool planned = modality == Modality::planned;
  Mark mark{{kOpenPast, kOpenFuture}, known, row_kind(type_code(type), planned)};
  if (!occurred.empty()) {
    auto edtf = parse_edtf(occurred);
    if (!edtf) return at("occurred", edtf.error());
    mark.bounds = edtf->bounds;
  }
  if (planned) return mark;  // a target may lie ahead, or be missing
  if (is_calendar_day(mark.bounds.earliest) && mark.bounds.earliest > known)
    return at("occurred",
              Error{Errc::invalid,
                    fmt::format("it happened on {} at the earliest, after it was known on {}",
                                to_string(mark.bounds.earliest), to_string(known)),
                    {},
                    "correct one of the dates, or record it as planned"});
  mark.bounds.latest = std::min(mark.bounds.latest, known);
  return mark;
}

}  // namespace solnoma
