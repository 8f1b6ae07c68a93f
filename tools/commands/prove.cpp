#include <fmt/format.h>

#include <optional>

#include "engine/proof_text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/shared/event_id.hpp"
#include "tools/shared/signing.hpp"
#include "tools/shared/vantage.hpp"
#include "tools/shared/witness.hpp"

namespace solnoma {
namespace {

struct ProveOptions {
  std::string id;
  std::string source;
  std::string at;
  std::string signed_;
  SigningOptions signing;
};

/// The head that was signed before, which is to be that of the log.
Try<HeadNote> signed_before(const ProveOptions& options, const Log& log) {
  if (!options.at.empty() || !options.signing.key.empty() || !options.signing.stamp.url.empty())
    return usage("--signed says all of the head: --at, --key and --timestamp do not go with it",
                 "leave them out, or --signed");
  auto note = read_note(options.signed_);
  if (!note) return note;
  auto head = note->head.position <= log.head() ? log.tree_head(note->head.position)
                                                : Result<TreeHead>(TreeHead{});
  if (!head) return refuse(head);
  if (*head == note->head) return note;
  return std::unexpected(Failure(Error{
      Errc::conflict, fmt::format("the log does not extend the head {}", to_string(note->head)),
      options.signed_, "name the store that it was signed for"}));
}

Outcome prove(Context& context, const ProveOptions& options) {
  if (auto ok = check_signing(options.signing); !ok) return ok;
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(VantageOptions{"", "", options.at}, context, **log);
  if (!vantage) return refuse(vantage);
  std::optional<HeadNote> note;
  if (!options.signed_.empty()) {
    auto before = signed_before(options, **log);
    if (!before) return refuse(before);
    note = std::move(*before);
    vantage->at = note->head.position;
  }
  auto position = find_typed(**log, options.id, options.source, "--source");
  if (!position) return refuse(position);
  if (*position > vantage->at)
    return usage(fmt::format("the event was recorded at position {}, after {}", position->value,
                             vantage->at.value),
                 "leave --at out, or give a later position");
  auto proof = (*log)->prove(*position, vantage->at);
  if (!proof) return refuse(proof);
  if (!note) {
    auto made = vouched_for(proof->head, options.signing);
    if (!made) return refuse(made);
    note = std::move(*made);
  }
  context.out.write(to_string(ProofText{std::move(*proof), std::move(*note)}));
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
  command.option("--signed", options->signed_,
                 "For this head, as 'solnoma sign' wrote it, with its signatures and stamps",
                 "FILE");
  add_signing(command, options->signing);
  command.footer("The text is a proof of https://c2sp.org/tlog-proof.");
  command.run([&context, options] { return prove(context, *options); });
}

}  // namespace solnoma
