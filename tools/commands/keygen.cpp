#include <fmt/format.h>

#include "tools/commands/commands.hpp"
#include "tools/io/key_files.hpp"

namespace solnoma {
namespace {

Outcome keygen(Context& context, const std::string& path) {
  if (auto ok = write_keys(PrivateKey::generate(), path); !ok) return ok;
  context.out.line(
      fmt::format("made {} (private: keep it to yourself) and {}.pub (public)", path, path));
  return {};
}

}  // namespace

void add_keygen(CommandLine& line, Context& context) {
  Command command = line.command("keygen", "Make a pair of keys to sign with (Ed25519)");
  auto path = std::make_shared<std::string>();
  command.argument("FILE", *path, "File for the private key; the public one goes into FILE.pub");
  command.run([&context, path] { return keygen(context, *path); });
}

}  // namespace solnoma
