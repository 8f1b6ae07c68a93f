#include <fmt/format.h>

#include <charconv>
#include <random>

#include "tools/commands/commands.hpp"
#include "tools/serve/chronicle_server.hpp"

namespace solnoma {
namespace {

struct ServeWords {
  std::string listen = "127.0.0.1:8417";
  std::vector<std::string> hosts;
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
  if (!options.address.starts_with("127.") && options.address != "::1")
    return usage(fmt::format("--listen: {} is not this machine alone", options.address),
                 "listen on 127.0.0.1, and put a web server before it that asks who comes");
  return options;
}

/// Nobody guesses it.
std::string new_token() {
  std::random_device random;
  std::string token;
  for (int i = 0; i < 8; ++i) token += fmt::format("{:08x}", random());
  return token;
}

Outcome serve(Context& context, const ServeWords& words, const ProgramDescription& program,
              const RunCommand& run) {
  auto options = parse_listen(words.listen);
  if (!options) return refuse(options);
  options->hosts = words.hosts;
  options->token = new_token();
  auto journal = context.recording();
  if (!journal) return refuse(journal);
  auto server = ChronicleServer::open(context, **journal, program, run, *options);
  if (!server) return refuse(server);
  const std::string host = options->address.find(':') == std::string::npos
                               ? options->address
                               : "[" + options->address + "]";
  context.out.line(
      fmt::format("serving {} at http://{}:{}/", context.store, host, (*server)->port()));
  context.out.line(fmt::format("to record: Authorization: Bearer {}", options->token));
  context.out.flush();
  (*server)->run();
  context.out.line("ended");
  return {};
}

}  // namespace

void add_serve(CommandLine& line, Context& context, RunCommand run) {
  Command command = line.command("serve", "Answer over HTTP, and record what is sent");
  auto words = std::make_shared<ServeWords>();
  command.option("--listen", words->listen,
                 "Where to listen, on this machine alone; port 0: any that is free", "ADDRESS:PORT",
                 "127.0.0.1:8417");
  command.options("--host", words->hosts, "A name by which it is asked, behind a web server",
                  "NAME");
  command.footer(
      "  GET  /                                      the report\n"
      "  GET  /v1/status/park/chirchik?as-of=2022    what the command says, with its options\n"
      "  GET  /v1/report.csv?region=Navoi            in any of its formats\n"
      "  GET  /v1/events?after=50                    events, one a line; as text/event-stream for "
      "ever\n"
      "  POST /v1/events                             CloudEvents, one, many, or one a line; "
      "?dry-run\n"
      "  GET  /livez, /readyz, /metrics\n"
      "While it runs, the store has its writer: other commands that write wait.");
  command.run([&context, &line, words, run = std::move(run)] {
    return serve(context, *words, line.description(), run);
  });
}

}  // namespace solnoma
