#include "tools/shared/witness.hpp"

#include <fmt/format.h>

#include "tools/io/input.hpp"
#include "tools/io/key_files.hpp"
#include "tools/shared/stamps.hpp"

namespace solnoma {

void add_witness(Command& command, WitnessOptions& options) {
  command.options("--head", options.heads, "A head that was written down", "HASH@POSITION");
  command.options("--signed", options.signed_,
                  "A head as 'solnoma sign' wrote it; needs --key or --authority", "FILE");
  command.option("--key", options.key, "Public key of who signed it", "FILE");
  add_authority(command, options.authority);
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

Try<HeadNote> read_note(const std::string& path) {
  auto input = Input::open(path);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto note = head_note_from(*text);
  if (!note) return refuse(std::unexpected(at(path, note.error()).error()));
  return *note;
}

Try<std::vector<HeadStamp>> check_note(const HeadNote& note, const std::string& path,
                                       const std::string& key, const std::string& authority) {
  if (!key.empty()) {
    auto public_key = read_public_key(key);
    if (!public_key) return refuse(public_key);
    if (auto ok = check(note, *public_key); !ok)
      return refuse(std::unexpected(at(path, ok.error()).error()));
  }
  auto stamps = stamps_in(note, authority);
  if (stamps || stamps.error().exit == Exit::usage) return stamps;
  return refuse(std::unexpected(at(path, stamps.error().error).error()));
}

std::vector<TreeHead> heads_of(const std::vector<Witnessed>& witnessed) {
  std::vector<TreeHead> heads;
  for (const Witnessed& each : witnessed) heads.push_back(each.head);
  return heads;
}

Try<std::vector<Witnessed>> witnessed_heads(const WitnessOptions& options) {
  std::vector<Witnessed> heads;
  for (const std::string& text : options.heads) {
    auto head = tree_head_from(text);
    if (!head) {
      Error error = head.error();
      error.where = "--head";
      return std::unexpected(Failure(std::move(error), Exit::usage));
    }
    heads.push_back({*head, {}});
  }
  if (options.signed_.empty() != (options.key.empty() && options.authority.empty()))
    return usage("--signed goes with --key or --authority",
                 "give the signed head, and the public key of who signed it or the certificates of "
                 "who stamped it");
  for (const std::string& path : options.signed_) {
    auto note = read_note(path);
    if (!note) return refuse(note);
    auto stamps = check_note(*note, path, options.key, options.authority);
    if (!stamps) return std::unexpected(stamps.error());
    if (auto ok = check_origin(*note, options); !ok) return refuse(ok);
    heads.push_back({note->head, std::move(*stamps)});
  }
  return heads;
}

}  // namespace solnoma
