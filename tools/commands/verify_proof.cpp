#include <fmt/format.h>

#include "engine/aligned_bytes.hpp"
#include "engine/proof_text.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/text/text.hpp"
#include "events/validate.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/input.hpp"
#include "tools/io/key_files.hpp"
#include "tools/shared/witness.hpp"

namespace solnoma {
namespace {

/// The event of a proof, decoded where Cap'n Proto can read it in place.
Result<StoredEvent> decode_copy(RecordedEvent event) {
  AlignedBytes payload;
  payload.assign(event.payload);
  event.payload = payload.bytes();
  return decode(event);
}

/// What is wrong with a proof is no damage of a store: who has it has to ask again.
std::unexpected<Failure> refuse_proof(const std::string& path, Error error) {
  error.code = Errc::invalid;
  error.advice = Advice::none;
  error.remedy = "ask for the proof again, from someone whom you trust";
  return refuse(at(path, std::move(error)));
}

/// A proof shows that its bytes are in a log, not that they are an event: whoever keeps a log may
/// have put anything there. A type that a newer program knows is all right.
Result<StoredEvent> event_of_proof(const RecordedEvent& proved) {
  auto stored = decode_copy(proved);
  if (!stored) return stored;
  const auto valid = validate(stored->event);
  if (valid || valid.error().advice == Advice::list_types) return stored;
  Error error = valid.error();
  error.what = "what the proof is of is no event: " + error.what;
  return std::unexpected(std::move(error));
}

Outcome verify_proof(Context& context, const std::string& path, const WitnessOptions& options) {
  auto input = Input::open(path);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto read = proof_text_from(*text);
  if (!read) return refuse(std::unexpected(at(path, read.error()).error()));
  auto event = check(read->proof);
  if (!event) return refuse_proof(path, event.error());
  if (auto ok = check_origin(read->note, options); !ok) return ok;

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

  auto stored = event_of_proof(*event);
  if (!stored) return refuse_proof(path, stored.error());
  context.out.line(visible(event_to_json(*stored)));
  context.out.line(fmt::format("is event {} of the log '{}' with the head {}",
                               stored->position.value, visible(read->note.origin),
                               to_string(head)));
  if (!trusted)
    context.out.line("whether that is the head of your log is not shown: give --head or --key");
  return {};
}

}  // namespace

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
