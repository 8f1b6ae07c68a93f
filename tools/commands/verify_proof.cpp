#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/aligned_bytes.hpp"
#include "engine/proof_text.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/text/text.hpp"
#include "events/validate.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/input.hpp"
#include "tools/shared/stamps.hpp"
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

struct VerifyOptions {
  std::string path;
  WitnessOptions witness;
  bool unanchored = false;
};

/// What speaks for the head of a proof.
struct Anchors {
  bool head = false;              ///< a head that was given, or a signature: whose log it is
  std::vector<HeadStamp> stamps;  ///< when it was there; checked where an authority is given
};

/// Errors: conflict where a head that was given is another one; those of witnessed_heads().
Try<Anchors> anchors_of(const ProofText& proof, const std::string& path, WitnessOptions options) {
  Anchors anchors;
  // Without a signed head, key and authority are for what stands in the proof itself.
  if (options.signed_.empty()) {
    auto stamps = check_note(proof.note, path, options.key, options.authority);
    if (!stamps) return std::unexpected(stamps.error());
    anchors = {!options.key.empty(), std::move(*stamps)};
    options.key.clear();
    options.authority.clear();
  } else {
    anchors.head = !options.key.empty();
  }
  auto witnessed = witnessed_heads(options);
  if (!witnessed) return std::unexpected(witnessed.error());
  const TreeHead& head = proof.proof.head;
  for (Witnessed& each : *witnessed) {
    if (each.head != head)
      return std::unexpected(
          Failure(Error{Errc::conflict,
                        fmt::format("the proof is for the head {}, not for {}", to_string(head),
                                    to_string(each.head)),
                        {},
                        "ask for a proof with --at " + std::to_string(each.head.position.value)}));
    std::ranges::move(each.stamps, std::back_inserter(anchors.stamps));
  }
  anchors.head = anchors.head || !options.heads.empty();
  return anchors;
}

Outcome verify_proof(Context& context, const VerifyOptions& options) {
  auto input = Input::open(options.path);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto read = proof_text_from(*text);
  if (!read) return refuse(std::unexpected(at(options.path, read.error()).error()));
  auto event = check(read->proof);
  if (!event) return refuse_proof(options.path, event.error());
  if (auto ok = check_origin(read->note, options.witness); !ok) return ok;
  auto anchors = anchors_of(*read, options.path, options.witness);
  if (!anchors) return std::unexpected(anchors.error());
  auto stored = event_of_proof(*event);
  if (!stored) return refuse_proof(options.path, stored.error());

  const bool stamped = !options.witness.authority.empty();
  if (!anchors->head && !stamped && !options.unanchored)
    return std::unexpected(Failure(
        Error{Errc::invalid,
              "the proof is whole, but nothing shows that its head is that of your log: "
              "anybody can make such a proof of anything",
              options.path,
              "give a head that you kept (--head, --signed), the --key of who signed it or the "
              "--authority that stamped it; --unanchored shows what the proof says all the same"}));
  context.out.line(visible(event_to_json(*stored)));
  context.out.line(fmt::format("is event {} of the log '{}' with the head {}",
                               stored->position.value, visible(read->note.origin),
                               to_string(read->proof.head)));
  for (const HeadStamp& stamp : anchors->stamps)
    context.out.line(stamped ? fmt::format("recorded no later than {}, by {}", instant_of(stamp),
                                           authority_of(stamp))
                             : words_of(stamp, /*checked=*/false));
  if (!anchors->head)
    context.out.line("whether that is the head of your log is not shown: give --head or --key");
  return {};
}

}  // namespace

void add_verify_proof(CommandLine& line, Context& context) {
  Command command =
      line.command("verify-proof", "Check a proof of 'solnoma prove'; needs no store");
  auto options = std::make_shared<VerifyOptions>();
  command.argument("FILE", options->path, "The proof, or - for standard input");
  add_witness(command, options->witness);
  command.flag("--unanchored", options->unanchored,
               "Show what the proof says though nothing speaks for its head");
  command.footer(
      "A proof shows that an event is in the log with a head. That this is the head of your log "
      "is\n"
      "for a head that you kept to show, or for a signature; when it was there, for a stamp. "
      "Without\n"
      "--signed, --key and --authority check the signature and the stamps in the proof itself.\n"
      "Without any of them the command ends with 1.");
  command.run([&context, options] { return verify_proof(context, *options); });
}

}  // namespace solnoma
