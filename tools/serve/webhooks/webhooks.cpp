#include "tools/serve/webhooks/webhooks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "tools/io/directory_lock.hpp"
#include "tools/io/file_state.hpp"
#include "tools/serve/webhooks/courier.hpp"
#include "tools/serve/webhooks/hook_folder.hpp"

namespace solnoma {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook{1'000};
constexpr milliseconds kGrace{3'000};

/// The text of a label, as Prometheus has it.
std::string label(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

struct Webhooks::Impl {
  const Context& world;
  Log& log;
  const std::string file;
  FileState seen;
  std::vector<Webhook> first;       // that are begun with
  std::optional<Instant> next_end;  // of an old secret that the file has

  mutable std::mutex mutex;  // of couriers and ending
  std::vector<std::shared_ptr<Courier>> couriers;
  bool ending = false;
  std::condition_variable ended;
  std::thread watcher;

  Impl(const Context& w, Log& l) : world(w), log(l), file(webhook_file(w.store)) {}

  [[nodiscard]] std::vector<std::shared_ptr<Courier>> all() const {
    const std::lock_guard lock(mutex);
    return couriers;
  }

  void watch() {
    std::unique_lock lock(mutex);
    while (!ended.wait_for(lock, kLook, [this] { return ending; })) {
      lock.unlock();
      look();
      lock.lock();
    }
  }

  void look() {
    forget_ended();
    const FileState now(file);
    if (now == seen) return;
    seen = now;
    auto hooks = read_webhooks(file);
    if (hooks) {
      take(std::move(*hooks));
      return;
    }
    const Error& error = hooks.error().error;
    (void)std::fputs(
        fmt::format("solnoma: {}{}{}; webhooks stay as they were until then: {}\n", error.where,
                    error.where.empty() ? "" : ": ", error.what, error.remedy)
            .c_str(),
        stderr);
  }

  /// Takes old secrets out of the file when their time is over; what fails is tried again when the
  /// file changes.
  void forget_ended() {
    const Instant now = world.clock.now();
    if (!next_end || now < *next_end) return;
    next_end.reset();
    const DirectoryLock turn(world.store);  // as who changes it by a command
    const auto hooks = read_webhooks(file);
    if (!hooks) return;  // said when the change was seen
    if (auto written = write_webhooks(file, *hooks, now); !written)
      (void)std::fputs(
          fmt::format("solnoma: an old secret stays in {}: {}\n", file, written.error().error.what)
              .c_str(),
          stderr);
  }

  /// Begins those that are new, ends those that are gone, and lets the others look at what is kept
  /// of them.
  void take(std::vector<Webhook> hooks) {
    next_end = solnoma::next_end(hooks);
    std::vector<std::shared_ptr<Courier>> stay, gone;
    for (const auto& courier : all()) {
      const auto same = std::ranges::find_if(
          hooks, [&](const Webhook& each) { return are_same(each, courier->hook()); });
      (same == hooks.end() ? gone : stay).push_back(courier);
      if (same != hooks.end()) hooks.erase(same);
    }
    for (const auto& courier : gone) courier->end(milliseconds{0});
    for (const auto& courier : gone) courier->wait();
    for (const auto& courier : stay) courier->look_again();
    for (const Webhook& hook : hooks) stay.push_back(std::make_shared<Courier>(world, log, hook));
    const std::lock_guard lock(mutex);
    couriers = std::move(stay);
    // What came while they began was told to those that were there.
    for (const auto& courier : couriers) courier->wake();
  }
};

Webhooks::Webhooks(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Webhooks::~Webhooks() {
  end();
}

Try<std::unique_ptr<Webhooks>> Webhooks::of(const Context& world, Log& log) {
  auto impl = std::make_unique<Impl>(world, log);
  impl->seen = FileState(impl->file);
  auto hooks = read_webhooks(impl->file);
  if (!hooks) return refuse(hooks);
  impl->first = std::move(*hooks);
  return std::unique_ptr<Webhooks>(new Webhooks(std::move(impl)));
}

void Webhooks::begin() {
  impl_->take(std::exchange(impl_->first, {}));
  impl_->watcher = std::thread([this] { impl_->watch(); });
}

void Webhooks::wake() {
  for (const auto& courier : impl_->all()) courier->wake();
}

void Webhooks::end() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->ending = true;
    impl_->ended.notify_all();
  }
  if (impl_->watcher.joinable()) impl_->watcher.join();
  const auto couriers = impl_->all();
  for (const auto& courier : couriers) courier->end(kGrace);
  for (const auto& courier : couriers) courier->wait();
}

std::string Webhooks::metrics() const {
  const auto couriers = impl_->all();
  if (couriers.empty()) return {};
  std::string text;
  const auto tell = [&](const char* name, const char* type, const char* help, const auto& value) {
    text += fmt::format("# HELP solnoma_webhook_{0} {1}\n# TYPE solnoma_webhook_{0} {2}\n", name,
                        help, type);
    for (const auto& courier : couriers)
      text += fmt::format("solnoma_webhook_{}{{webhook=\"{}\"}} {}\n", name,
                          label(courier->hook().name), value(courier->counts()));
  };
  tell("delivered_total", "counter", "Messages that were acknowledged",
       [](const CourierCounts& counts) { return counts.delivered; });
  tell("failed_total", "counter", "Attempts that were not",
       [](const CourierCounts& counts) { return counts.failed; });
  tell("dead_letters", "gauge", "Messages that were given up, and wait",
       [](const CourierCounts& counts) { return counts.dead; });
  tell("lag_positions", "gauge", "Events of the log that it has not come to",
       [](const CourierCounts& counts) { return counts.lag; });
  tell("enabled", "gauge", "0: it was ended by its receiver, or has too many dead letters",
       [](const CourierCounts& counts) { return counts.enabled ? 1 : 0; });
  return text;
}

}  // namespace solnoma
