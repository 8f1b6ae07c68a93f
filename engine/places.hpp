#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "engine/result.hpp"
#include "engine/strong.hpp"

namespace solnoma {

/// A numbered place in a row that several machines share: 1, 2, 3 … without gaps. 0 stands for
/// "before the first".
using PlaceNumber = Strong<struct PlaceNumberTag, std::uint64_t>;

/// The most bytes that are put into one place: what every service that may hold the row takes.
inline constexpr std::size_t kMostPlaceBytes = 900 << 10;

/// Called with a place that is taken, and what it was taken with. Returns false to stop.
using PlaceVisitor = std::function<bool(PlaceNumber, std::string_view content)>;

/// A row of numbered places: each is taken once, and keeps what it was taken with. It is all that
/// the machines that share a log must have in common; what stands behind it decides between
/// them (etcd or NATS), and there is no consensus of our own. Thread-safe.
///
/// Little is asked of it: whoever uses it believes nothing but what was read, or what `taken`
/// says, and each batch states the heads of the log before and after it, so that a row that
/// loses or changes a place is found out.
class Places {
 public:
  virtual ~Places() = default;

  enum class Answer : std::uint8_t {
    taken,    ///< it was free, it is synced by whoever must have it, and it stays so
    refused,  ///< it may have been taken already: by another, or by this very content
  };
  /// Takes a place. What begins after a place was forgotten may not take it again. At most
  /// kMostPlaceBytes. Errors: unavailable: nobody knows whether it is taken, or will be.
  [[nodiscard]] virtual Result<Answer> take(PlaceNumber place, std::string_view content) = 0;

  /// The newest place that is taken, as of some moment after the call began. Errors: unavailable.
  [[nodiscard]] virtual Result<PlaceNumber> last() = 0;

  /// Visits the places that are taken, from `from` on, in their order: those that are kept, so
  /// that the first may be a later one. All that were taken when the call began; where there are
  /// none, the first that is taken within `patience`. Errors: unavailable.
  [[nodiscard]] virtual Result<void> read(PlaceNumber from, std::chrono::milliseconds patience,
                                          const PlaceVisitor& visit) = 0;

  /// This machine has what is in the places up to this one on its disk. Those of which all say so
  /// need not be kept. 0: it is one of them, and needs all; what it said before stays. Errors:
  /// unavailable.
  [[nodiscard]] virtual Result<void> forget(PlaceNumber upto) = 0;

  /// From any thread: what is waited for ends within a second, as unavailable, and so does at once
  /// whatever is asked later.
  virtual void give_up() = 0;
};

}  // namespace solnoma
