#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/serve/webhooks/webhook.hpp"

namespace solnoma {

/// What came of one attempt.
struct HookAnswer {
  long status = 0;               ///< 0: there was no answer
  std::string words = {};        ///< "HTTP 503: come later", or why there was no answer
  std::string retry_after = {};  ///< the header; empty: there was none
  bool stopped = false;          ///< by this side, before there was an answer
};

/// Posts to the receiver of one webhook, over a connection that is kept for the next. It follows no
/// redirect, goes through no proxy (whose address would be looked at in place of the receiver's),
/// and connects to no address that HookReach forbids, whatever the name resolves to at that moment.
/// Of an answer it reads 64 KiB at most. For one thread.
class HookPost {
 public:
  explicit HookPost(const Webhook& hook);
  ~HookPost();
  HookPost(const HookPost&) = delete;
  HookPost& operator=(const HookPost&) = delete;

  /// Within the hook's patience. `stop` is asked about once a second whether to break it off.
  [[nodiscard]] HookAnswer send(const std::vector<std::string>& headers, const std::string& body,
                                const std::function<bool()>& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
