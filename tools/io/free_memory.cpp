#include "tools/io/free_memory.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

/// Of jemalloc(3), where the program is linked with it.
extern "C" __attribute__((weak)) int mallctl(const char* name, void* old, std::size_t* old_size,
                                             void* value, std::size_t size);

namespace solnoma {

void give_memory_back() {
  constexpr const char* kAllArenas = "arena.4096.purge";  // MALLCTL_ARENAS_ALL
  if (mallctl != nullptr) (void)mallctl(kAllArenas, nullptr, nullptr, nullptr, 0);
}

void give_memory_back_at_once() {
  if (mallctl == nullptr) return;
  unsigned arenas = 0;
  std::size_t size = sizeof arenas;
  ssize_t decay = 0;
  (void)mallctl("arenas.dirty_decay_ms", nullptr, nullptr, &decay, sizeof decay);  // of new ones
  if (mallctl("arenas.narenas", &arenas, &size, nullptr, 0) != 0) return;
  for (unsigned i = 0; i < arenas; ++i)
    (void)mallctl(fmt::format("arena.{}.dirty_decay_ms", i).c_str(), nullptr, nullptr, &decay,
                  sizeof decay);
}

}  // namespace solnoma
