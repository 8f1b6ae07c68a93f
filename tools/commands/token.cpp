#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "events/edtf.hpp"
#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/directory_lock.hpp"
#include "tools/serve/tokens.hpp"
#include "tools/shared/typed_date.hpp"

namespace solnoma {
namespace {

struct TokenWords {
  std::string action, name;
  std::string scope = "read";
  std::vector<std::string> subjects;
  std::string expires;
  std::string format = "text";
};

std::string theirs(const Grant& grant) {
  return grant.subjects.empty() ? "all subjects"
                                : fmt::format("{}", fmt::join(grant.subjects, ", "));
}

Outcome add(Context& context, const TokenWords& words) {
  const std::string file = token_file(context.store);
  auto today = context.today();
  if (!today) return refuse(today);
  const auto scope = std::ranges::find(kScopes, words.scope);
  if (!is_name(words.name))
    return usage("the name of a token is a short text on one line", "name whom it is for");
  for (const std::string& subject : words.subjects)
    if (subject.find('/') == std::string::npos || visible(subject) != subject)
      return usage(fmt::format("--subject: '{}' is neither a subject nor the beginning of some",
                               clipped(visible(subject))),
                   "write park/navoi, or park/*");
  std::optional<Day> expires;
  if (!words.expires.empty()) {
    auto typed = typed_date("--expires", words.expires, context);
    if (!typed) return refuse(typed);
    const auto date = parse_edtf(*typed);
    if (!date || date->bounds.latest == kOpenFuture)
      return usage(fmt::format("--expires: '{}' has no last day", clipped(words.expires)),
                   "give a day, as in 2027-01-31");
    expires = date->bounds.latest;
    if (*expires < *today)
      return usage(fmt::format("--expires: {} is past", to_string(*expires)), "give a later day");
  }
  const DirectoryLock turn(context.store);
  auto tokens = read_tokens(file);
  if (!tokens) return refuse(tokens);
  if (std::ranges::any_of(*tokens, [&](const Token& t) { return t.grant.name == words.name; }))
    return refuse(Result<void>(
        fail(Errc::conflict, fmt::format("there is a token '{}' already", clipped(words.name)),
             "name it otherwise, or revoke that one first")));
  const NewToken made = make_token(
      {words.name, static_cast<Scope>(scope - kScopes.begin()), words.subjects}, *today, expires);
  tokens->push_back(made.kept);
  if (auto ok = write_tokens(file, *tokens); !ok) return ok;
  context.out.line(made.text);
  const std::string line =
      fmt::format("solnoma: '{}' may {} of {}{}; its token is shown this once\n",
                  visible(words.name), words.scope, theirs(made.kept.grant),
                  expires ? fmt::format(", until {}", to_string(*expires)) : std::string());
  (void)std::fputs(line.c_str(), stderr);
  return {};
}

Outcome list(Context& context) {
  auto tokens = read_tokens(token_file(context.store));
  if (!tokens) return refuse(tokens);
  auto today = context.today();
  if (!today) return refuse(today);
  if (tokens->empty()) (void)std::fputs("solnoma: there are no tokens\n", stderr);
  for (const Token& token : *tokens) {
    const std::string until = !token.expires ? std::string("for ever")
                              : *token.expires < *today
                                  ? fmt::format("expired on {}", to_string(*token.expires))
                                  : fmt::format("until {}", to_string(*token.expires));
    context.out.line(fmt::format("{}  {:<7}  {:<20}  {:<21}  {}", token.id, name(token.grant.scope),
                                 visible(token.grant.name), until, visible(theirs(token.grant))));
  }
  return {};
}

Outcome revoke(Context& context, const TokenWords& words) {
  const std::string file = token_file(context.store);
  const DirectoryLock turn(context.store);
  auto tokens = read_tokens(file);
  if (!tokens) return refuse(tokens);
  const auto is_meant = [&](const Token& token) {
    return token.grant.name == words.name || token.id == words.name;
  };
  if (std::erase_if(*tokens, is_meant) == 0) {
    std::vector<std::string_view> names;
    for (const Token& token : *tokens) names.push_back(token.grant.name);
    const auto near = nearest(words.name, names);
    return refuse(Result<void>(
        fail(Errc::not_found, fmt::format("there is no token '{}'", clipped(words.name)),
             near ? fmt::format("did you mean '{}'?", *near) : "'solnoma token list' shows them")));
  }
  if (auto ok = write_tokens(file, *tokens); !ok) return ok;
  context.out.line(fmt::format("'{}' is let in no more", visible(words.name)));
  return {};
}

Outcome run(Context& context, const TokenWords& words) {
  if (!std::filesystem::is_directory(context.store)) return refuse(context.read());
  const bool names = words.action == "add" || words.action == "revoke";
  if (!names && words.action != "list")
    return usage(fmt::format("a token is not '{}'", clipped(visible(words.action))),
                 "say add NAME, list, or revoke NAME");
  if (names == words.name.empty())
    return usage(names ? fmt::format("{} whom?", words.action) : "'list' takes no name",
                 names ? fmt::format("solnoma token {} NAME", words.action) : "solnoma token list");
  if (words.action == "list") return list(context);
  return words.action == "add" ? add(context, words) : revoke(context, words);
}

}  // namespace

void add_token(CommandLine& line, Context& context) {
  Command command = line.command("token", "Who may come to a server of this store");
  auto words = std::make_shared<TokenWords>();
  command.argument("ACTION", words->action, "add, list, or revoke");
  command.argument("NAME", words->name, "Whom the token is for", /*required=*/false);
  command.choice("--scope", words->scope, {kScopes.begin(), kScopes.end()},
                 "What they may do; each of these includes those before it");
  command.options("--subject", words->subjects, "Only of this subject, or of these, as in park/*",
                  "SUBJECT");
  command.option("--expires", words->expires, "The last day on which it is taken", "DATE", "none");
  command.footer(
      "A token is printed when it is added, and kept nowhere: the store has what scrypt makes of\n"
      "it, in tokens.toml. A server that runs takes in each change at once.\n"
      "Examples:\n"
      "  solnoma token add ministry --scope record --subject 'park/*' --expires 2027-12\n"
      "  solnoma token revoke ministry");
  command.run([&context, words] { return run(context, *words); });
}

}  // namespace solnoma
