#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "engine/tree_head.hpp"
#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/directory_lock.hpp"
#include "tools/io/input.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/serve/choices.hpp"
#include "tools/serve/random_hex.hpp"
#include "tools/serve/webhooks/hook_folder.hpp"
#include "tools/serve/webhooks/hook_url.hpp"
#include "tools/serve/webhooks/signature.hpp"
#include "tools/serve/webhooks/webhook.hpp"
#include "tools/shared/event_filter.hpp"
#include "tools/shared/status_news.hpp"
#include "tools/shared/typed_date.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kUsualKeep = 24;  // hours
constexpr std::uint64_t kLongestKeep = 24 * 365;

struct WebhookWords {
  std::string action, name;
  std::string what;  // the address; or which dead letter
  bool events = false, changes = false;
  EventChoices choices;
  std::string after;
  std::string retry{kUsualRetry};
  std::uint64_t timeout = 15;
  std::uint64_t keep = kUsualKeep;
  bool to_private = false, unencrypted = false;
  std::string authorities;
  std::string format = "text";
};

/// What may be said, what it takes, and of how many words.
struct Action {
  std::string_view name, takes;
  bool takes_name, takes_what, needs_what;
};
constexpr Action kActions[] = {
    {"add", "NAME URL", true, true, true},         {"list", "", false, false, false},
    {"remove", "NAME", true, false, false},        {"dead", "NAME", true, false, false},
    {"redeliver", "NAME [AT]", true, true, false}, {"drop", "NAME [AT]", true, true, false},
    {"enable", "NAME", true, false, false},        {"rotate", "NAME", true, false, false},
    {"forget", "NAME", true, false, false},
};

Try<std::vector<Webhook>> hooks_of(const Context& context) {
  return read_webhooks(webhook_file(context.store));
}

Try<Webhook> find(const std::vector<Webhook>& hooks, const std::string& name) {
  const auto found = std::ranges::find(hooks, name, &Webhook::name);
  if (found != hooks.end()) return *found;
  std::vector<std::string_view> names;
  for (const Webhook& hook : hooks) names.push_back(hook.name);
  const auto near = nearest(name, names);
  return refuse(Result<void>(
      fail(Errc::not_found, fmt::format("there is no webhook '{}'", clipped(visible(name))),
           near ? fmt::format("did you mean '{}'?", *near) : "'solnoma webhook list' shows them")));
}

/// What was typed, but for where it begins.
Try<Webhook> hook_from(const WebhookWords& words, Context& context) {
  constexpr std::size_t kLongestName = 100;
  constexpr std::size_t kIdBytes = 4;
  if (visible(words.name) != words.name || words.name.size() > kLongestName)
    return usage("the name of a webhook is a short text on one line", "name whom it tells");
  if (words.events && words.changes)
    return usage("--events and --changes are two kinds of news", "add a webhook for each");
  if (words.to_private && words.unencrypted)
    return usage("--unencrypted is for this machine alone, --private for other addresses, too",
                 "give one of them");
  Webhook hook;
  hook.id = random_hex(kIdBytes);
  hook.name = words.name;
  hook.url = words.what;
  hook.secret = new_hook_secret();
  hook.news = words.changes ? HookNews::changes : HookNews::events;
  hook.patience = std::chrono::seconds{words.timeout};
  hook.reach = words.unencrypted  ? HookReach::this_machine
               : words.to_private ? HookReach::anywhere
                                  : HookReach::internet;
  auto url = hook_url(hook.url, hook.reach);
  if (!url) return refuse(url);
  if (const std::string why = refusal_of(*url, hook.reach); !why.empty())
    return usage(fmt::format("'{}' is not to be reached from here: {}", clipped(hook.url), why),
                 words.unencrypted ? "leave --unencrypted out, and write https://"
                                   : "give --private, if that is meant");
  auto retry = retry_delays_from(words.retry);
  if (!retry) return usage("--retry: " + retry.error().what, retry.error().remedy);
  hook.retry = std::move(*retry);
  if (!words.authorities.empty()) {
    std::error_code error;
    hook.authorities = std::filesystem::absolute(words.authorities, error).string();
    if (auto file = Input::open(hook.authorities); !file) return refuse(file);
  }
  hook.choices = words.choices;
  // As days go by, a date must mean what it means now.
  for (auto [option, date] : {std::pair{"--from", &hook.choices.from}, {"--to", &hook.choices.to}})
    if (auto ok = read_typed(option, *date, context); !ok) return refuse(ok);
  const bool of_events =
      !hook.choices.publishers.empty() || !hook.choices.from.empty() || !hook.choices.to.empty();
  if (words.changes && of_events)
    return usage("--publisher, --from and --to are about events, not about changes",
                 "leave them out, or --changes");
  for (const std::string& subject : hook.choices.selection.subjects)
    if (subject.find('/') == std::string::npos)
      return usage(fmt::format("--subject: '{}' is neither a subject nor the beginning of some",
                               clipped(visible(subject))),
                   "write park/navoi, or park/*");
  return hook;
}

/// Where a new one begins: now, or as typed.
Try<Checkpoint> beginning(const WebhookWords& words, Context& context, const Log& log) {
  auto today = context.today();
  if (!today) return refuse(today);
  Checkpoint begin{.position = log.head(), .day = *today, .head = {}};
  if (!words.after.empty()) {
    const std::string_view typed = words.after;
    const auto number = number_from(typed.starts_with('@') ? typed.substr(1) : typed);
    if (!number || *number > log.head().value)
      return usage(fmt::format("--after: '{}' is no position up to {}", clipped(visible(typed)),
                               log.head().value),
                   "give a number, as 'solnoma log' shows them; 0 is before the first event");
    begin.position = Position{*number};
    auto day = day_at(log, begin.position, *today, context.local_day);
    if (!day) return refuse(day);
    begin.day = *day;
  }
  auto head = log.tree_head(begin.position);
  if (!head) return refuse(head);
  begin.head = *head;
  return begin;
}

Outcome add(Context& context, const WebhookWords& words) {
  auto hook = hook_from(words, context);
  if (!hook) return refuse(hook);
  auto log = context.read();
  if (!log) return refuse(log);
  if (auto filter = EventFilter::of(hook->choices, context, **log); !filter) return refuse(filter);
  auto begin = beginning(words, context, **log);
  if (!begin) return refuse(begin);
  auto today = context.today();
  if (!today) return refuse(today);
  hook->created = *today;

  const DirectoryLock turn(context.store);
  auto hooks = hooks_of(context);
  if (!hooks) return refuse(hooks);
  if (std::ranges::find(*hooks, hook->name, &Webhook::name) != hooks->end())
    return refuse(Result<void>(
        fail(Errc::conflict, fmt::format("there is a webhook '{}' already", clipped(hook->name)),
             "name it otherwise, or remove that one first")));
  if (hooks->size() >= kMostHooks)
    return refuse(Result<void>(fail(Errc::conflict,
                                    fmt::format("there are {} webhooks already", hooks->size()),
                                    "remove one first")));
  if (auto ok = HookFolder(context.store, hook->id).make(*begin); !ok) return ok;
  hooks->push_back(*hook);
  if (auto ok = write_webhooks(webhook_file(context.store), *hooks, context.clock.now()); !ok)
    return ok;
  context.out.line(hook->secret);
  const std::string filters = filters_of(*hook);
  context.note(fmt::format("'{}' is told of {} behind position {}{}; its secret is shown this once",
                           hook->name, name(hook->news), begin->position.value,
                           filters.empty() ? "" : ", " + visible(filters)));
  return {};
}

/// How one stands: "told up to 52 of 55, 2 dead letters".
std::string standing(const Checkpoint& checkpoint, const HookFolder& folder, const Log& log) {
  std::string text =
      fmt::format("told up to {} of {}", checkpoint.position.value, log.head().value);
  const auto add = [&](std::size_t count, const char* one, const char* many) {
    if (count > 0) text += fmt::format(", {} {}", count, count == 1 ? one : many);
  };
  add(folder.dead().size(), "dead letter", "dead letters");
  add(folder.again().size(), "letter to deliver again", "letters to deliver again");
  const FailedAttempts& pending = checkpoint.pending;
  if (pending.count > 0)
    text += fmt::format(
        ", {} failed since {}, next at {}: {}",
        pending.count == 1 ? "an attempt has" : fmt::format("{} attempts have", pending.count),
        to_string(pending.first), to_string(pending.next), pending.answer);
  if (!checkpoint.disabled.empty()) text += "; disabled: " + checkpoint.disabled;
  return text;
}

bool has_old_secret(const Webhook& hook, Instant now) {
  return secrets_at(hook, now).size() > 1;
}

std::string json_of(const Webhook& hook, const Checkpoint& checkpoint, const HookFolder& folder,
                    Instant now) {
  JsonWriter json;
  json.begin_object();
  json.key("name").text(hook.name);
  json.key("url").text(hook.url);
  json.key("news").text(name(hook.news));
  json.key("filters").text(filters_of(hook));
  json.key("retry").text(to_string(hook.retry));
  json.key("created").day(hook.created);
  json.key("oldSecretUntil");
  has_old_secret(hook, now) ? json.text(to_string(hook.old_until)) : json.null();
  json.key("position").count(checkpoint.position.value);
  json.key("day").day(checkpoint.day);
  json.key("dead").count(folder.dead().size());
  json.key("again").count(folder.again().size());
  const FailedAttempts& pending = checkpoint.pending;
  json.key("attempts").count(pending.count);
  json.key("next");
  pending.count == 0 ? json.null() : json.text(to_string(pending.next));
  json.key("answer").text_or_null(pending.answer);
  json.key("disabled").text_or_null(checkpoint.disabled);
  json.end_object();
  return std::string(json.text());
}

Outcome list(Context& context, const WebhookWords& words) {
  auto hooks = hooks_of(context);
  if (!hooks) return refuse(hooks);
  auto log = context.read();
  if (!log) return refuse(log);
  if (hooks->empty() && words.format == "text") context.note("there are no webhooks");
  const Instant now = context.clock.now();
  for (const Webhook& hook : *hooks) {
    const HookFolder folder(context.store, hook.id);
    auto checkpoint = folder.checkpoint();
    if (!checkpoint) return refuse(checkpoint);
    if (words.format == "json") {
      context.out.line(json_of(hook, *checkpoint, folder, now));
      continue;
    }
    const std::string filters = filters_of(hook);
    context.out.line(fmt::format("{:<20}  {:<7}  {}{}", visible(hook.name), name(hook.news),
                                 visible(hook.url),
                                 filters.empty() ? "" : "  " + visible(filters)));
    context.out.line("  " + standing(*checkpoint, folder, **log));
    if (has_old_secret(hook, now))
      context.out.line("  signed by the old secret, too, until " + to_string(hook.old_until));
  }
  return {};
}

Outcome remove(Context& context, const WebhookWords& words) {
  const DirectoryLock turn(context.store);
  auto hooks = hooks_of(context);
  if (!hooks) return refuse(hooks);
  auto hook = find(*hooks, words.name);
  if (!hook) return refuse(hook);
  std::erase_if(*hooks, [&](const Webhook& each) { return each.id == hook->id; });
  if (auto ok = write_webhooks(webhook_file(context.store), *hooks, context.clock.now()); !ok)
    return ok;
  HookFolder(context.store, hook->id).remove();
  context.out.line(fmt::format("'{}' is told of nothing more", visible(words.name)));
  return {};
}

Outcome tell_dead(Context& context, const WebhookWords& words, const HookFolder& folder) {
  const auto letters = folder.dead();
  if (letters.empty() && words.format == "text") context.out.line("no dead letter waits");
  for (const std::string& at : letters) {
    auto letter = folder.dead_letter(at);
    if (!letter) return refuse(letter);
    context.out.line(words.format == "json"
                         ? to_json(*letter)
                         : fmt::format("{:<16}  given up at {} after {} attempts: {}", at,
                                       to_string(letter->given_up), letter->attempts,
                                       letter->answer));
  }
  return {};
}

/// Which of them is meant: the one that is named, or all.
std::vector<std::string> meant(const WebhookWords& words, const HookFolder& folder) {
  return words.what.empty() ? folder.dead() : std::vector{words.what};
}

/// A server looks at a hook's folder when the file of hooks is written.
Outcome ring(const Context& context, const std::vector<Webhook>& hooks) {
  return write_webhooks(webhook_file(context.store), hooks, context.clock.now());
}

Outcome redeliver(Context& context, const WebhookWords& words, const HookFolder& folder,
                  const std::vector<Webhook>& hooks) {
  const auto letters = meant(words, folder);
  for (const std::string& at : letters)
    if (auto ok = folder.raise(at); !ok) return ok;
  if (auto ok = ring(context, hooks); !ok) return ok;
  context.out.line(fmt::format("{} to be delivered again", letters.size()));
  return {};
}

Outcome drop(Context& context, const WebhookWords& words, const HookFolder& folder,
             const std::vector<Webhook>& hooks) {
  const auto letters = meant(words, folder);
  for (const std::string& at : letters)
    if (auto ok = folder.drop(at); !ok) return ok;
  if (auto ok = ring(context, hooks); !ok) return ok;
  context.out.line(fmt::format("{} dropped", letters.size()));
  return {};
}

Outcome enable(Context& context, const WebhookWords& words, const HookFolder& folder,
               const std::vector<Webhook>& hooks) {
  auto checkpoint = folder.checkpoint();
  if (!checkpoint) return refuse(checkpoint);
  // While it is enabled, the server writes its checkpoint.
  if (checkpoint->disabled.empty())
    return refuse(Result<void>(
        fail(Errc::conflict, fmt::format("the webhook '{}' is enabled", clipped(words.name)))));
  checkpoint->disabled.clear();
  if (auto ok = folder.write(*checkpoint); !ok) return ok;
  if (auto ok = ring(context, hooks); !ok) return ok;
  context.out.line(fmt::format("'{}' is told again, behind position {}", visible(words.name),
                               checkpoint->position.value));
  return {};
}

/// A new secret; the one before it signs beside it for a while, so that no message is refused by
/// who has not taken in the new one yet.
Outcome rotate(Context& context, const WebhookWords& words, Webhook& hook,
               const std::vector<Webhook>& hooks) {
  const Instant now = context.clock.now();
  if (has_old_secret(hook, now))
    return refuse(Result<void>(fail(Errc::conflict,
                                    fmt::format("the webhook '{}' has two secrets until {}",
                                                clipped(words.name), to_string(hook.old_until)),
                                    "end the old one first, with 'solnoma webhook forget NAME'")));
  const bool kept = words.keep > 0;
  hook.old_secret = kept ? hook.secret : std::string();
  hook.old_until = kept ? now + std::chrono::hours{words.keep} : Instant{};
  hook.secret = new_hook_secret();
  if (auto ok = write_webhooks(webhook_file(context.store), hooks, context.clock.now()); !ok)
    return ok;
  context.out.line(hook.secret);
  context.note(kept
                   ? fmt::format("'{}' is signed by both secrets until {}; the new one is shown "
                                 "this once",
                                 hook.name, to_string(hook.old_until))
                   : fmt::format("'{}' is signed by the new secret alone, which is shown this once",
                                 hook.name));
  return {};
}

/// The old secret signs nothing more, before its time.
Outcome forget(Context& context, const WebhookWords& words, Webhook& hook,
               const std::vector<Webhook>& hooks) {
  if (!has_old_secret(hook, context.clock.now()))
    return refuse(Result<void>(
        fail(Errc::conflict, fmt::format("the webhook '{}' has one secret", clipped(words.name)))));
  hook.old_secret.clear();
  if (auto ok = write_webhooks(webhook_file(context.store), hooks, context.clock.now()); !ok)
    return ok;
  context.out.line(fmt::format("'{}' is signed by its new secret alone", visible(words.name)));
  return {};
}

Outcome look_after(Context& context, const WebhookWords& words) {
  const DirectoryLock turn(context.store);
  auto hooks = hooks_of(context);
  if (!hooks) return refuse(hooks);
  auto hook = find(*hooks, words.name);
  if (!hook) return refuse(hook);
  Webhook& own = *std::ranges::find(*hooks, hook->id, &Webhook::id);
  if (words.action == "rotate") return rotate(context, words, own, *hooks);
  if (words.action == "forget") return forget(context, words, own, *hooks);
  const HookFolder folder(context.store, hook->id);
  if (words.action == "dead") return tell_dead(context, words, folder);
  if (words.action == "drop") return drop(context, words, folder, *hooks);
  return words.action == "enable" ? enable(context, words, folder, *hooks)
                                  : redeliver(context, words, folder, *hooks);
}

Outcome run(Context& context, const WebhookWords& words) {
  if (!std::filesystem::is_directory(context.store)) return refuse(context.read());
  const auto* const action = std::ranges::find(kActions, words.action, &Action::name);
  if (action == std::end(kActions))
    return usage(
        fmt::format("a webhook is not '{}'", clipped(visible(words.action))),
        "say add NAME URL, list, remove NAME, dead NAME, redeliver NAME, drop NAME, enable "
        "NAME, rotate NAME, or forget NAME");
  const bool wrong = action->takes_name == words.name.empty() ||
                     (action->needs_what && words.what.empty()) ||
                     (!action->takes_what && !words.what.empty());
  if (wrong)
    return usage(fmt::format("'{}' takes {}", action->name,
                             action->takes.empty() ? "no more words" : action->takes),
                 fmt::format("solnoma webhook {} {}", action->name, action->takes));
  const bool of_new = words.events || words.changes || words.choices.any() ||
                      !words.after.empty() || words.to_private || words.unencrypted ||
                      !words.authorities.empty();
  if (words.keep != kUsualKeep && action->name != "rotate")
    return usage("--keep is about the old secret, where there is a new one",
                 "leave it out, or say rotate NAME");
  if (of_new && action->name != "add")
    return usage("what a webhook is told of, and how, is said when it is added",
                 "remove it, and add it anew");
  if (action->name == "add") return add(context, words);
  if (action->name == "list") return list(context, words);
  return action->name == "remove" ? remove(context, words) : look_after(context, words);
}

}  // namespace

void add_webhook(CommandLine& line, Context& context) {
  Command command = line.command("webhook", "To whom a server of this store posts what is new");
  auto words = std::make_shared<WebhookWords>();
  command.argument("ACTION", words->action,
                   "add, list, remove, dead, redeliver, drop, enable, rotate, or forget");
  command.argument("NAME", words->name, "Whom it tells", /*required=*/false);
  command.argument("URL", words->what,
                   "Where to post; of redeliver and drop, which dead letter, in place of all",
                   /*required=*/false);
  command.flag("--events", words->events, "Tell of events, as GET /v1/events does; as usual");
  command.flag("--changes", words->changes,
               "Tell of statuses and plans that change, by events and because a day has come");
  add_event_choices(command, words->choices);
  command.option("--after", words->after, "Begin behind this position; 0: with the first event",
                 "POSITION", "from now on");
  command.option("--retry", words->retry,
                 "How long to wait after each attempt that failed, before the message is given up; "
                 "none: at once",
                 "DELAYS", std::string(kUsualRetry));
  command.number("--timeout", words->timeout, "Seconds that one delivery may take", 1,
                 kLongestPatience, "15");
  command.flag("--private", words->to_private,
               "It may be at an address of a private network, or of this machine");
  command.flag("--unencrypted", words->unencrypted,
               "It is on this machine, and is posted to by http://");
  command.option("--ca", words->authorities,
                 "Trust these authorities (PEM) in place of the system's", "FILE");
  command.number("--keep", words->keep,
                 "Of rotate: how many hours the old secret signs beside the new one; 0: not at all",
                 0, kLongestKeep, "24");
  command.choice("--format", words->format, {"text", "json"}, "");
  command.footer(
      "While 'solnoma serve' runs, each event, or change, is posted in its turn, and again until\n"
      "it is answered with 2xx: at least once. Its signature is that of Standard Webhooks; the\n"
      "secret is printed when the webhook is added. 'dead' shows what was given up, 'redeliver'\n"
      "sends that once more. 410 ends a webhook until it is enabled. A server that runs takes in\n"
      "each change at once. 'rotate' prints a new secret; for a day each message has the "
      "signature\n"
      "of the old one beside it, or until 'forget'.\n"
      "Examples:\n"
      "  solnoma webhook add ministry https://example.org/news --changes --subject 'park/*'\n"
      "  solnoma webhook redeliver ministry");
  command.run([&context, words] { return run(context, *words); });
}

}  // namespace solnoma
