#include "tools/serve/webhooks/hook_post.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "events/text/ascii_lower.hpp"
#include "events/text/text.hpp"
#include "tools/io/curl.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kMostAnswer = 64 << 10;  // of its head, and of its body
constexpr std::size_t kMostWords = 200;        // of the body, for who looks for the mistake

/// What one exchange has come to.
struct Exchange {
  HookReach reach;
  const std::function<bool()>& stop;
  std::string refused = {};  // why no connection was made
  std::string retry_after = {};
  std::string words = {};  // the beginning of the body
  std::size_t head_bytes = 0, body_bytes = 0;
};

std::size_t take_body(const char* bytes, std::size_t, std::size_t size, void* to) {
  auto& exchange = *static_cast<Exchange*>(to);
  exchange.body_bytes += size;
  if (exchange.body_bytes > kMostAnswer) return 0;
  const std::size_t wanted = kMostWords - exchange.words.size();
  exchange.words.append(bytes, std::min(size, wanted));
  return size;
}

std::size_t take_head(const char* bytes, std::size_t, std::size_t size, void* to) {
  constexpr std::string_view kName = "retry-after:";
  auto& exchange = *static_cast<Exchange*>(to);
  exchange.head_bytes += size;
  if (exchange.head_bytes > kMostAnswer) return 0;
  std::string_view line(bytes, size);
  if (ascii_lower(line.substr(0, kName.size())) != kName) return size;
  line.remove_prefix(kName.size());
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  line = line.substr(0, line.find_last_not_of("\r\n ") + 1);
  exchange.retry_after = line;
  return size;
}

curl_socket_t open_socket(void* to, curlsocktype, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(to);
  exchange.refused = refusal_of(address->addr, exchange.reach);
  if (!exchange.refused.empty()) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int look_whether_to_stop(void* to, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Exchange*>(to)->stop() ? 1 : 0;
}

}  // namespace

struct HookPost::Impl {
  const Curl* curl = load_curl();
  Webhook hook;
  std::unique_ptr<CURL, void (*)(CURL*)> handle{nullptr, [](CURL*) {}};
  std::array<char, CURL_ERROR_SIZE> details{};

  explicit Impl(Webhook h) : hook(std::move(h)) {
    if (curl == nullptr) return;
    handle = {curl->init(), curl->cleanup};
    if (!handle) return;
    const bool unencrypted = hook.reach == HookReach::this_machine;
    set(CURLOPT_URL, hook.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, unencrypted ? "http" : "https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!hook.authorities.empty()) {
      set(CURLOPT_CAINFO, hook.authorities.c_str());
      set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    set(CURLOPT_ERRORBUFFER, details.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a name server that is silent holds up nobody's end
    set(CURLOPT_MAXCONNECTS, 1L);
    set(CURLOPT_TIMEOUT, static_cast<long>(hook.patience.count()));
    set(CURLOPT_USERAGENT, "solnoma");
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_HEADERFUNCTION, &take_head);
    set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    set(CURLOPT_XFERINFOFUNCTION, &look_whether_to_stop);
    set(CURLOPT_NOPROGRESS, 0L);
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl->set(handle.get(), option, value);
  }

  [[nodiscard]] std::string why_none(CURLcode code, const Exchange& exchange) const {
    if (!exchange.refused.empty()) return exchange.refused;
    if (code == CURLE_OPERATION_TIMEDOUT)
      return fmt::format("no answer within {} s", hook.patience.count());
    const std::string_view more(details.data());
    return visible(more.empty() ? std::string_view(curl->words(code)) : more);
  }
};

HookPost::HookPost(const Webhook& hook) : impl_(std::make_unique<Impl>(hook)) {}
HookPost::~HookPost() = default;

HookAnswer HookPost::send(const std::vector<std::string>& headers, const std::string& body,
                          const std::function<bool()>& stop) {
  if (!impl_->handle) return {.words = "libcurl is not there: install libcurl4"};
  const Curl& curl = *impl_->curl;
  std::unique_ptr<curl_slist, decltype(curl.free_all)> lines(nullptr, curl.free_all);
  for (const std::string& each : headers) lines.reset(curl.append(lines.release(), each.c_str()));
  // A long body waits for nobody's leave.
  lines.reset(curl.append(lines.release(), "Expect:"));
  Exchange exchange{.reach = impl_->hook.reach, .stop = stop};
  impl_->details = {};
  impl_->set(CURLOPT_HTTPHEADER, lines.get());
  impl_->set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  impl_->set(CURLOPT_POSTFIELDS, body.data());
  impl_->set(CURLOPT_WRITEDATA, &exchange);
  impl_->set(CURLOPT_HEADERDATA, &exchange);
  impl_->set(CURLOPT_OPENSOCKETDATA, &exchange);
  impl_->set(CURLOPT_XFERINFODATA, &exchange);
  const CURLcode code = curl.perform(impl_->handle.get());

  HookAnswer answer{.retry_after = exchange.retry_after};
  constexpr long kFinal = 200;
  curl.get(impl_->handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  if (answer.status < kFinal) answer.status = 0;
  // What it says counts, though the rest of what it says is too long, or too slow.
  if (answer.status == 0) {
    answer.stopped = code == CURLE_ABORTED_BY_CALLBACK;
    answer.words = impl_->why_none(code, exchange);
    return answer;
  }
  answer.words = fmt::format("HTTP {}", answer.status);
  std::string_view words = exchange.words;
  words = words.substr(0, words.find_first_of("\r\n"));
  if (!words.empty()) answer.words += ": " + visible(words);
  return answer;
}

}  // namespace solnoma
