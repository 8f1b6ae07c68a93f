#include "tools/serve/webhooks/webhook.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "tools/io/output_file.hpp"
#include "tools/io/owned_tables.hpp"
#include "tools/serve/webhooks/signature.hpp"

namespace solnoma {
namespace {

/// A filter of several values: how the file and the command line call it, and where it is.
struct Filter {
  const char* key;
  const char* option;
  std::vector<std::string>& (*values)(EventChoices&);
};
constexpr Filter kFilters[] = {
    {"subjects", "subject", [](EventChoices& c) -> auto& { return c.selection.subjects; }},
    {"kinds", "kind", [](EventChoices& c) -> auto& { return c.selection.kinds; }},
    {"types", "type", [](EventChoices& c) -> auto& { return c.selection.types; }},
    {"regions", "region", [](EventChoices& c) -> auto& { return c.selection.regions; }},
    {"countries", "country", [](EventChoices& c) -> auto& { return c.selection.countries; }},
    {"partners", "partner", [](EventChoices& c) -> auto& { return c.selection.partners; }},
    {"publishers", "publisher", [](EventChoices& c) -> auto& { return c.publishers; }},
};

constexpr std::size_t kIdDigits = 8;

bool is_id(std::string_view text) {
  return text.size() == kIdDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// One table of the file.
class HookTable {
 public:
  HookTable(const toml::table& table, const std::string& file)
      : table_(table), where_(fmt::format("{}:{}", file, table.source().begin.line)) {}

  Result<Webhook> hook() const {
    Webhook hook;
    hook.id = text("id");
    hook.name = text("name");
    hook.url = text("url");
    hook.secret = text("secret");
    hook.old_secret = text("old_secret");
    hook.authorities = text("authorities");
    const auto news = std::ranges::find(kHookNews, text("news"));
    const auto created = day_from_text(text("created"));
    if (!is_id(hook.id) || hook.name.empty() || hook.url.empty() || news == kHookNews.end() ||
        !created)
      return wrong("a webhook has an id, a name, a url, news (events or changes) and created");
    hook.news = static_cast<HookNews>(news - kHookNews.begin());
    hook.created = *created;
    if (auto key = hook_key(hook.secret); !key) return wrong(key.error().what);
    if (!hook.old_secret.empty()) {
      if (auto key = hook_key(hook.old_secret); !key) return wrong(key.error().what);
      auto until = instant_from_text(text("old_until"));
      if (!until) return wrong("'old_until': " + until.error().what);
      hook.old_until = *until;
    }
    auto retry = retry_delays_from(text("retry"));
    if (!retry) return wrong("'retry': " + retry.error().what);
    hook.retry = std::move(*retry);
    const auto patience = table_["timeout"].value<std::int64_t>().value_or(0);
    if (patience < 1 || patience > static_cast<std::int64_t>(kLongestPatience))
      return wrong(fmt::format("'timeout' is 1 to {} seconds", kLongestPatience));
    hook.patience = std::chrono::seconds{patience};
    if (table_["private"].value_or(false)) hook.reach = HookReach::anywhere;
    if (table_["unencrypted"].value_or(false)) hook.reach = HookReach::this_machine;
    hook.choices.from = text("from");
    hook.choices.to = text("to");
    for (const Filter& filter : kFilters)
      if (!read_texts(filter.key, filter.values(hook.choices)))
        return wrong(fmt::format("'{}' is a list of texts, as in [\"park/*\"]", filter.key));
    return hook;
  }

 private:
  std::string text(const char* key) const { return table_[key].value_or(std::string()); }

  /// Who is to be told of some must not be told of all by a slip.
  bool read_texts(const char* key, std::vector<std::string>& to) const {
    if (!table_.contains(key)) return true;
    const toml::array* const list = table_[key].as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
      if (auto each = (*list)[i].value<std::string>()) to.push_back(std::move(*each));
    return list != nullptr && !to.empty() && to.size() == list->size();
  }

  std::unexpected<Error> wrong(std::string what) const {
    return at(where_, Error{Errc::invalid,
                            std::move(what),
                            {},
                            "mend it there, or take the webhook out and add a new one"});
  }

  const toml::table& table_;
  std::string where_;
};

std::string toml_list(const std::vector<std::string>& values) {
  std::vector<std::string> quoted;
  for (const std::string& each : values) quoted.push_back(toml_quoted(each));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

/// Its table in the file.
std::string toml_of(Webhook hook) {
  std::string toml = "[[webhook]]\n";
  const auto line = [&](const char* key, const std::string& value) {
    toml += fmt::format("{} = {}\n", key, value);
  };
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) line(key, toml_quoted(value));
  };
  text("name", hook.name);
  text("id", hook.id);
  text("url", hook.url);
  text("secret", hook.secret);
  text("old_secret", hook.old_secret);
  if (!hook.old_secret.empty()) text("old_until", to_string(hook.old_until));
  text("news", std::string(name(hook.news)));
  for (const Filter& filter : kFilters)
    if (const auto& values = filter.values(hook.choices); !values.empty())
      line(filter.key, toml_list(values));
  text("from", hook.choices.from);
  text("to", hook.choices.to);
  text("retry", to_string(hook.retry));
  line("timeout", fmt::format("{}", hook.patience.count()));
  if (hook.reach == HookReach::anywhere) line("private", "true");
  if (hook.reach == HookReach::this_machine) line("unencrypted", "true");
  text("authorities", hook.authorities);
  text("created", to_string(hook.created));
  return toml;
}

}  // namespace

std::string webhook_file(const std::string& store) {
  return store + "/webhooks.toml";
}

Try<std::vector<Webhook>> read_webhooks(const std::string& file) {
  std::vector<Webhook> hooks;
  const auto take = [&](const toml::table& table) -> Outcome {
    auto hook = HookTable(table, file).hook();
    if (!hook) return refuse(hook);
    const auto is_twice = [&](const Webhook& each) {
      return each.name == hook->name || each.id == hook->id;
    };
    if (std::ranges::any_of(hooks, is_twice))
      return refuse(Result<void>(fail(Errc::invalid,
                                      fmt::format("{}: '{}' stands there twice", file, hook->name),
                                      "give one of them another name and id, or take it out")));
    if (hooks.size() == kMostHooks)
      return refuse(Result<void>(
          fail(Errc::invalid, fmt::format("{}: there are more than {} webhooks", file, kMostHooks),
               "take some out")));
    hooks.push_back(std::move(*hook));
    return {};
  };
  auto read = each_owned_table(file, "webhook", Guarded::from_reading_too, take);
  if (!read) return refuse(read);
  return hooks;
}

Outcome write_webhooks(const std::string& file, std::vector<Webhook> hooks, Instant now) {
  // It signs nothing any more: it is of use to who steals it alone.
  for (Webhook& hook : hooks)
    if (hook.old_until <= now) hook.old_secret.clear();
  auto output = OutputFile::open(file, OutputFile::Readers::owner);
  if (!output) return refuse(output);
  Output& out = output->output();
  out.line("# Written by 'solnoma webhook'. Who has a secret can sign in the store's name.");
  for (const Webhook& hook : hooks) out.write("\n" + toml_of(hook));
  return output->finish();
}

std::optional<Instant> next_end(const std::vector<Webhook>& hooks) {
  std::optional<Instant> next;
  for (const Webhook& hook : hooks)
    if (!hook.old_secret.empty() && (!next || hook.old_until < *next)) next = hook.old_until;
  return next;
}

std::vector<std::string> secrets_at(const Webhook& hook, Instant now) {
  std::vector<std::string> secrets{hook.secret};
  if (!hook.old_secret.empty() && now < hook.old_until) secrets.push_back(hook.old_secret);
  return secrets;
}

bool are_same(const Webhook& one, const Webhook& other) {
  return toml_of(one) == toml_of(other);
}

std::string filters_of(const Webhook& hook) {
  EventChoices choices = hook.choices;
  std::string text;
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}--{} {}", text.empty() ? "" : " ", option, value);
  };
  for (const Filter& filter : kFilters)
    for (const std::string& value : filter.values(choices)) add(filter.option, value);
  add("from", choices.from);
  add("to", choices.to);
  return text;
}

}  // namespace solnoma
