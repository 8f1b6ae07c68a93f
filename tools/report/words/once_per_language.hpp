#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>

#include "events/language.hpp"

namespace solnoma {

/// What is costly to make, and is made for a language when it is first asked for. Thread-safe.
template <class T>
class OncePerLanguage {
 public:
  template <class Make>
  const T& get(Language language, const Make& make) {
    Kept& kept = kept_[static_cast<std::size_t>(language)];
    std::call_once(kept.once, [&] { kept.made.emplace(make()); });
    return *kept.made;
  }

 private:
  struct Kept {
    std::once_flag once;
    std::optional<T> made;
  };
  std::array<Kept, kLanguages.size()> kept_;
};

}  // namespace solnoma
