#pragma once

#include <memory>
#include <string_view>

#include "engine/hash.hpp"

namespace solnoma {

/// SHA-256 of what comes piece by piece (sha256.hpp: of what is there). One thread at a time.
class GrowingSha256 {
 public:
  GrowingSha256();
  ~GrowingSha256();
  GrowingSha256(const GrowingSha256&) = delete;
  GrowingSha256& operator=(const GrowingSha256&) = delete;

  void add(std::string_view piece);
  /// Of all that was added. Call it once, and nothing after it.
  [[nodiscard]] Hash finish();

 private:
  struct Digest;
  std::unique_ptr<Digest> digest_;
};

}  // namespace solnoma
