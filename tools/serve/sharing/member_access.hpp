#pragma once

#include <string>

#include "tools/outcome.hpp"

namespace solnoma {

/// How a machine is known to the members of a cluster, and they to it.
struct MemberAccess {
  std::string authorities = {};      ///< as of HttpCall
  std::string certificate = {};      ///< file, PEM, by which the machine is known; empty: none
  std::string certificate_key = {};  ///< the private key of that: file, PEM
  std::string user = {};             ///< empty: none
  std::string password = {};
};

/// The same with the user and password that the first line of a file gives, as in
/// "solnoma:secret". Errors: usage, where it gives none, or others may read it.
[[nodiscard]] Try<MemberAccess> with_credentials(MemberAccess access, const std::string& file);

}  // namespace solnoma
