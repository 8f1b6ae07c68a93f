#include <fmt/format.h>

#include "engine/head_note.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/key_files.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

struct SignOptions {
  std::string key;
  std::string origin = "solnoma";
  std::string at;
};

Outcome print_signed(Context& context, const SignOptions& options) {
  if (!is_origin(options.origin))
    return usage(fmt::format("'{}' cannot name a log", options.origin),
                 "use a word without spaces and plus signs, such as example.org/chronicle");
  auto key = read_private_key(options.key);
  if (!key) return refuse(key);
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(VantageOptions{"", "", options.at}, context, **log);
  if (!vantage) return refuse(vantage);
  auto head = (*log)->tree_head(vantage->at);
  if (!head) return refuse(head);
  HeadNote note = note_of(*head, options.origin);
  sign(note, *key);
  context.out.write(to_string(note));
  return {};
}

}  // namespace

void add_sign(CommandLine& line, Context& context) {
  Command command = line.command("sign", "Print the head of the log with a signature");
  auto options = std::make_shared<SignOptions>();
  command.option("--key", options->key, "Private key, as 'solnoma keygen' makes it", "FILE", {},
                 true);
  command.may_be_set("--key", Setting::key, options->key);
  command.option("--origin", options->origin, "Name of the log and of who signs", "NAME",
                 "solnoma");
  command.may_be_set("--origin", Setting::origin, options->origin);
  command.option("--at", options->at, std::string("Of the log up to this position; or ") + kAtHelp,
                 "POSITION", "the newest");
  command.footer(
      "Examples:\n"
      "  solnoma keygen me.key\n"
      "  solnoma sign --key me.key > head-2026.txt\n"
      "  solnoma verify --signed head-2026.txt --key me.key.pub\n"
      "The text is a checkpoint of https://c2sp.org/tlog-checkpoint.");
  command.run([&context, options] { return print_signed(context, *options); });
}

}  // namespace solnoma
