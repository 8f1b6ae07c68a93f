#include "tools/report/loaded_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

namespace solnoma {

Result<LoadedLibrary> LoadedLibrary::load(const char* file, const std::string& what,
                                          const std::string& package) {
  void* const handle = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr)
    return fail(Errc::unavailable, fmt::format("{} needs {}, which is not there", what, file),
                fmt::format("install the package {}", package));
  return LoadedLibrary(handle);
}

void* LoadedLibrary::symbol(const char* name) const {
  return dlsym(handle_, name);
}

}  // namespace solnoma
