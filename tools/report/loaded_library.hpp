#pragma once

#include <string>

#include "engine/result.hpp"

namespace solnoma {

/// A shared library that is loaded when it is first needed, and stays. What few runs need is not
/// linked: binding librsvg alone takes longer than most answers.
class LoadedLibrary {
 public:
  /// `file` as the loader looks for it. Errors: unavailable, saying that it is what does `what`,
  /// and in which `package` of Debian it is.
  [[nodiscard]] static Result<LoadedLibrary> load(const char* file, const std::string& what,
                                                  const std::string& package);

  /// The function of that name, of it or of what it needs itself, as its header declares it:
  /// `find(function, "function")`. False where there is none.
  template <class Function>
  [[nodiscard]] bool find(Function*& function, const char* name) const {
    function = reinterpret_cast<Function*>(symbol(name));  // NOLINT: as POSIX has it
    return function != nullptr;
  }

 private:
  explicit LoadedLibrary(void* handle) : handle_(handle) {}
  [[nodiscard]] void* symbol(const char* name) const;
  void* handle_;
};

}  // namespace solnoma
