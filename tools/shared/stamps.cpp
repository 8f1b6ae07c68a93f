#include "tools/shared/stamps.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "events/text/text.hpp"
#include "tools/io/http.hpp"
#include "tools/io/input.hpp"

namespace solnoma {
namespace {

/// A name for the line of the signature: where the stamp came from.
std::string host_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  std::string host = scheme == std::string::npos ? url : url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  host.erase(0, host.rfind('@') + 1);
  return is_origin(host) ? host : "stamp";
}

}  // namespace

void add_authority(Command& command, std::string& file) {
  command.option("--authority", file,
                 "Certificates (PEM) of who may stamp heads with the time (RFC 3161)", "FILE");
}

Try<Authorities> read_authorities(const std::string& file) {
  auto input = Input::open(file);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto read = Authorities::from_pem(*text);
  if (!read) {
    Error error = read.error();
    error.where = file;
    return std::unexpected(Failure(std::move(error), Exit::usage));
  }
  return *read;
}

void add_stamp(Command& command, StampOptions& options) {
  command.option("--timestamp", options.url,
                 "Have this authority stamp the head with the time (RFC 3161)", "URL");
  command.option("--policy", options.policy,
                 "Under which of its policies, as in 1.3.6.1.4.1.13762.3", "OID", "its usual one");
  add_authority(command, options.authority);
  command.number("--timeout", options.timeout, "Seconds that the authority has to answer", 1, 3600,
                 "30");
}

Outcome stamp(HeadNote& note, const StampOptions& options) {
  if (options.url.empty()) {
    if (options.policy.empty() && options.authority.empty()) return {};
    return usage("--policy and --authority are about a stamp", "say whose, with --timestamp URL");
  }
  std::optional<Authorities> trusted;
  if (!options.authority.empty()) {
    auto read = read_authorities(options.authority);
    if (!read) return refuse(read);
    trusted = std::move(*read);
  }
  const auto request = StampRequest::of(note, options.policy);
  if (!request) return usage("--policy: " + request.error().what, request.error().remedy);
  auto answer = post({.url = options.url,
                      .media_type = "application/timestamp-query",
                      .body = request->to_der(),
                      .wanted = "application/timestamp-reply",
                      .patience = std::chrono::seconds(options.timeout)});
  if (!answer) return std::unexpected(answer.error());
  const auto stamp =
      request->take(*answer, trusted ? &*trusted : nullptr, host_of(options.url), note);
  if (!stamp) return refuse(std::unexpected(at(options.url, stamp.error()).error()));
  (void)std::fputs(("solnoma: " + words_of(*stamp, trusted.has_value()) + "\n").c_str(), stderr);
  return {};
}

std::string authority_of(const HeadStamp& stamp) {
  return visible(stamp.authority);
}

std::string instant_of(const HeadStamp& stamp) {
  std::string text = to_string(stamp.at);
  constexpr std::string_view kWhole = ".000000Z";
  if (text.ends_with(kWhole)) text.replace(text.size() - kWhole.size(), kWhole.size(), "Z");
  return text;
}

std::string words_of(const HeadStamp& stamp, bool checked) {
  return fmt::format("{}stamped by {} at {}{}", checked ? "" : "said to be ", authority_of(stamp),
                     instant_of(stamp),
                     checked ? "" : "; whether that is so, --authority FILE checks");
}

Try<std::vector<HeadStamp>> stamps_in(const HeadNote& note, const std::string& authority) {
  if (authority.empty()) return stamps_of(note);
  auto trusted = read_authorities(authority);
  if (!trusted) return refuse(trusted);
  auto stamps = check_stamps(note, *trusted);
  if (!stamps) return refuse(stamps);
  return *stamps;
}

}  // namespace solnoma
