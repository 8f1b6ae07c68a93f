#include <fmt/format.h>

#include "engine/tree_head.hpp"
#include "engine/verify.hpp"
#include "tools/commands/commands.hpp"
#include "tools/shared/lacks_index.hpp"
#include "tools/shared/stamps.hpp"
#include "tools/shared/witness.hpp"

namespace solnoma {
namespace {

Outcome verify(Context& context, const WitnessOptions& options) {
  auto witnessed = witnessed_heads(options);
  if (!witnessed) return refuse(witnessed);
  auto log = context.read();
  if (!log) return refuse(log);
  // An index that cannot be used leaves the log, which is verified all the same.
  if (const auto usable = (*log)->tree_head(Position{0});
      !usable && !lacks_index(usable.error(), context))
    return refuse(usable);
  const std::vector<TreeHead> heads = heads_of(*witnessed);
  Result<TreeHead> head;
  {
    ProgressLine progress(context.progress, "verifying, at position");
    head = verify_log(**log, [&](Position position) { progress.at(position.value); }, heads);
  }
  // The store was readable: what is wrong was found by looking for it.
  if (!head) {
    const Errc code = head.error().code;
    const bool found = code == Errc::corrupt || code == Errc::damaged_index;
    return std::unexpected(Failure(head.error(), found ? Exit::refused : Failure::exit_of(code)));
  }
  context.out.line(fmt::format("verified {} events: the log is whole and the index is what it says",
                               head->position.value));
  for (const Witnessed& each : *witnessed) {
    context.out.line(fmt::format("it extends the head {}", to_string(each.head)));
    for (const HeadStamp& stamp : each.stamps)
      context.out.line("  " + words_of(stamp, !options.authority.empty()));
  }
  context.out.line(fmt::format("head {}", to_string(*head)));
  return {};
}

}  // namespace

void add_verify(CommandLine& line, Context& context) {
  Command command = line.command("verify", "Check the log and all that derives from it");
  auto options = std::make_shared<WitnessOptions>();
  add_witness(command, *options);
  command.footer(
      "Every event is bound into a Merkle tree (RFC 9162); the head HASH@POSITION commits to all\n"
      "up to a position. Who keeps one can have it checked later that nothing before it changed:\n"
      "  solnoma verify --head HASH@POSITION");
  command.run([&context, options] { return verify(context, *options); });
}

}  // namespace solnoma
