#include <fmt/format.h>

#include "engine/proof_text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/key_files.hpp"
#include "tools/shared/event_id.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

struct ProveOptions {
  std::string id;
  std::string source;
  std::string at;
  std::string key;
  std::string origin = "solnoma";
};

Outcome prove(Context& context, const ProveOptions& options) {
  if (!is_origin(options.origin))
    return usage(fmt::format("'{}' cannot name a log", options.origin),
                 "use a word without spaces and plus signs");
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(VantageOptions{"", "", options.at}, context, **log);
  if (!vantage) return refuse(vantage);
  auto position = find_typed(**log, options.id, options.source, "--source");
  if (!position) return refuse(position);
  if (*position > vantage->at)
    return usage(fmt::format("the event was recorded at position {}, after {}", position->value,
                             vantage->at.value),
                 "leave --at out, or give a later position");
  auto proof = (*log)->prove(*position, vantage->at);
  if (!proof) return refuse(proof);
  HeadNote note = note_of(proof->head, options.origin);
  if (!options.key.empty()) {
    auto key = read_private_key(options.key);
    if (!key) return refuse(key);
    sign(note, *key);
  }
  context.out.write(to_string(ProofText{std::move(*proof), std::move(note)}));
  return {};
}

}  // namespace

void add_prove(CommandLine& line, Context& context) {
  Command command =
      line.command("prove", "Print a proof that an event is in the log, to be checked without it");
  auto options = std::make_shared<ProveOptions>();
  command.argument("EVENT-ID", options->id, "Id of the event");
  command.option("--source", options->source, "Source of the event, where several have the id",
                 "URI");
  command.option("--at", options->at, std::string("For the head at this position; or ") + kAtHelp,
                 "POSITION", "the newest");
  command.option("--key", options->key, "Sign the head in the proof with this private key", "FILE");
  command.option("--origin", options->origin, "Name of the log and of who signs", "NAME",
                 "solnoma");
  command.may_be_set("--origin", Setting::origin, options->origin);
  command.footer("The text is a proof of https://c2sp.org/tlog-proof.");
  command.run([&context, options] { return prove(context, *options); });
}

}  // namespace solnoma
