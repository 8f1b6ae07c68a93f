#include <fmt/format.h>
#include <pwd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "tools/commands/commands.hpp"
#include "tools/io/key_files.hpp"
#include "tools/serve/chronicle_server.hpp"
#include "tools/serve/following/told.hpp"
#include "tools/serve/local_server.hpp"
#include "tools/serve/net/tls_identity.hpp"
#include "tools/serve/readiness.hpp"
#include "tools/serve/remote.hpp"
#include "tools/serve/sharing/member_access.hpp"
#include "tools/serve/sharing/places_at.hpp"
#include "tools/serve/sharing/sharing.hpp"
#include "tools/serve/tokens.hpp"

namespace solnoma {
namespace {

struct ServeWords {
  std::string listen = "127.0.0.1:8417";
  std::vector<std::string> hosts;
  bool public_read = false;
  TlsFiles tls;
  bool behind_https = false;
  SigningOptions signing;
  std::string follow, follow_key;
  std::string journal, journal_credentials;
  MemberAccess journal_access;
  std::vector<std::string> peers;
  bool begin_anew = false;
};

/// "127.0.0.1:8417", "[::1]:0", "8417".
Try<ServeOptions> parse_listen(const std::string& text) {
  ServeOptions options;
  const std::size_t colon = text.rfind(':');
  const std::string_view port = colon == std::string::npos
                                    ? std::string_view(text)
                                    : std::string_view(text).substr(colon + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (read.ec != std::errc{} || read.ptr != port.data() + port.size())
    return usage(fmt::format("--listen: '{}' has no port", text),
                 "write 127.0.0.1:8417, or [::1]:8417");
  if (colon != std::string::npos) options.address = text.substr(0, colon);
  if (options.address.starts_with('[') && options.address.ends_with(']'))
    options.address = options.address.substr(1, options.address.size() - 2);
  if (options.address == "localhost") options.address = "127.0.0.1";
  return options;
}

/// A shell gives 1,024 files, which connections would take from the store.
void raise_file_limit() {
  constexpr rlim_t kOfStore = 2'000;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = std::min<rlim_t>(HttpLimits{}.connections + kOfStore, limit.rlim_max);
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = wanted;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/// Who runs this program.
std::string user_name() {
  const passwd* const user = getpwuid(getuid());
  return user == nullptr ? fmt::format("user {}", getuid()) : user->pw_name;
}

/// An address as it stands in a URL.
std::string host_of(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

/// Where this machine reaches what listens there.
std::string local_address(const std::string& address) {
  if (address == "0.0.0.0") return "127.0.0.1";
  return host_of(address == "::" ? "::1" : address);
}

bool is_this_machine(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

/// What is encrypted: by this program, or by a web server before it.
Try<HttpSecurity> security_of(const ServeWords& words) {
  HttpSecurity security{.before = words.behind_https};
  if (words.tls.certificate.empty() && words.tls.key.empty()) return security;
  if (words.tls.certificate.empty() || words.tls.key.empty())
    return usage("--tls-certificate and --tls-key belong together", "give both");
  auto identity = TlsIdentity::of(words.tls);
  if (!identity) return refuse(identity);
  security.identity = std::move(*identity);
  return security;
}

LogServer log_server(const Context& context, std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return {.url = std::move(url),
          .token = context.settings[Setting::token].value,
          .authorities = context.settings[Setting::ca].value};
}

/// Whom it follows; nullopt: nobody.
Try<std::optional<FollowOptions>> follow_options(const Context& context, const ServeWords& words) {
  if (words.follow.empty() && words.follow_key.empty()) return std::nullopt;
  if (words.follow.empty() || words.follow_key.empty())
    return usage("--follow and --follow-key belong together",
                 "name the server, and the public key by which it signs its heads");
  if (!is_remote(words.follow))
    return usage(fmt::format("--follow: '{}' is no address of a server", words.follow),
                 "write it as in https://chronicle.example.org");
  auto key = read_public_key(words.follow_key);
  if (!key) return refuse(key);
  return FollowOptions{.server = log_server(context, words.follow), .key = *key};
}

/// Those who keep the places may be starting too, or choosing who leads: --wait says how long they
/// are asked again.
Result<void> join(Sharing& sharing, Founding founding, std::chrono::seconds wait) {
  using std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kRest{500};
  const auto end = steady_clock::now() + wait;
  for (bool told = false;; told = true) {
    auto joined = sharing.join(founding);
    if (joined || joined.error().code != Errc::unavailable || steady_clock::now() >= end)
      return joined;
    if (!told)
      (void)std::fputs(
          fmt::format("solnoma: waiting for those who keep the log that is shared: {}\n",
                      in_words(joined.error()))
              .c_str(),
          stderr);
    std::this_thread::sleep_for(kRest);
  }
}

/// By what it shares its log with others; null: with nobody. `journal` outlives it.
Try<std::unique_ptr<Sharing>> sharing_of(const Context& context, const ServeWords& words,
                                         Journal& journal) {
  if (words.journal.empty()) return nullptr;
  auto name = machine_name(context.store);
  if (!name) return refuse(name);
  MemberAccess access = words.journal_access;
  access.authorities = context.settings[Setting::ca].value;
  if (!words.journal_credentials.empty()) {
    auto known = with_credentials(std::move(access), words.journal_credentials);
    if (!known) return refuse(known);
    access = std::move(*known);
  }
  auto places = places_at(words.journal, *name, access);
  if (!places) return refuse(places);
  std::vector<LogServer> peers;
  for (const std::string& peer : words.peers) peers.push_back(log_server(context, peer));
  auto sharing =
      std::make_unique<Sharing>(std::move(*places), std::move(peers), journal, context.clock);
  // Whoever has nothing, and others to name, does not begin a log that has none of what they have.
  const bool begins = words.peers.empty() || journal.log().head() > Position{0};
  auto joined = join(*sharing,
                     words.begin_anew ? Founding::anew
                     : begins         ? Founding::first
                                      : Founding::never,
                     std::chrono::seconds(context.wait));
  if (!joined) return refuse(at("--journal", joined.error()));
  return sharing;
}

/// What is said of sharing that cannot be, before anything is made.
Outcome check_sharing(const ServeWords& words) {
  const MemberAccess& access = words.journal_access;
  if (words.journal.empty())
    for (const auto& [option, given] :
         {std::pair("--peer", !words.peers.empty()), std::pair("--begin-anew", words.begin_anew),
          std::pair("--journal-credentials", !words.journal_credentials.empty()),
          std::pair("--journal-certificate", !access.certificate.empty()),
          std::pair("--journal-key", !access.certificate_key.empty())})
      if (given)
        return usage(fmt::format("{} is of a log that is shared", option),
                     "give --journal, which says by what");
  if (access.certificate.empty() != access.certificate_key.empty())
    return usage("--journal-certificate and --journal-key belong together", "give both");
  if (auto ok = check_private_file(access.certificate_key); !ok) return ok;
  if (!words.journal.empty() && !words.follow.empty())
    return usage("--journal and --follow exclude each other",
                 "share a log with others, or keep a copy of one");
  for (const std::string& peer : words.peers)
    if (!is_remote(peer))
      return usage(fmt::format("--peer: '{}' is no address of a server", peer),
                   "write it as in https://chronicle.example.org");
  if (words.journal.empty()) return {};
  auto places = places_at(words.journal, {}, {});
  if (!places) return refuse(places);
  return {};
}

Outcome serve(Context& context, const ServeWords& words, const ProgramDescription& program,
              const RunCommand& run) {
  auto options = parse_listen(words.listen);
  if (!options) return refuse(options);
  options->hosts = words.hosts;
  options->hosts.push_back(host_of(options->address));
  auto security = security_of(words);
  if (!security) return refuse(security);
  options->security = *security;
  const bool encrypted = security->identity != nullptr;
  options->gate.secure = encrypted || security->before;
  options->gate.tokens = token_file(context.store);
  options->gate.public_read = words.public_read;
  auto tokens = read_tokens(options->gate.tokens);
  if (!tokens) return refuse(tokens);
  const bool has_file = std::filesystem::exists(options->gate.tokens);
  if (const bool near = is_this_machine(options->address); !near || security->before) {
    if (tokens->empty())
      return usage(near ? "--behind-https: whoever reaches the web server could read: the store "
                          "has no tokens"
                        : fmt::format("--listen: whoever reaches {} could read and record: the "
                                      "store has no tokens",
                                      options->address),
                   "make one for each who may come with 'solnoma token add', or listen on "
                   "127.0.0.1 alone");
    if (!options->gate.secure)
      (void)std::fputs(
          "solnoma: what is sent can be read on its way, tokens too: give --tls-certificate and "
          "--tls-key, or put a web server that speaks https before it (--behind-https)\n",
          stderr);
  }
  if (auto ok = check_signing(words.signing); !ok) return ok;
  if (!words.signing.key.empty())
    if (auto key = read_private_key(words.signing.key); !key) return refuse(key);
  options->signing = words.signing;
  auto followed = follow_options(context, words);
  if (!followed) return refuse(followed);
  if (auto ok = check_sharing(words); !ok) return ok;
  if ((*followed || !words.journal.empty()) && !std::filesystem::exists(context.store))
    if (auto made = Journal::create(context.disk, context.store); !made) return refuse(made);
  raise_file_limit();
  auto journal = context.recording();
  if (!journal) return refuse(journal);
  context.served = &(*journal)->log();
  if (!has_file) options->gate.own_token = make_token({}, {}, {}).text;
  options->gate.local_token = make_token({}, {}, {}).text;
  options->gate.local_name = user_name();
  std::optional<Follower> follower;
  if (*followed) {
    (*followed)->local_token = options->gate.local_token;
    follower.emplace(std::move(**followed), **journal, context.clock);
    options->follower = &*follower;
    options->others = &*follower;
  }
  auto sharing = sharing_of(context, words, **journal);
  if (!sharing) return refuse(sharing);
  if (*sharing) options->others = sharing->get();
  auto webhooks = Webhooks::of(context, (*journal)->log());
  if (!webhooks) return refuse(webhooks);
  auto server = ChronicleServer::open(context, **journal, **webhooks, program, run, *options);
  if (!server) return refuse(server);
  const std::string address = fmt::format("{}://{}:{}", encrypted ? "https" : "http",
                                          host_of(options->address), (*server)->port());
  // Through TLS it has another name than this machine's.
  std::optional<Announcement> announcement;
  if (!encrypted) {
    auto announced = Announcement::of(
        context.store,
        {fmt::format("http://{}:{}", local_address(options->address), (*server)->port()),
         options->gate.local_token});
    if (!announced) return refuse(announced);
    announcement.emplace(std::move(*announced));
  }
  context.out.line(fmt::format("serving {} at {}/", context.store, address));
  if (has_file) {
    context.out.line(
        fmt::format("sign in at {}/sign-in with one of its {} tokens ('solnoma token "
                    "list')",
                    address, tokens->size()));
  } else {
    context.out.line(
        fmt::format("to record, sign in at {}/sign-in#{}", address, options->gate.own_token));
    context.out.line(fmt::format("or send Authorization: Bearer {}", options->gate.own_token));
  }
  context.out.flush();
  tell_ready(context.variables);
  if (follower) follower->begin();
  if (*sharing) (*sharing)->begin();
  (*server)->run();
  context.out.line("ended");
  return {};
}

}  // namespace

void add_serve(CommandLine& line, Context& context, RunCommand run) {
  Command command = line.command("serve", "Answer over HTTP, and record what is sent");
  auto words = std::make_shared<ServeWords>();
  command.option("--listen", words->listen,
                 "Where to listen; port 0: any that is free; beyond this machine only with tokens",
                 "ADDRESS:PORT", "127.0.0.1:8417");
  command.options("--host", words->hosts, "A name by which it is asked, behind a web server",
                  "NAME");
  command.option("--tls-certificate", words->tls.certificate,
                 "Speak https, by this certificate and those that lead to its authority (PEM)",
                 "FILE");
  command.option("--tls-key", words->tls.key,
                 "Its private key (PEM); both are read again when they change", "FILE");
  command.flag("--behind-https", words->behind_https,
               "A web server before it speaks https: cookies are for https alone");
  command.option("--key", words->signing.key,
                 "Sign the heads of the log with this private key, as 'solnoma keygen' makes it: "
                 "others can follow it",
                 "FILE");
  command.may_be_set("--key", Setting::key, words->signing.key);
  command.option("--origin", words->signing.origin, "Name of the log and of who signs", "NAME",
                 "solnoma");
  command.may_be_set("--origin", Setting::origin, words->signing.origin);
  command.option("--follow", words->follow,
                 "Keep a copy of another server's log, which is checked as it comes, and answer "
                 "from that; what records goes to the other",
                 "URL");
  command.option("--follow-key", words->follow_key,
                 "The public key by which the other signs its heads", "FILE");
  command.option("--journal", words->journal,
                 "Share the log with other machines: what each records is decided by etcd or NATS, "
                 "and all have it; etcds:// and tls:// are encrypted",
                 "etcd://HOST:PORT,…/NAME or nats://HOST:PORT,…/NAME[?monitor=PORT]");
  command.option("--journal-credentials", words->journal_credentials,
                 "As whom: a file with USER:PASSWORD", "FILE");
  command.option("--journal-certificate", words->journal_access.certificate,
                 "By which certificate this machine is known there", "FILE");
  command.option("--journal-key", words->journal_access.certificate_key,
                 "The private key of that certificate", "FILE");
  command.options(
      "--peer", words->peers,
      "Another machine that shares the log: what is kept there no longer is copied from it", "URL");
  command.flag(
      "--begin-anew", words->begin_anew,
      "With --journal: nothing of the log is there, or it is lost for good, and this store, "
      "which has the newest head, begins it");
  command.flag("--public", words->public_read, "Whoever comes without a token may read");
  command.footer(
      "  GET  /                                      the report\n"
      "  GET  /v1/status/park/chirchik?as-of=2022    what the command says, with its options\n"
      "  GET  /v1/report.csv?region=Navoi            in any of its formats\n"
      "  GET  /v1/events?after=50                    events, one a line; as text/event-stream for "
      "ever\n"
      "  POST /v1/events                             CloudEvents, one, many, or one a line; "
      "?dry-run\n"
      "  GET  /livez, /readyz, /metrics\n"
      "Where the store has no tokens, whoever can reach it may read, and who has the token that "
      "it\n"
      "prints may record. 'solnoma token' makes tokens, and takes them back while it runs.\n"
      "'solnoma webhook' says to whom it posts what is new.\n"
      "While it runs, the store has its writer. append, correct, retract, postpone, accept and\n"
      "decline on this machine go through it by themselves; other commands that write wait.");
  command.run([&context, &line, words, run = std::move(run)] {
    return serve(context, *words, line.description(), run);
  });
}

}  // namespace solnoma
