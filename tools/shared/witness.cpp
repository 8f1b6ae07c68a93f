#include "tools/shared/witness.hpp"

#include <fmt/format.h>

#include "tools/io/input.hpp"
#include "tools/io/key_files.hpp"

namespace solnoma {

void add_witness(Command& command, WitnessOptions& options) {
  command.options("--head", options.heads, "A head that was written down", "HASH@POSITION");
  command.options("--signed", options.signed_, "A head as 'solnoma sign' wrote it; needs --key",
                  "FILE");
  command.option("--key", options.key, "Public key of who signed it", "FILE");
  command.option("--origin", options.origin, "The name that the signed log must have", "NAME",
                 "any");
}

Outcome check_origin(const HeadNote& note, const WitnessOptions& options) {
  if (options.origin.empty() || note.origin == options.origin) return {};
  return std::unexpected(Failure(
      Error{Errc::conflict,
            fmt::format("the head is of the log '{}', not of '{}'", note.origin, options.origin),
            {},
            "ask for one of the right log"}));
}

Try<std::vector<TreeHead>> witnessed_heads(const WitnessOptions& options) {
  std::vector<TreeHead> heads;
  for (const std::string& text : options.heads) {
    auto head = tree_head_from(text);
    if (!head) {
      Error error = head.error();
      error.where = "--head";
      return std::unexpected(Failure(std::move(error), Exit::usage));
    }
    heads.push_back(*head);
  }
  if (options.signed_.empty() != options.key.empty())
    return usage("--signed and --key go together",
                 "give the signed head and the public key of who signed it");
  if (options.signed_.empty()) return heads;
  auto key = read_public_key(options.key);
  if (!key) return refuse(key);
  for (const std::string& path : options.signed_) {
    auto input = Input::open(path);
    if (!input) return refuse(input);
    auto text = input->rest();
    if (!text) return refuse(text);
    auto note = head_note_from(*text);
    if (!note) return refuse(std::unexpected(at(path, note.error()).error()));
    if (auto ok = check(*note, *key); !ok)
      return refuse(std::unexpected(at(path, ok.error()).error()));
    if (auto ok = check_origin(*note, options); !ok) return refuse(ok);
    heads.push_back(note->head);
  }
  return heads;
}

}  // namespace solnoma
