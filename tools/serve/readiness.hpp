#pragma once

#include "tools/settings.hpp"

namespace solnoma {

/// Tells a service manager that has asked for it (systemd, `Type=notify`) that the program serves.
/// By libsystemd, which is loaded for that alone; where it is not there, standard error says so.
void tell_ready(const Variables& variables);

}  // namespace solnoma
