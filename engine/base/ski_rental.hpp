#pragma once

#include <cstdint>

namespace solnoma {

/// Whether to go on looking things up one by one ("renting") or to read all of them into memory
/// ("buying"): rent until that has cost what buying would, then buy. Never costs more than twice
/// the cheaper way (Karlin, Manasse, Rudolph & Sleator, Algorithmica 3, 1988). Costs are in any
/// one unit of time.
class SkiRental {
 public:
  /// Counts one more look-up, or several; true once buying would have cost no more.
  [[nodiscard]] bool pays(std::uint64_t cost_of_look, std::uint64_t price,
                          std::uint64_t looks = 1) {
    spent_ += cost_of_look * looks;
    return spent_ >= price;
  }
  void reset() { spent_ = 0; }

 private:
  std::uint64_t spent_ = 0;
};

}  // namespace solnoma
