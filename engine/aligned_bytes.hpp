#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace solnoma {

/// Bytes copied to where they begin at a multiple of 8, as payloads must to be read in place.
class AlignedBytes {
 public:
  void assign(std::string_view bytes) {
    words_.resize((bytes.size() + 7) / 8);
    size_ = bytes.size();
    if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
  }
  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(words_.data()), size_};
  }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

}  // namespace solnoma
