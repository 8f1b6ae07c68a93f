#include "engine/tree_head.hpp"
#include "tools/commands/commands.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

Outcome head(Context& context, const std::string& at) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(VantageOptions{"", "", at}, context, **log);
  if (!vantage) return refuse(vantage);
  auto head = (*log)->tree_head(vantage->at);
  if (!head) return refuse(head);
  context.out.line(to_string(*head));
  return {};
}

}  // namespace

void add_head(CommandLine& line, Context& context) {
  Command command = line.command("head", "Print the head of the log: HASH@POSITION");
  auto at = std::make_shared<std::string>();
  command.option("--at", *at, std::string("As it was at this position; or ") + kAtHelp, "POSITION",
                 "the newest");
  command.footer(
      "The head is read from the tree as it is kept; 'solnoma verify' computes it anew.");
  command.run([&context, at] { return head(context, *at); });
}

}  // namespace solnoma
