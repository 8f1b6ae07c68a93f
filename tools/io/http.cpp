#include "tools/io/http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "events/text/ascii_lower.hpp"
#include "tools/io/curl.hpp"

namespace solnoma {
namespace {

struct Answer {
  HttpReply reply;
  const HttpCall& call;
  bool is_enough = false;
};

std::size_t take(char* bytes, std::size_t, std::size_t size, void* into) {
  auto& answer = *static_cast<Answer*>(into);
  std::string& body = answer.reply.body;
  if (body.size() + size > answer.call.most) return 0;
  body.append(bytes, size);
  answer.is_enough = answer.call.enough && answer.call.enough(body);
  return answer.is_enough ? 0 : size;
}

/// One line of the head.
std::size_t take_header(const char* bytes, std::size_t, std::size_t size, void* into) {
  auto& answer = *static_cast<Answer*>(into);
  std::string_view line(bytes, size);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name = ascii_lower(line.substr(0, colon));
  std::string_view value = line.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  std::size_t length = 0;
  if (name == "content-length" &&
      std::from_chars(value.data(), value.data() + value.size(), length).ec == std::errc{})
    answer.reply.body.reserve(std::min(length, answer.call.most));
  answer.reply.headers.emplace_back(std::move(name), std::string(value));
  return size;
}

int gives_up(void* call, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const HttpCall*>(call)->give_up() ? 1 : 0;
}

std::unexpected<Failure> unreachable(std::string what, std::string remedy) {
  return std::unexpected(
      Failure(Error{Errc::unavailable, std::move(what), {}, std::move(remedy)}, Exit::store));
}

std::unexpected<Failure> refused(std::string what, std::string remedy) {
  return std::unexpected(Failure(Error{Errc::invalid, std::move(what), {}, std::move(remedy)}));
}

}  // namespace

Try<HttpReply> call(const HttpCall& request) {
  return HttpClient().call(request);
}

HttpClient::HttpClient() = default;
HttpClient::~HttpClient() {
  if (handle_ != nullptr) load_curl()->cleanup(handle_);
}

Try<HttpReply> HttpClient::call(const HttpCall& request) {
  const Curl* const curl = load_curl();
  if (curl == nullptr)
    return unreachable("libcurl is not there, by which servers are asked", "install libcurl4");
  if (handle_ == nullptr)
    handle_ = curl->init();
  else
    curl->reset(handle_);  // its connections stay
  CURL* const handle = handle_;
  std::unique_ptr<curl_slist, decltype(curl->free_all)> headers(nullptr, curl->free_all);
  for (const std::string& each : request.headers)
    headers.reset(curl->append(headers.release(), each.c_str()));
  if (handle == nullptr || (!headers && !request.headers.empty()))
    return unreachable("libcurl cannot be begun", {});

  Answer answer{{}, request};
  const auto set = [&](CURLoption option, auto value) { curl->set(handle, option, value); };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (request.direct) set(CURLOPT_NOPROXY, "*");
  if (!request.authorities.empty()) {
    set(CURLOPT_CAINFO, request.authorities.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!request.certificate.empty()) {
    set(CURLOPT_SSLCERT, request.certificate.c_str());
    set(CURLOPT_SSLKEY, request.certificate_key.c_str());
  }
  std::array<char, CURL_ERROR_SIZE> details{};
  set(CURLOPT_ERRORBUFFER, details.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.patience.count()));
  set(CURLOPT_USERAGENT, "solnoma");
  set(CURLOPT_HTTPHEADER, headers.get());
  if (request.body) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
    set(CURLOPT_POSTFIELDS, request.body->data());
  }
  constexpr long kAtOnce = 512L << 10;
  set(CURLOPT_BUFFERSIZE, kAtOnce);
  set(CURLOPT_WRITEFUNCTION, &take);
  set(CURLOPT_WRITEDATA, &answer);
  set(CURLOPT_HEADERFUNCTION, &take_header);
  set(CURLOPT_HEADERDATA, &answer);
  if (request.give_up) {
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &gives_up);
    set(CURLOPT_XFERINFODATA, &request);
  }
  const CURLcode code = curl->perform(handle);
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
    return usage(fmt::format("'{}' is no address of a server", request.url),
                 "write it as in https://stamps.example.org/tsr");
  if (code == CURLE_OPERATION_TIMEDOUT)
    return unreachable(fmt::format("{} did not answer within {} s", request.url,
                                   std::chrono::duration<double>(request.patience).count()),
                       "try again later, or with a longer --timeout");
  if (code == CURLE_ABORTED_BY_CALLBACK)
    return unreachable(fmt::format("{} was not waited for any longer", request.url), {});
  if (code == CURLE_WRITE_ERROR && !answer.is_enough)
    return refused(fmt::format("{} answered more than {} bytes", request.url, request.most),
                   "ask another server");
  if (code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING)
    return unreachable(fmt::format("{} broke off its answer", request.url), "try again later");
  if (code == CURLE_SSL_CACERT_BADFILE)
    return usage(fmt::format("the authorities in {} cannot be read", request.authorities),
                 "name a file of certificates, in PEM");
  if (code == CURLE_SSL_CERTPROBLEM)
    return usage(fmt::format("the certificate in {} and its key in {} cannot be used: {}",
                             request.certificate, request.certificate_key, details.data()),
                 "name a certificate and the private key of it, in PEM");
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    return unreachable(
        fmt::format("{} is not trusted: {}", request.url, details.data()),
        "look at the address; a store's server of your own authority is trusted by $SOLNOMA_CA");
  if (code != CURLE_OK && !answer.is_enough)
    return unreachable(fmt::format("{} cannot be reached: {}", request.url, curl->words(code)),
                       "look at the address and at the network");
  curl->get(handle, CURLINFO_RESPONSE_CODE, &answer.reply.status);
  return std::move(answer.reply);
}

Try<std::string> post(const HttpPost& request) {
  constexpr long kDone = 200;
  auto reply =
      call({.url = request.url,
            .headers = {"Content-Type: " + request.media_type, "Accept: " + request.wanted},
            .body = request.body,
            .patience = request.patience,
            .most = request.most});
  if (!reply) return refuse(reply);
  if (reply->status != kDone)
    return refused(fmt::format("{} answered with HTTP status {}", request.url, reply->status),
                   "look at the address");
  return std::move(reply->body);
}

}  // namespace solnoma
