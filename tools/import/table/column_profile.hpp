#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace solnoma {

/// What the values of a column have in common.
class ColumnProfile {
 public:
  explicit ColumnProfile(std::string header);

  void add(const std::string& cell);

  [[nodiscard]] const std::string& header() const { return header_; }
  /// As folded_name() has it, with a space at both ends: for finding words.
  [[nodiscard]] const std::string& words() const { return words_; }
  [[nodiscard]] bool has(std::string_view word) const;

  [[nodiscard]] std::size_t filled() const { return filled_; }
  /// Most of the first kSample values that there are.
  [[nodiscard]] bool mostly(std::size_t count) const {
    return sampled_ > 0 && count * 5 >= sampled_ * 4;
  }
  static constexpr std::size_t kSample = 10'000;
  [[nodiscard]] bool dates() const { return mostly(dates_); }
  [[nodiscard]] bool numbers() const { return mostly(numbers_); }
  [[nodiscard]] bool addresses() const { return mostly(addresses_); }
  [[nodiscard]] bool objects() const { return mostly(objects_); }  ///< of JSON
  [[nodiscard]] bool zeros() const { return zeros_ * 2 > filled_; }
  [[nodiscard]] bool ambiguous_dates() const { return ambiguous_ > 0; }
  /// Of each row's cell; of one that has nothing to say, 0.
  [[nodiscard]] const std::vector<std::uint64_t>& hashes() const { return hashes_; }
  /// Values with how often they stand; kMostValues of them.
  [[nodiscard]] const std::map<std::string, std::size_t>& values() const { return values_; }
  [[nodiscard]] bool few_values() const { return values_.size() < kMostValues; }
  static constexpr std::size_t kMostValues = 200;

 private:
  std::string header_, words_;
  std::size_t filled_ = 0, sampled_ = 0, dates_ = 0, numbers_ = 0, addresses_ = 0, objects_ = 0,
              zeros_ = 0, ambiguous_ = 0;
  std::vector<std::uint64_t> hashes_;
  std::map<std::string, std::size_t> values_;
};

}  // namespace solnoma
