#include "tools/serve/webhooks/hook_url.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>

#include <memory>
#include <string_view>

#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "tools/io/curl.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kLongest = 2'000;

/// The parts of an address, as libcurl tells them apart.
class UrlParts {
 public:
  explicit UrlParts(const Curl& curl) : curl_(curl), url_(curl.url(), curl.url_cleanup) {}

  bool read(const std::string& text) {
    return url_ && curl_.url_set(url_.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  }
  /// Empty: there is none.
  [[nodiscard]] std::string part(CURLUPart part) const {
    char* text = nullptr;
    if (curl_.url_get(url_.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
    std::string copy(text);
    curl_.free(text);
    return copy;
  }

 private:
  const Curl& curl_;
  std::unique_ptr<CURLU, decltype(Curl::url_cleanup)> url_;
};

}  // namespace

Try<HookUrl> hook_url(const std::string& text, HookReach reach) {
  const Curl* const curl = load_curl();
  if (curl == nullptr)
    return std::unexpected(Failure(Error{Errc::unavailable,
                                         "libcurl is not there, by which webhooks are sent",
                                         {},
                                         "install libcurl4"},
                                   Exit::store));
  const auto wrong = [&](const std::string& why, std::string remedy) {
    return usage(fmt::format("'{}' {}", clipped(visible(text)), why), std::move(remedy));
  };
  UrlParts parts(*curl);
  // Of several ways to read a text that is none, the server's must not be another than the owner's.
  if (text.size() > kLongest || visible(text) != text ||
      text.find_first_of(" \\") != std::string::npos || !parts.read(text))
    return wrong("is no address of a receiver", "write it as in https://example.org/news");
  const std::string scheme = parts.part(CURLUPART_SCHEME);
  // libcurl takes one to three slashes.
  const std::string_view behind = std::string_view(text).substr(scheme.size());
  if (!behind.starts_with("://") || behind.starts_with(":///"))
    return wrong("is no address of a receiver", "write it as in https://example.org/news");
  if (!parts.part(CURLUPART_USER).empty() || !parts.part(CURLUPART_PASSWORD).empty())
    return wrong("has a name or a password in it",
                 "leave them out: the receiver knows the store by the signature");
  if (!parts.part(CURLUPART_FRAGMENT).empty())
    return wrong("has a part behind '#', which is never sent", "leave it out");
  const bool unencrypted = reach == HookReach::this_machine;
  if (!unencrypted && scheme != "https")
    return wrong("is not https: what is sent could be read and changed on its way",
                 scheme == "http" ? "for a receiver on this machine give --unencrypted"
                                  : "write it as in https://example.org/news");
  if (unencrypted && scheme != "http")
    return wrong("is not http", "leave --unencrypted out, or write http://");
  HookUrl url{parts.part(CURLUPART_HOST), parts.part(CURLUPART_PORT)};
  if (url.host.starts_with('[')) url.host = url.host.substr(1, url.host.size() - 2);
  return url;
}

std::string refusal_of(const HookUrl& url, HookReach reach) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(url.host.c_str(), url.port.c_str(), &wanted, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, &freeaddrinfo);
  for (const addrinfo* each = all.get(); each != nullptr; each = each->ai_next)
    if (std::string why = refusal_of(*each->ai_addr, reach); !why.empty()) return why;
  return {};
}

}  // namespace solnoma
