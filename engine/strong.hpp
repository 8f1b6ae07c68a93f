#pragma once

#include <compare>
#include <functional>

namespace solnoma {

/// A number with a meaning: two tags do not mix, and nothing converts by itself.
template <class Tag, class T>
struct Strong {
  T value{};

  constexpr Strong() = default;
  constexpr explicit Strong(T v) : value(v) {}

  constexpr auto operator<=>(const Strong&) const = default;
  constexpr Strong next() const { return Strong(static_cast<T>(value + 1)); }
};

}  // namespace solnoma

template <class Tag, class T>
struct std::hash<solnoma::Strong<Tag, T>> {
  std::size_t operator()(const solnoma::Strong<Tag, T>& strong) const {
    return std::hash<T>{}(strong.value);
  }
};
