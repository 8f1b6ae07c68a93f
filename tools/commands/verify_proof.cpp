#include <fmt/format.h>

#include "engine/aligned_bytes.hpp"
#include "engine/proof_text.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
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
