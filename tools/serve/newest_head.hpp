#pragma once

#include <mutex>
#include <string>

#include "engine/log.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// The head of one log, as answers name it. Nearly all are at its newest position, and making a
/// head takes up to 1,024 hashes, more than most answers: the newest one is kept. Thread-safe.
class NewestHead {
 public:
  /// Log::tree_head(at) as text; empty where it cannot be read.
  [[nodiscard]] std::string of(const Log& log, Position at) {
    {
      const std::lock_guard lock(mutex_);
      if (at == at_ && !text_.empty()) return text_;
    }
    const auto head = log.tree_head(at);
    if (!head) return {};
    std::string text = to_string(*head);
    const std::lock_guard lock(mutex_);
    if (at_ <= at) {
      at_ = at;
      text_ = text;
    }
    return text;
  }

 private:
  std::mutex mutex_;
  Position at_{0};
  std::string text_;
};

}  // namespace solnoma
