#include "events/codec.hpp"

#include <capnp/any.h>
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/wire/capnp_text.hpp"
#include "events/wire/codec_data.hpp"

namespace solnoma {
namespace {

std::unexpected<Error> corrupt(std::string_view reason) {
  return fail(Errc::corrupt, fmt::format("an event cannot be decoded: {}", reason),
              "restore from a backup");
}

/// False for the open ends too: what has no name as YYYY-MM-DD.
constexpr bool has_name(Day day) {
  using namespace std::chrono;
  constexpr sys_days kFirst = year{-9999} / January / 1;
  constexpr sys_days kLast = year{9999} / December / 31;
  return day.number >= kFirst.time_since_epoch().count() &&
         day.number <= kLast.time_since_epoch().count();
}

/// Runs `read`, which returns a Result, on the root of a canonical message; Cap'n Proto's
/// exceptions end here.
template <class Read>
auto with_event(std::string_view payload, Read read) -> decltype(read(schema::Event::Reader{})) {
  decltype(read(schema::Event::Reader{})) result;
  const auto exception = kj::runCatchingExceptions([&] {
    const kj::ArrayPtr<const capnp::word> segment(
        reinterpret_cast<const capnp::word*>(payload.data()), payload.size() / sizeof(capnp::word));
    const kj::ArrayPtr<const capnp::word> segments[] = {segment};
    // A canonical message says nothing twice. A damaged one could hold a list of millions
    // of empty structs in a few bytes: no more is read of it than a sound one can have.
    capnp::ReaderOptions options;
    options.traversalLimitInWords = 2 * segment.size() + 64;
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1), options);
    result = read(message.getRoot<schema::Event>());
  });
  KJ_IF_MAYBE (caught, exception) return corrupt(reason_of(*caught));
  return result;
}

/// Memory that most events fit into, so that none is allocated for their messages.
struct Scratch {
  capnp::word words[256];

  kj::ArrayPtr<capnp::word> zeroed(std::size_t count) {
    std::memset(static_cast<void*>(words), 0, count * sizeof(capnp::word));
    return {words, count};
  }
};

static_assert(static_cast<int>(Precision::year) == static_cast<int>(schema::Precision::YEAR));

void add_canonical(const Event& event, std::string& to) {
  static thread_local Scratch built;
  static thread_local Scratch canonical;
  capnp::MallocMessageBuilder message(built.zeroed(std::size(built.words)));
  auto root = message.initRoot<schema::Event>();
  root.setType(as_capnp(event.type));
  if (!event.occurred.empty()) root.setOccurred(as_capnp(event.occurred));
  root.setKnown(event.known.number);
  root.setKnownPrecision(static_cast<schema::Precision>(event.known_precision));
  if (!event.supersedes.empty()) root.setSupersedes(as_capnp(event.supersedes));
  if (!event.supersedes_source.empty()) root.setSupersedesSource(as_capnp(event.supersedes_source));
  write_data(event, root.initData());

  // capnp::canonicalize() without its allocations and its check of itself.
  const auto reader = root.asReader();
  const std::size_t size = reader.totalSize().wordCount + 1;
  kj::Array<capnp::word> large;
  kj::ArrayPtr<capnp::word> space;
  if (size <= std::size(canonical.words)) {
    space = canonical.zeroed(size);
  } else {
    large = kj::heapArray<capnp::word>(size);
    std::memset(static_cast<void*>(large.begin()), 0, size * sizeof(capnp::word));
    space = large;
  }
  capnp::FlatMessageBuilder flat(space);
  flat.initRoot<capnp::AnyPointer>().setCanonicalAs<schema::Event>(reader);
  const auto bytes = flat.getSegmentsForOutput()[0].asBytes();
  to.append(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
}

}  // namespace

Result<std::string> encode(const Event& event) {
  std::string payload;
  if (auto ok = encode(event, payload); !ok) return std::unexpected(ok.error());
  return payload;
}

Result<void> encode(const Event& event, std::string& to) {
  constexpr const char* kRemedy = "shorten its texts";
  const std::size_t before = to.size();
  const auto exception = kj::runCatchingExceptions([&] { add_canonical(event, to); });
  const std::size_t size = to.size() - before;
  KJ_IF_MAYBE (caught, exception) {  // a text of half a gigabyte, say
    to.resize(before);
    return fail(Errc::invalid, fmt::format("the event cannot be encoded: {}", reason_of(*caught)),
                kRemedy);
  }
  if (size > kMaxPayload) {
    to.resize(before);
    return fail(Errc::invalid,
                fmt::format("the event has {} bytes, more than {}", size, kMaxPayload), kRemedy);
  }
  return {};
}

Result<StoredEvent> decode(const RecordedEvent& recorded) {
  return with_event(recorded.payload, [&](schema::Event::Reader root) -> Result<StoredEvent> {
    StoredEvent stored{{},
                       recorded.position,
                       recorded.revision,
                       recorded.recorded,
                       std::string(recorded.recorded_by)};
    Event& event = stored.event;
    event.id = recorded.id;
    event.source = recorded.source;
    event.subject = recorded.subject;
    event.type = as_view(root.getType());
    event.occurred = as_view(root.getOccurred());
    event.known = Day{root.getKnown()};
    if (!has_name(event.known)) return corrupt("the day it became known is in no calendar");
    if (root.getKnownPrecision() > schema::Precision::YEAR)
      return at("known", Error{Errc::unsupported,
                               "its precision was recorded by a newer program",
                               {},
                               "upgrade this program"});
    event.known_precision = static_cast<Precision>(root.getKnownPrecision());
    event.supersedes = as_view(root.getSupersedes());
    event.supersedes_source = as_view(root.getSupersedesSource());
    if (auto ok = read_data(root.getData(), event); !ok) return std::unexpected(ok.error());
    return stored;
  });
}

Result<Dating> index_payload(std::string_view payload) {
  return with_event(payload, [](schema::Event::Reader root) -> Result<Dating> {
    const auto modality = read_modality(root.getData());
    if (!modality) return std::unexpected(modality.error());
    auto dating = dating_of(as_view(root.getType()), *modality, as_view(root.getOccurred()),
                            Day{root.getKnown()}, root.getData().getQuantities().size() > 0);
    if (!dating) return at(dating.error().where, corrupt(dating.error().what).error());
    return dating;
  });
}

Result<PlanTerms> read_plan_terms(std::string_view payload) {
  return with_event(payload, [](schema::Event::Reader root) -> Result<PlanTerms> {
    const auto data = root.getData();
    return PlanTerms{as_view(root.getType()), as_view(data.getPart()),
                     data.getFulfils().size() > 0};
  });
}

Result<Dating> dating_of(std::string_view type, Modality modality, std::string_view occurred,
                         Day known, bool measured) {
  if (!has_name(known))
    return at("known", Error{Errc::invalid,
                             "it lies outside the years -9999 to 9999",
                             {},
                             "give the day on which the source was published"});
  const bool planned = modality == Modality::planned;
  Dating dating{{kOpenPast, kOpenFuture}, known, row_kind(type_code(type), planned, measured)};
  if (!occurred.empty()) {
    auto edtf = parse_edtf(occurred);
    if (!edtf) return at("occurred", edtf.error());
    dating.bounds = edtf->bounds;
  }
  if (planned) return dating;  // a target may lie ahead, or be missing
  if (is_calendar_day(dating.bounds.earliest) && dating.bounds.earliest > known)
    return at("occurred",
              Error{Errc::invalid,
                    fmt::format("it happened on {} at the earliest, after it was known on {}",
                                to_string(dating.bounds.earliest), to_string(known)),
                    {},
                    "correct one of the dates, or record it as planned"});
  dating.bounds.latest = std::min(dating.bounds.latest, known);
  return dating;
}

}  // namespace solnoma
