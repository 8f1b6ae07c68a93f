#pragma once

#include <string>
#include <string_view>

#include "engine/ed25519.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// Keys in files. Errors of reading: usage when a file cannot be read or holds no such key, and
/// when anybody but its owner may read a private one.
[[nodiscard]] Try<PublicKey> read_public_key(const std::string& path);
[[nodiscard]] Try<PrivateKey> read_private_key(const std::string& path);

/// A secret is for the eyes of its owner alone; one that root owns, and hands to a program of
/// somebody else, also for those of its group. `what` it is: "the private key". Errors: usage,
/// where others may read it. What is no file, or not there, passes.
[[nodiscard]] Outcome check_private_file(const std::string& path,
                                         std::string_view what = "the private key");

/// `path` for the owner's eyes alone, and `path`.pub. Errors: conflict when one of them is there
/// already; io.
[[nodiscard]] Outcome write_keys(const PrivateKey& key, const std::string& path);

}  // namespace solnoma
