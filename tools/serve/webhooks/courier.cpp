#include "tools/serve/webhooks/courier.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "events/text/text.hpp"
#include "tools/serve/webhooks/hook_folder.hpp"
#include "tools/serve/webhooks/hook_post.hpp"
#include "tools/serve/webhooks/news_reader.hpp"
#include "tools/serve/webhooks/signature.hpp"

namespace solnoma {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;
using SteadyTime = SteadyClock::time_point;

// A day comes without anybody's word; so may the end of what could not be done.
constexpr std::chrono::seconds kLookForDay{15};
constexpr std::chrono::seconds kAfterError{60};
constexpr std::chrono::seconds kAfterRemoval{2};
// Letters that wait for their owner; then the hook waits, too.
constexpr std::size_t kMostDead = 1'000;
// What is passed over is written down where it is much, or after a while.
constexpr std::uint64_t kMuchPassed = 4'096;
constexpr std::chrono::seconds kPassedAfter{60};

/// A message on its way.
struct Parcel {
  std::string at;
  std::optional<HookMessage> message = {};  // of a letter: read when it is its turn
  FailedAttempts attempts = {};
  SteadyTime due;
  bool is_letter = false;
};

/// A receiver that goes away while it is written to is told of as an error, by no signal.
void block_pipe_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  (void)pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

std::string words_of(const Error& error) {
  return fmt::format("{}{}{}{}{}", error.where, error.where.empty() ? "" : ": ", error.what,
                     error.remedy.empty() ? "" : "; ", error.remedy);
}

}  // namespace

struct Courier::Impl {
  const Context& world;
  Log& log;
  const Webhook hook;
  const HookFolder folder;

  mutable std::mutex mutex;
  std::condition_variable changed;
  bool woken = false, looked_at = false, ending = false;
  SteadyTime last_moment;  // when what is on its way is broken off

  std::atomic<std::uint64_t> delivered = 0, failed = 0, dead = 0, position = 0;
  std::atomic<bool> enabled = true;

  // Of the thread:
  HookPost post;
  Checkpoint checkpoint;
  std::optional<NewsReader> news;
  std::optional<Parcel> next;   // of the news
  std::vector<Parcel> letters;  // that are delivered again
  bool letter_was_last = false;
  SteadyTime kept_at = SteadyClock::now();  // the checkpoint was written
  std::minstd_rand random{std::random_device{}()};
  std::thread thread;

  Impl(const Context& w, Log& l, const Webhook& h)
      : world(w), log(l), hook(h), folder(w.store, h.id), post(h) {}

  bool is_ending() const {
    const std::lock_guard lock(mutex);
    return ending;
  }
  bool is_too_late() const {
    const std::lock_guard lock(mutex);
    return ending && SteadyClock::now() >= last_moment;
  }

  void tell(const std::string& what) const {
    (void)std::fputs(fmt::format("solnoma: webhook '{}': {}\n", visible(hook.name), what).c_str(),
                     stderr);
  }

  /// Until there may be something to do, or `until`.
  void rest(std::optional<SteadyTime> until, bool of_log = true) {
    std::unique_lock lock(mutex);
    const auto wanted = [&] { return ending || looked_at || (of_log && woken); };
    if (until)
      changed.wait_until(lock, *until, wanted);
    else
      changed.wait(lock, wanted);
    woken = false;
  }
  /// Whether its folder may have been changed since this was asked.
  bool take_look() {
    const std::lock_guard lock(mutex);
    return std::exchange(looked_at, false);
  }

  void run() {
    block_pipe_signal();
    while (!is_ending()) {
      (void)take_look();
      auto ok = deliver();
      // A hook that was removed has no folder, and is ended in a moment.
      if (!ok) rest(SteadyClock::now() + kAfterRemoval, /*of_log=*/false);
      if (ok || is_ending()) continue;
      tell(words_of(ok.error().error) + "; it is tried again");
      rest(SteadyClock::now() + kAfterError, /*of_log=*/false);
    }
  }

  /// From what is kept, until the end, or until its folder was changed by somebody else while
  /// nothing is delivered.
  Outcome deliver() {
    auto kept = folder.checkpoint();
    if (!kept) return refuse(kept);
    checkpoint = std::move(*kept);
    position = checkpoint.position.value;
    dead = folder.dead().size();
    enabled = checkpoint.disabled.empty();
    if (!enabled) {
      rest(std::nullopt, /*of_log=*/false);
      return {};
    }
    if (auto ok = check_log(); !ok) return ok;
    auto reader = NewsReader::of(hook, world, log, checkpoint.position, checkpoint.day);
    if (!reader) return refuse(reader);
    news.emplace(std::move(*reader));
    next.reset();
    letters.clear();
    take_letters();
    while (enabled && !is_ending()) {
      if (take_look()) take_letters();
      if (auto ok = go_on(); !ok) return ok;
    }
    return enabled && !next && has_passed() ? keep_place() : Outcome{};
  }

  /// A checkpoint of another log, or of more of this one than there is, would pass over news.
  Outcome check_log() const {
    const auto other = [] {
      return refuse(Result<void>(fail(
          Errc::conflict,
          "its checkpoint is of another log than this, or of more of it than there is; remove the "
          "webhook, and add it anew with --after")));
    };
    if (checkpoint.position > log.head()) return other();
    const auto head = log.tree_head(checkpoint.head.position);
    if (!head) return refuse(head);
    if (*head != checkpoint.head) return other();
    return {};
  }

  void take_letters() {
    dead = folder.dead().size();
    for (std::string& at : folder.again()) {
      if (std::ranges::find(letters, at, &Parcel::at) != letters.end()) continue;
      letters.push_back({.at = std::move(at), .due = SteadyClock::now(), .is_letter = true});
    }
  }

  /// Sends what is due, or waits.
  Outcome go_on() {
    if (!next) {
      auto message = news->next([this] { return is_ending(); });
      if (!message) return refuse(message);
      if (*message) take(std::move(**message));
    }
    std::optional<SteadyTime> until;
    if (!next) {
      auto passed = keep_passed();
      if (!passed) return refuse(passed);
      until = *passed;
    }
    const SteadyTime now = SteadyClock::now();
    Parcel* first = next ? &*next : nullptr;
    // Many letters hold up no news: they take turns.
    const bool turn_of_news = letter_was_last && next && next->due <= now;
    for (Parcel& letter : letters)
      if (!turn_of_news && (first == nullptr || letter.due < first->due)) first = &letter;
    if (first != nullptr && first->due <= now) return send(*first);
    const auto not_after = [&](SteadyTime time) { until = until ? std::min(*until, time) : time; };
    if (first != nullptr) not_after(first->due);
    if (!next && hook.news == HookNews::changes) not_after(now + kLookForDay);
    rest(until);
    return {};
  }

  /// The next of the news, which may have been tried before the server was begun anew.
  void take(HookMessage message) {
    const std::string id = message_id(hook.id, message.at);
    next = Parcel{.at = message.at, .message = std::move(message), .due = SteadyClock::now()};
    if (checkpoint.pending.message != id) return;
    next->attempts = checkpoint.pending;
    // Whoever sets the clock holds up nothing for longer than a receiver may ask.
    next->due += std::clamp<std::chrono::microseconds>(checkpoint.pending.next - world.clock.now(),
                                                       milliseconds{0}, kLongestDelay);
  }

  Outcome send(Parcel& parcel) {
    if (!parcel.message) {
      auto letter = folder.letter_again(parcel.at);
      if (!letter) {
        tell(words_of(letter.error().error));
        forget(parcel);
        return {};
      }
      parcel.message = std::move(letter->message);
      parcel.attempts.count = 0;
    }
    letter_was_last = parcel.is_letter;
    const Instant now = world.clock.now();
    if (parcel.attempts.message.empty()) {
      parcel.attempts.message = message_id(hook.id, parcel.at);
      parcel.attempts.first = now;
    }
    const std::int64_t seconds =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    const std::string& id = parcel.attempts.message;
    const HookAnswer answer =
        post.send({"Content-Type: " + parcel.message->media_type, "webhook-id: " + id,
                   fmt::format("webhook-timestamp: {}", seconds),
                   "webhook-signature: " +
                       hook_signatures(secrets_at(hook, now), id, seconds, parcel.message->body)},
                  parcel.message->body, [this] { return is_too_late(); });
    if (answer.stopped) return {};
    switch (receipt_of(answer.status)) {
      case Receipt::acknowledged:
        ++delivered;
        return settle(parcel);
      case Receipt::gone:
        ++failed;
        return disable(fmt::format("its receiver answered {} on {}", answer.words,
                                   to_string(day_of(world.clock.now()))));
      case Receipt::failed:
        break;
    }
    ++failed;
    ++parcel.attempts.count;
    parcel.attempts.answer = answer.words;
    if (parcel.attempts.count > hook.retry.size()) return give_up(parcel);
    return wait_for_turn(parcel, answer);
  }

  /// Until the next attempt.
  Outcome wait_for_turn(Parcel& parcel, const HookAnswer& answer) {
    const Instant now = world.clock.now();
    const double jitter = std::uniform_real_distribution<double>{0, 1}(random);
    const milliseconds delay = retry_delay(hook.retry[parcel.attempts.count - 1], jitter,
                                           retry_after(answer.retry_after, now));
    parcel.due = SteadyClock::now() + delay;
    parcel.attempts.next = now + delay;
    if (parcel.is_letter) return {};
    checkpoint.pending = parcel.attempts;
    return folder.write(checkpoint);
  }

  /// It is done with, and so are those before it.
  Outcome settle(Parcel& parcel) {
    if (!parcel.is_letter) return keep_place();
    folder.settle(parcel.at);
    forget(parcel);
    return {};
  }

  Outcome give_up(Parcel& parcel) {
    if (!parcel.is_letter && dead >= kMostDead)
      return disable(
          fmt::format("{} dead letters wait: deliver them again, or drop them", kMostDead));
    const FailedAttempts& attempts = parcel.attempts;
    if (auto ok = folder.bury({.message = *parcel.message,
                               .attempts = attempts.count,
                               .answer = attempts.answer,
                               .first = attempts.first,
                               .given_up = world.clock.now()});
        !ok)
      return ok;
    ++dead;
    tell(fmt::format("{} was given up after {} attempts: {}", parcel.at, attempts.count,
                     attempts.answer));
    if (!parcel.is_letter) return keep_place();
    forget(parcel);
    return {};
  }

  void forget(const Parcel& letter) {
    const std::string at = letter.at;
    std::erase_if(letters, [&](const Parcel& each) { return each.at == at; });
  }

  Outcome disable(std::string why) {
    tell("nothing is delivered any more: " + why + "; 'solnoma webhook enable' goes on");
    checkpoint.disabled = std::move(why);
    if (next) checkpoint.pending = next->attempts;
    enabled = false;
    return folder.write(checkpoint);
  }

  /// All that was handed on is acknowledged, given up or passed over.
  Outcome keep_place() {
    next.reset();
    checkpoint.pending = {};
    checkpoint.position = news->position();
    checkpoint.day = news->day();
    // In the midst of many a head would cost more than what it guards.
    if (checkpoint.position == log.head()) {
      auto head = log.tree_head(checkpoint.position);
      if (!head) return refuse(head);
      checkpoint.head = *head;
    }
    position = checkpoint.position.value;
    kept_at = SteadyClock::now();
    return folder.write(checkpoint);
  }

  [[nodiscard]] bool has_passed() const {
    return news->position() != checkpoint.position || news->day() != checkpoint.day;
  }

  /// Writes down what was passed over, so that it need not be read again; until when that can wait.
  Try<std::optional<SteadyTime>> keep_passed() {
    position = news->position().value;
    if (!has_passed()) return std::nullopt;
    const bool much = news->position().value - checkpoint.position.value >= kMuchPassed;
    if (!much && SteadyClock::now() < kept_at + kPassedAfter) return kept_at + kPassedAfter;
    if (auto ok = keep_place(); !ok) return refuse(ok);
    return std::nullopt;
  }
};

Courier::Courier(const Context& world, Log& log, const Webhook& hook)
    : impl_(std::make_unique<Impl>(world, log, hook)) {
  impl_->thread = std::thread([this] { impl_->run(); });
}

Courier::~Courier() {
  end(milliseconds{0});
  wait();
}

void Courier::wake() {
  const std::lock_guard lock(impl_->mutex);
  impl_->woken = true;
  impl_->changed.notify_all();
}

void Courier::look_again() {
  const std::lock_guard lock(impl_->mutex);
  impl_->looked_at = true;
  impl_->changed.notify_all();
}

void Courier::end(milliseconds grace) {
  const std::lock_guard lock(impl_->mutex);
  if (!impl_->ending) impl_->last_moment = SteadyClock::now() + grace;
  impl_->ending = true;
  impl_->changed.notify_all();
}

void Courier::wait() {
  if (impl_->thread.joinable()) impl_->thread.join();
}

const Webhook& Courier::hook() const {
  return impl_->hook;
}

CourierCounts Courier::counts() const {
  const std::uint64_t head = impl_->log.head().value;
  return {.delivered = impl_->delivered,
          .failed = impl_->failed,
          .dead = impl_->dead,
          .lag = head - std::min<std::uint64_t>(impl_->position, head),
          .enabled = impl_->enabled};
}

}  // namespace solnoma
