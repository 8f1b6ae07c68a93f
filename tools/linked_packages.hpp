#pragma once

#include <span>
#include <string_view>

namespace solnoma {

/// What is compiled or linked into the program, as "openssl 3.0.19-1": Debian's source packages and
/// their versions, by which Debian tells of security updates. Empty where it was built without
/// dpkg.
std::span<const std::string_view> linked_packages();

}  // namespace solnoma
