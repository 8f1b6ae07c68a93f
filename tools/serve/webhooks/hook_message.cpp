#include "tools/serve/webhooks/hook_message.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace solnoma {

std::string message_id(std::string_view hook_id, std::string_view at) {
  std::string id = fmt::format("msg_{}_{}", hook_id, at);
  std::ranges::replace(id, '/', '_');
  return id;
}

Receipt receipt_of(long status) {
  constexpr long kDone = 200;
  constexpr long kNoMoreDone = 300;
  constexpr long kGone = 410;
  if (status >= kDone && status < kNoMoreDone) return Receipt::acknowledged;
  return status == kGone ? Receipt::gone : Receipt::failed;
}

}  // namespace solnoma
