#include "tools/serve/sharing/nats_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <thread>
#include <utility>

#include "tools/serve/sharing/forgettable.hpp"
#include "tools/serve/sharing/nats_server.hpp"
#include "tools/serve/sharing/nats_stream.hpp"
#include "tools/serve/sharing/turns.hpp"

namespace solnoma {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kAfterFailure{100};
constexpr std::chrono::milliseconds kUntilStored{3};
constexpr std::chrono::milliseconds kMonitorPatience{700};
constexpr std::chrono::seconds kUntilLookedAgain{60};
constexpr std::chrono::seconds kUntilMissingLookedFor{10};
constexpr long kShown = 200;
/// What a message has beside its content.
constexpr std::size_t kMostHeader = 4 << 10;

std::unexpected<Error> unheard(const std::string& why) {
  return fail(Errc::unavailable, "NATS does not answer: " + why,
              "look whether a majority of its servers can be reached");
}

}  // namespace

NatsPlaces::NatsPlaces(NatsOptions options) : options_(std::move(options)) {}

/// As many as a cluster of that size can spare one or two of.
std::size_t NatsPlaces::replicas() const {
  constexpr std::size_t kMost = 5;
  constexpr std::size_t kUsual = 3;
  const std::size_t servers = options_.servers.size();
  return servers >= kMost ? kMost : servers >= kUsual ? kUsual : 1;
}

Result<std::shared_ptr<NatsConnection>> NatsPlaces::connection(std::size_t server,
                                                               std::chrono::milliseconds patience) {
  {
    const std::lock_guard lock(mutex_);
    if (connection_) return connection_;
  }
  auto opened =
      NatsConnection::open(options_.servers[server], options_.access, subject(), patience);
  if (!opened) return opened;
  if ((*opened)->most() < static_cast<std::int64_t>(kMostPlaceBytes + kMostHeader))
    return fail(Errc::unsupported,
                fmt::format("{} takes messages of {} bytes at most", options_.servers[server],
                            (*opened)->most()),
                "leave its max_payload at 1 MB");
  const std::lock_guard lock(mutex_);
  server_ = server;
  connection_ = std::move(*opened);
  return connection_;
}

void NatsPlaces::leave(const std::shared_ptr<NatsConnection>& connection) {
  const std::lock_guard lock(mutex_);
  if (connection_ == connection) connection_.reset();
}

std::size_t NatsPlaces::last_server() {
  const std::lock_guard lock(mutex_);
  return server_;
}

/// By the first server that answers before patience ends. What a request does that is sent twice,
/// it does once: of two that take a place the second is refused.
Result<NatsAnswer> NatsPlaces::ask(const NatsRequest& request) {
  std::string why = "nobody answers";
  for (Turns turns(options_.patience, options_.servers.size(), last_server(), given_up_);
       turns.next();) {
    auto with = connection(turns.member(), turns.left());
    if (!with) {
      why = with.error().what;
      continue;
    }
    auto answer = (*with)->ask(request, turns.left());
    if (!answer) {
      leave(*with);
      why = answer.error().what;
      continue;
    }
    auto told = NatsAnswer::from(*answer);
    if (!told || !told->may_pass()) return told;
    why = told->words();
  }
  return unheard(why);
}

Result<NatsAnswer> NatsPlaces::ask_stream(std::string_view what, const std::string& stream,
                                          const std::string& body) {
  return ask({.subject = fmt::format("$JS.API.STREAM.{}.{}", what, stream), .body = body});
}

/// The stream of that name; `make`: it is made where it is not there. Others may do so meanwhile.
Result<NatsAnswer> NatsPlaces::find_stream(const std::string& name, const std::string& subjects,
                                           int most_a_subject, bool make) {
  auto found = ask_stream("INFO", name, {});
  const bool missing = found && found->error() == NatsAnswer::kNoStream;
  if (missing && !make)
    return fail(Errc::corrupt,
                fmt::format("the stream {}, which kept what is shared, is gone", name),
                "mend that, or begin anew with the machine that has the newest head");
  if (missing) {
    auto made =
        ask_stream("CREATE", name, stream_config(name, subjects, most_a_subject, replicas()));
    if (!made) return made;
    found = ask_stream("INFO", name, {});
    if (found && found->error() != 0 && made->error() != 0) found = std::move(made);
  }
  if (!found) return found;
  if (found->error() != 0)
    return unheard(fmt::format("of the stream {} it says: {}", name, found->words()));
  if (auto objection = objection_to_stream(*found, replicas()))
    return std::unexpected(std::move(*objection));
  return found;
}

/// Before anything is put there, and now and then from then on. What is found wrong holds for every
/// call until another look finds it right.
Result<void> NatsPlaces::prepare() {
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    again = prepared_;
    const bool is_due = steady_clock::now() >= look_again_;
    if (!is_due && objection_) return std::unexpected(*objection_);
    if (!is_due && prepared_) return {};
    if (prepared_) look_again_ = steady_clock::now() + kUntilMissingLookedFor;  // one looks
  }
  auto all_seen = look(again);
  const std::lock_guard lock(mutex_);
  look_again_ =
      steady_clock::now() + (all_seen && *all_seen ? kUntilLookedAgain : kUntilMissingLookedFor);
  if (all_seen) {
    objection_.reset();
    prepared_ = true;
    return {};
  }
  if (prepared_ && all_seen.error().code != Errc::unavailable) objection_ = all_seen.error();
  return std::unexpected(all_seen.error());
}

/// Whether all that keep the places were seen to sync; `again`: enough of them were before. Errors:
/// one does not, or the places may be lost otherwise; unavailable.
Result<bool> NatsPlaces::look(bool again) {
  std::set<std::string> seen;
  HttpClient client;
  std::string why;
  for (const std::string& monitor : options_.monitors) {
    auto told = client.call({.url = monitor + "/varz",
                             .patience = kMonitorPatience,
                             .authorities = options_.access.authorities,
                             .certificate = options_.access.certificate,
                             .certificate_key = options_.access.certificate_key,
                             .direct = true,
                             .give_up = [this] { return given_up_.load(); }});
    if (!told || told->status != kShown) {
      why = told ? fmt::format("{} answers {}", monitor, told->status) : told.error().error.what;
      continue;
    }
    auto server = nats_server_from(told->body);
    if (!server) return at(monitor, server.error());
    if (const auto objection = objection_to(*server)) return at(monitor, *objection);
    seen.insert(server->name);
  }
  if (seen.empty() && !again)
    return fail(Errc::unavailable,
                "no server of NATS shows whether it syncs what it acknowledges: " + why,
                "let each be asked at its monitoring port ('http: 8222' in its configuration)");
  auto places = find_stream(options_.stream, subject(), -1, !again);
  if (!places) return std::unexpected(places.error());
  if (auto other = find_stream(machines(), machines() + ".*", 1, !again); !other)
    return std::unexpected(other.error());
  const auto keepers = keepers_of(*places);
  const auto known = static_cast<std::size_t>(std::ranges::count_if(
      keepers, [&](const std::string& keeper) { return seen.contains(keeper); }));
  if (!again && 2 * known < keepers.size())
    return fail(Errc::unavailable,
                fmt::format("of the {} servers that keep the stream {}, {} show whether they sync",
                            keepers.size(), options_.stream, known),
                "name all of them");
  return known == keepers.size() && !seen.empty();
}

Result<Places::Answer> NatsPlaces::take(PlaceNumber place, std::string_view content) {
  if (auto ok = prepare(); !ok) return std::unexpected(ok.error());
  // 0 too is said by a header: libnats' own option takes that for none.
  const NatsRequest request{.subject = subject(),
                            .body = content,
                            .header = "Nats-Expected-Last-Sequence",
                            .value = fmt::format("{}", place.value - 1)};
  const auto end = steady_clock::now() + options_.patience;
  for (;;) {
    auto answer = ask(request);
    if (!answer) return std::unexpected(answer.error());
    if (answer->error() != 0 && !answer->is_wrong_sequence()) return unheard(answer->words());
    if (answer->error() == 0 && !answer->has("duplicate")) {
      if (answer->text({"stream"}) != options_.stream || answer->number({"seq"}) != place.value)
        return unheard("it took another place than was asked for");
      return Answer::taken;
    }
    // It refuses as soon as another asks for the place, who may not get it in the end.
    PlaceNumber next = place;
    auto any = read_stored(next, [](PlaceNumber, std::string_view) { return false; });
    if (!any) return std::unexpected(any.error());
    if (*any || steady_clock::now() >= end) return Answer::refused;
    std::this_thread::sleep_for(kUntilStored);
  }
}

Result<PlaceNumber> NatsPlaces::last() {
  if (auto ok = prepare(); !ok) return std::unexpected(ok.error());
  // A server that leads no more may not know it. To remove what no message has is agreed upon by
  // a majority, which comes before what is told then.
  auto agreed =
      ask_stream("PURGE", options_.stream, fmt::format(R"({{"filter":"{}.none"}})", subject()));
  if (!agreed) return std::unexpected(agreed.error());
  if (agreed->error() != 0) return unheard(agreed->words());
  auto stream = ask_stream("INFO", options_.stream, {});
  if (!stream) return std::unexpected(stream.error());
  if (stream->error() != 0) return unheard(stream->words());
  return PlaceNumber{stream->number({"state", "last_seq"})};
}

/// Visits those that are there from `next` on, which follows. Whether there were any.
Result<bool> NatsPlaces::read_stored(PlaceNumber& next, const PlaceVisitor& visit) {
  bool any = false;
  for (;;) {
    auto found =
        ask_stream("MSG.GET", options_.stream,
                   fmt::format(R"({{"seq":{},"next_by_subj":"{}"}})", next.value, subject()));
    if (!found) return std::unexpected(found.error());
    if (found->error() == NatsAnswer::kNoMessage) return any;
    if (found->error() != 0) return unheard(found->words());
    const PlaceNumber place{found->number({"message", "seq"})};
    if (place < next) return unheard("it gave an earlier place than was asked for");
    auto content = found->message();
    if (!content) return std::unexpected(content.error());
    any = true;
    next = place.next();
    if (!visit(place, *content)) return true;
  }
}

Result<void> NatsPlaces::read(PlaceNumber from, std::chrono::milliseconds patience,
                              const PlaceVisitor& visit) {
  if (auto ok = prepare(); !ok) return ok;
  Result<bool> any = false;
  const auto is_there = [&] {
    any = read_stored(from, visit);
    return !any || *any;
  };
  if (patience.count() > 0) {
    auto with = connection(last_server(), patience);
    const bool listened = with && (*with)->listen(patience, is_there);
    if (!listened) {
      if (with) leave(*with);
      std::this_thread::sleep_for(std::min(kAfterFailure, patience));
      is_there();
    }
  } else {
    is_there();
  }
  if (!any) return std::unexpected(any.error());
  return {};
}

/// What each machine has said. What is no number none of them has.
Result<std::vector<PlaceNumber>> NatsPlaces::needs() {
  auto stream = ask_stream("INFO", machines(), R"({"subjects_filter":">"})");
  if (!stream) return std::unexpected(stream.error());
  if (stream->error() != 0) return unheard(stream->words());
  std::vector<PlaceNumber> all;
  for (const std::string& each : stream->names({"state", "subjects"})) {
    auto found = ask_stream("MSG.GET", machines(), fmt::format(R"({{"last_by_subj":"{}"}})", each));
    if (!found) return std::unexpected(found.error());
    if (found->error() != 0) return unheard(found->words());
    auto content = found->message();
    if (!content) return std::unexpected(content.error());
    std::uint64_t upto = 0;
    const char* const end = content->data() + content->size();
    const auto read = std::from_chars(content->data(), end, upto);
    if (read.ec == std::errc{} && read.ptr == end) all.push_back(PlaceNumber{upto});
  }
  return all;
}

Result<void> NatsPlaces::forget(PlaceNumber upto) {
  if (auto ok = prepare(); !ok) return ok;
  const std::string said = fmt::format("{}", upto.value);
  NatsRequest request{.subject = machines() + "." + options_.machine, .body = said};
  // That it is there takes nothing back of what it said before.
  if (upto.value == 0) {
    request.header = "Nats-Expected-Last-Subject-Sequence";
    request.value = "0";
  }
  auto answer = ask(request);
  if (!answer) return std::unexpected(answer.error());
  if (answer->error() != 0 && !(upto.value == 0 && answer->is_wrong_sequence()))
    return unheard(answer->words());
  if (upto.value == 0) return {};
  auto all = needs();
  if (!all) return std::unexpected(all.error());
  const PlaceNumber end = forgettable(std::move(*all));
  if (end.value == 0) return {};
  auto done =
      ask_stream("PURGE", options_.stream, fmt::format(R"({{"seq":{}}})", end.next().value));
  if (!done) return std::unexpected(done.error());
  if (done->error() != 0) return unheard(done->words());
  return {};
}

}  // namespace solnoma
