#include <fmt/format.h>

#include "tools/commands/commands.hpp"
#include "tools/io/input.hpp"
#include "tools/serve/mcp.hpp"
#include "tools/serve/tokens.hpp"

namespace solnoma {
namespace {

/// Tries events against the store for as long as that takes, so that others may write it meanwhile.
/// It records nothing.
class Rehearsal : public Appender {
 public:
  Rehearsal(Context& context, Log& log) : context_(context), log_(log) {}

  [[nodiscard]] Result<Appended> append(std::span<const NewEvent> /*batch*/,
                                        std::span<const Expectation> /*expectations*/) override {
    return fail(Errc::unavailable, "nothing is recorded here", "hand it in as a proposal");
  }
  [[nodiscard]] Result<Appended> try_append(std::span<const NewEvent> batch,
                                            std::span<const Expectation> expectations) override {
    auto journal = context_.recording();
    if (!journal) return std::unexpected(journal.error());
    return (*journal)->try_append(batch, expectations);
  }
  [[nodiscard]] Log& log() override { return log_; }

 private:
  Context& context_;
  Log& log_;
};

struct McpWords {
  std::string site, name = "assistant";
  bool proposes = false;
};

/// One message a line, until there are no more.
Outcome run(Context& context, const McpWords& words, const ProgramDescription& program,
            const RunCommand& run_command) {
  if (!is_name(words.name) || words.name.empty())
    return usage("--name: it is a short text on one line", "name the assistant");
  auto log = context.read();
  if (!log) return refuse(log);
  context.served = log->get();
  Questions questions(context, program, run_command);
  Rehearsal rehearsal(context, **log);
  RecordingCommands commands(context, rehearsal, program, run_command);
  const Mcp mcp({questions, commands, program});
  const Grant grant{words.name, words.proposes ? Scope::propose : Scope::read, {}};
  auto input = Input::open("-");
  if (!input) return refuse(input);
  std::string line;
  for (;;) {
    auto more = input->line(line);
    if (!more) return refuse(more);
    if (!*more) return {};
    if (line.empty()) continue;
    if (auto head = (*log)->catch_up(); !head) return refuse(head);
    if (const auto said = mcp.answer(line, grant, {**log, "", true}, words.site)) {
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
  auto words = std::make_shared<McpWords>();
  command.option("--url", words->site,
                 "Where a person finds the same: the address of a server of this store", "URL",
                 "none");
  command.flag("--propose", words->proposes, "It may hand in proposals, which a steward decides");
  command.option("--name", words->name, "In whose name it hands in", "NAME", words->name);
  command.footer(
      "One message of JSON-RPC a line. Its tools are questions; none records. A server has the "
      "same\n"
      "at /mcp, where the token says who may propose. In the settings of an assistant:\n"
      "  {\"mcpServers\": {\"solnoma\": {\"command\": \"solnoma\", \"args\": [\"--store\", "
      "\"DIR\", "
      "\"mcp\"]}}}");
  command.run([&context, &line, words, run_command = std::move(run_command)] {
    while (words->site.ends_with('/')) words->site.pop_back();
    return run(context, *words, line.description(), run_command);
  });
}

}  // namespace solnoma
