#include "tools/serve/readiness.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "tools/report/loaded_library.hpp"

namespace solnoma {

void tell_ready(const Variables& variables) {
  if (!variables || !variables("NOTIFY_SOCKET")) return;
  auto library = LoadedLibrary::load("libsystemd.so.0", "telling systemd", "libsystemd0");
  if (!library) {
    const Error& error = library.error();
    (void)std::fputs(fmt::format("solnoma: {}; {}\n", error.what, error.remedy).c_str(), stderr);
    return;
  }
  int (*notify)(int, const char*) = nullptr;  // sd_notify(3)
  if (library->find(notify, "sd_notify")) (void)notify(0, "READY=1");
}

}  // namespace solnoma
