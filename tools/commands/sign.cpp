#include "tools/commands/commands.hpp"
#include "tools/shared/signing.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

struct SignOptions {
  SigningOptions signing;
  std::string at;
};

Outcome print_signed(Context& context, const SignOptions& options) {
  if (auto ok = check_signing(options.signing); !ok) return ok;
  if (options.signing.key.empty() && options.signing.stamp.url.empty())
    return usage("nobody is named who vouches for the head",
                 "give a --key to sign it with, or an authority that stamps it (--timestamp), or "
                 "both; 'solnoma head' prints it alone");
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(VantageOptions{"", "", options.at}, context, **log);
  if (!vantage) return refuse(vantage);
  auto head = (*log)->tree_head(vantage->at);
  if (!head) return refuse(head);
  auto note = vouched_for(*head, options.signing);
  if (!note) return refuse(note);
  context.out.write(to_string(*note));
  return {};
}

}  // namespace

void add_sign(CommandLine& line, Context& context) {
  Command command =
      line.command("sign", "Print the head of the log, signed, stamped with the time, or both");
  auto options = std::make_shared<SignOptions>();
  add_signing(command, options->signing);
  command.may_be_set("--key", Setting::key, options->signing.key);
  command.option("--at", options->at, std::string("Of the log up to this position; or ") + kAtHelp,
                 "POSITION", "the newest");
  command.footer(
      "Examples:\n"
      "  solnoma keygen me.key\n"
      "  solnoma sign --key me.key > head-2026.txt\n"
      "  solnoma verify --signed head-2026.txt --key me.key.pub\n"
      "  solnoma sign --key me.key --timestamp https://stamps.example.org/tsr > head.txt\n"
      "  solnoma verify --signed head.txt --authority stamps.pem\n"
      "The text is a checkpoint of https://c2sp.org/tlog-checkpoint; a stamp (RFC 3161) is one\n"
      "more line among its signatures, over the SHA-256 of the lines above the empty one.");
  command.run([&context, options] { return print_signed(context, *options); });
}

}  // namespace solnoma
