#include "tools/serve/sharing/sharing.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <algorithm>
#include <fstream>

#include "engine/base/check.hpp"
#include "tools/io/output_file.hpp"
#include "tools/serve/following/followed_log.hpp"
#include "tools/serve/following/told.hpp"
#include "tools/serve/random_hex.hpp"

namespace solnoma {
namespace {

constexpr std::chrono::milliseconds kListens{1'000};
constexpr std::chrono::milliseconds kShortRest{250};
constexpr std::chrono::milliseconds kLongRest{10'000};
/// So old may be what a machine that is up to date has heard last.
constexpr std::chrono::seconds kFresh{10};

SharedId random_id() {
  SharedId id{};
  SOLNOMA_CHECK(RAND_bytes(id.data(), static_cast<int>(id.size())) == 1);
  return id;
}

}  // namespace

Sharing::Sharing(std::unique_ptr<Places> places, std::vector<LogServer> peers, Journal& journal,
                 Clock& clock)
    : places_(std::move(places)), peers_(std::move(peers)), journal_(journal), clock_(clock) {}

Sharing::~Sharing() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  places_->give_up();
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<void> Sharing::join(Founding founding) {
  return journal_.share(*places_, random_id(), founding);
}

void Sharing::begin() {
  thread_ = std::thread([this] { run(); });
}

bool Sharing::is_ending() const {
  const std::lock_guard lock(mutex_);
  return ending_;
}

void Sharing::run() {
  while (!is_ending()) {
    const auto done = step();
    std::unique_lock lock(mutex_);
    if (done) {
      if (wrong_ && failures_ > 1) tell("hearing again what others record");
      wrong_.reset();
      failures_ = 0;
      missing_.reset();
      heard_ = clock_.now();
      continue;
    }
    const Error& error = done.error().error;
    // One call that failed is no news.
    if (failures_ == 1 || (wrong_ && wrong_->what != error.what))
      tell(fmt::format("not hearing what others record: {}{}{}", in_words(error),
                       error.remedy.empty() ? "" : "; ", error.remedy));
    wrong_ = error;
    ++failures_;
    const auto rest = error.code == Errc::unavailable ? kShortRest : kLongRest;
    changed_.wait_for(lock, rest, [&] { return ending_; });
  }
}

Outcome Sharing::step() {
  auto taken = journal_.take_in(kListens);
  if (taken) return {};
  const auto missing = journal_.missing();
  if (!missing) return refuse(taken);
  {
    const std::lock_guard lock(mutex_);
    missing_ = missing->position;
  }
  if (auto ok = copy_from_peers(*missing); !ok) return ok;
  auto again = journal_.take_in(kListens);
  if (!again) return refuse(again);
  return {};
}

/// Any of them will do: what is fetched is looked at before it is kept.
Outcome Sharing::copy_from_peers(const TreeHead& upto) {
  Outcome last =
      usage("this machine lacks events that no place has any more, and knows of no other machine",
            "name one by --peer");
  for (const LogServer& peer : peers_) {
    HttpClient client;
    for (;;) {
      auto end = copy_towards(journal_, upto, [&](const std::string& path) -> Try<std::string> {
        return fetch(client, peer, path, [this] { return is_ending(); });
      });
      if (!end) {
        Failure failure = end.error();
        failure.error.where = failure.error.where.empty()
                                  ? peer.url
                                  : fmt::format("{}, {}", peer.url, failure.error.where);
        last = std::unexpected(std::move(failure));
        break;
      }
      if (*end >= upto.position) return {};
    }
    if (is_ending()) break;
  }
  return last;
}

std::uint64_t Sharing::behind() const {
  const std::lock_guard lock(mutex_);
  const Position head = journal_.log().head();
  return missing_ && *missing_ > head ? missing_->value - head.value : 0;
}

std::optional<Instant> Sharing::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

std::uint64_t Sharing::failures() const {
  const std::lock_guard lock(mutex_);
  return failures_;
}

std::string Sharing::why_not_ready() const {
  if (const std::uint64_t missing = behind(); missing > 0)
    return fmt::format("{} events behind", missing);
  const std::lock_guard lock(mutex_);
  if (wrong_ && (!heard_ || failures_ > 1))
    return fmt::format("not hearing what others record since {}: {}",
                       heard_ ? to_string(*heard_) : "it began", in_words(*wrong_));
  if (!heard_) return "nothing was heard of the others yet";
  if (clock_.now() - *heard_ > kFresh)
    return fmt::format("nothing was heard of the others since {}", to_string(*heard_));
  return {};
}

Try<std::string> machine_name(const std::string& store) {
  constexpr std::size_t kBytes = 8;
  const std::string file = store + "/machine";
  std::string name;
  if (std::ifstream in(file); in && std::getline(in, name) && name.size() == 2 * kBytes)
    return name;
  name = random_hex(kBytes);
  auto output = OutputFile::open(file, OutputFile::Readers::owner);
  if (!output) return refuse(output);
  output->output().line(name);
  if (auto ok = output->finish(); !ok) return refuse(ok);
  return name;
}

}  // namespace solnoma
