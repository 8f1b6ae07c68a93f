#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/ed25519.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// A head as a small text to keep, signed or not, in the format that transparency logs use:
/// a checkpoint (https://c2sp.org/tlog-checkpoint) as a signed note
/// (https://c2sp.org/signed-note).
///
///     solnoma                      the origin: a name of the log
///     50                           position
///     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
///     — solnoma
///     Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
struct HeadNote {
  std::string origin;
  TreeHead head;
  std::string body;  ///< what is signed: up to the empty line, excluded
  struct Signature {
    std::string name;
    std::string bytes;  ///< the first four tell which key
  };
  std::vector<Signature> signatures;
};

/// Precondition: `origin` is not empty, and has no white space, plus sign or control character.
[[nodiscard]] HeadNote note_of(const TreeHead& head, std::string_view origin);

/// Adds a signature by the origin's name.
void sign(HeadNote& note, const PrivateKey& key);

[[nodiscard]] std::string to_string(const HeadNote& note);

/// Lines after the third are kept, unread, as part of what is signed. At most 64 KiB.
/// Errors: invalid, naming the line.
[[nodiscard]] Result<HeadNote> head_note_from(std::string_view text);

/// Errors: invalid when nobody with that key signed it, or what is signed was changed.
[[nodiscard]] Result<void> check(const HeadNote& note, const PublicKey& key);

/// True if it may stand for a log in a note.
[[nodiscard]] bool is_origin(std::string_view name);

}  // namespace solnoma
