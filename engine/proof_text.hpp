#pragma once

#include <string>
#include <string_view>

#include "engine/head_note.hpp"
#include "engine/inclusion_proof.hpp"

namespace solnoma {

/// An inclusion proof as a small text, in the format that transparency logs use
/// (https://c2sp.org/tlog-proof): the record in base64, its index in the tree (its position less
/// one), the hashes of the path in base64, an empty line, and the head as a note.
///
///     c2sp.org/tlog-proof@v1
///     extra MgAAAAAAAAA…
///     index 49
///     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
///     solnoma
///     50
///     …
struct ProofText {
  InclusionProof proof;  ///< its head is the note's
  HeadNote note;
};

[[nodiscard]] std::string to_string(const ProofText& text);

/// Reads one; whether it proves anything is for check() to say. At most 4 MiB.
/// Errors: invalid, naming the line.
[[nodiscard]] Result<ProofText> proof_text_from(std::string_view text);

}  // namespace solnoma
