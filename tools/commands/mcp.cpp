#include <fmt/format.h>

#include "tools/commands/commands.hpp"
#include "tools/io/input.hpp"
#include "tools/serve/mcp.hpp"

namespace solnoma {
namespace {

/// One message a line, until there are no more.
Outcome run(Context& context, const std::string& site, const ProgramDescription& program,
            const RunCommand& run_command) {
  auto log = context.read();
  if (!log) return refuse(log);
  context.served = log->get();
  Questions questions(context, program, run_command);
  const Mcp mcp(questions, program);
  auto input = Input::open("-");
  if (!input) return refuse(input);
  std::string line;
  for (;;) {
    auto more = input->line(line);
    if (!more) return refuse(more);
    if (!*more) return {};
    if (line.empty()) continue;
    if (auto head = (*log)->catch_up(); !head) return refuse(head);
    if (const auto said = mcp.answer(line, {**log, "", true}, site)) {
      context.out.line(*said);
      context.out.flush();
      if (context.out.failed()) return {};
    }
  }
}

}  // namespace

void add_mcp(CommandLine& line, Context& context, RunCommand run_command) {
  Command command =
      line.command("mcp", "Answer an assistant by the Model Context Protocol, on standard input");
  auto site = std::make_shared<std::string>();
  command.option("--url", *site,
                 "Where a person finds the same: the address of a server of this store", "URL",
                 "none");
  command.footer(
      "One message of JSON-RPC a line. Its tools are questions; none records. A server has the "
      "same\n"
      "at /mcp. In the settings of an assistant:\n"
      "  {\"mcpServers\": {\"solnoma\": {\"command\": \"solnoma\", \"args\": [\"--store\", "
      "\"DIR\", "
      "\"mcp\"]}}}");
  command.run([&context, &line, site, run_command = std::move(run_command)] {
    std::string address = *site;
    while (address.ends_with('/')) address.pop_back();
    return run(context, address, line.description(), run_command);
  });
}

}  // namespace solnoma
