#include <fmt/format.h>

#include <algorithm>

#include "engine/block.hpp"
#include "engine/proof_text.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "tools/context.hpp"
#include "tools/io/input.hpp"
#include "tools/io/key_files.hpp"
#include "tools/options/vantage.hpp"
#include "tools/options/witness.hpp"

namespace solnoma {
namespace {

struct ProveOptions {
  std::string id;
  std::string source;
  std::string at;
  std::string key;
  std::string origin = "solnoma";
};

Try<Position> position_of(const Log& log, const ProveOptions& options) {
  const auto unknown = [&] {
    return std::unexpected(Failure(Error{Errc::not_found,
                                         fmt::format("no event has the id '{}'", options.id),
                                         {},
                                         "'solnoma log' lists the events"}));
  };
  if (!options.source.empty()) {
    auto found = log.find(options.source, options.id);
    if (!found) return refuse(found);
    if (!*found) return unknown();
    return **found;
  }
  auto found = log.find(options.id);
  if (!found) return refuse(found);
  if (found->empty()) return unknown();
  if (found->size() > 1)
    return usage(fmt::format("{} sources have an event '{}'", found->size(), options.id),
                 "say which with --source");
  return found->front();
}

Outcome prove(Context& context, const ProveOptions& options) {
  if (!is_origin(options.origin))
    return usage(fmt::format("'{}' cannot name a log", options.origin),
                 "use a word without spaces and plus signs");
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(VantageOptions{"", "", options.at}, context, **log);
  if (!vantage) return refuse(vantage);
  auto position = position_of(**log, options);
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

/// The event of a proof, decoded where Cap'n Proto can read it in place.
Result<StoredEvent> decode_copy(RecordedEvent event) {
  AlignedBlock payload;
  payload.assign(event.payload);
  event.payload = payload.bytes();
  return decode(event);
}

Outcome verify_proof(Context& context, const std::string& path, const WitnessOptions& options) {
  auto input = Input::open(path);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto read = proof_text_from(*text);
  if (!read) return refuse(std::unexpected(at(path, read.error()).error()));
  auto event = check(read->proof);
  if (!event) return refuse(std::unexpected(at(path, event.error()).error()));

  // A key alone is for the signature that stands in the proof itself.
  bool trusted = false;
  WitnessOptions others = options;
  if (!options.key.empty() && options.signed_.empty()) {
    auto key = read_public_key(options.key);
    if (!key) return refuse(key);
    if (auto ok = check(read->note, *key); !ok)
      return refuse(std::unexpected(at(path, ok.error()).error()));
    others.key.clear();
    trusted = true;
  }
  auto witnessed = witnessed_heads(others);
  if (!witnessed) return refuse(witnessed);
  const TreeHead& head = read->proof.head;
  for (const TreeHead& each : *witnessed)
    if (each != head)
      return std::unexpected(Failure(Error{
          Errc::conflict,
          fmt::format("the proof is for the head {}, not for {}", to_string(head), to_string(each)),
          path, "ask for a proof with --at " + std::to_string(each.position.value)}));
  trusted = trusted || !witnessed->empty();

  auto stored = decode_copy(*event);
  if (!stored) return refuse(std::unexpected(at(path, stored.error()).error()));
  context.out.line(event_to_json(*stored));
  context.out.line(fmt::format("is event {} of the log with the head {}", stored->position.value,
                               to_string(head)));
  if (!trusted)
    context.out.line("whether that is the head of your log is not shown: give --head or --key");
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
  command.option("--at", options->at, "For the head at this position", "POSITION", "the newest");
  command.option("--key", options->key, "Sign the head in the proof with this private key", "FILE");
  command.option("--origin", options->origin, "Name of the log and of who signs", "NAME",
                 "solnoma");
  command.footer("The text is a proof of https://c2sp.org/tlog-proof.");
  command.run([&context, options] { return prove(context, *options); });
}

void add_verify_proof(CommandLine& line, Context& context) {
  Command command =
      line.command("verify-proof", "Check a proof of 'solnoma prove'; needs no store");
  auto path = std::make_shared<std::string>();
  auto options = std::make_shared<WitnessOptions>();
  command.argument("FILE", *path, "The proof, or - for standard input");
  add_witness(command, *options);
  command.footer("With --key alone, the signature in the proof itself is checked.");
  command.run([&context, path, options] { return verify_proof(context, *path, *options); });
}

}  // namespace solnoma
