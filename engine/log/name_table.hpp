#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace solnoma {

/// Names by number, which are only ever added: any thread may look while one adds, without a lock.
/// What is found lives as long as the table.
class NameTable {
 public:
  /// Empty: there is none yet.
  [[nodiscard]] std::string_view find(std::uint32_t number) const {
    const Place place = place_of(number);
    const Name* const part = parts_[place.part].load(std::memory_order_acquire);
    if (part == nullptr) return {};
    const std::string* const name = part[place.index].load(std::memory_order_acquire);
    return name == nullptr ? std::string_view{} : std::string_view(*name);
  }

  /// One thread at a time. `name` is not empty.
  std::string_view add(std::uint32_t number, std::string name) {
    const Place place = place_of(number);
    Name* part = parts_[place.part].load(std::memory_order_relaxed);
    if (part == nullptr) {
      part =
          memory_.emplace_back(std::make_unique<Name[]>(std::size_t{kFirst} << place.part)).get();
      parts_[place.part].store(part, std::memory_order_release);
    }
    const std::string& kept = texts_.emplace_back(std::move(name));
    part[place.index].store(&kept, std::memory_order_release);
    end_ = std::max(end_, std::uint64_t{number} + 1);
    return kept;
  }

  /// One more than the greatest number that was added. For the thread that adds.
  [[nodiscard]] std::uint64_t end() const { return end_; }

 private:
  using Name = std::atomic<const std::string*>;
  struct Place {
    std::size_t part, index;
  };
  /// The first part has so many names, each further one twice as many as the one before.
  static constexpr std::uint64_t kFirst = 1 << 10;
  static constexpr std::size_t kParts = 33 - std::bit_width(kFirst) + 1;

  static Place place_of(std::uint32_t number) {
    const std::uint64_t from_first = number + kFirst;
    const auto part = static_cast<std::size_t>(std::bit_width(from_first) - std::bit_width(kFirst));
    return {part, static_cast<std::size_t>(from_first - (kFirst << part))};
  }

  std::array<std::atomic<Name*>, kParts> parts_{};
  std::vector<std::unique_ptr<Name[]>> memory_;
  std::deque<std::string> texts_;
  std::uint64_t end_ = 0;
};

}  // namespace solnoma
