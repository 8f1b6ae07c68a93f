#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/journal.hpp"
#include "events/chronicle.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/clocks.hpp"
#include "tools/cli.hpp"
#include "tools/context.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/net/incoming.hpp"
#include "tools/serve/recording.hpp"
#include "tools/serve/stranger.hpp"

using namespace solnoma;

namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

/// So small that the limits are met.
constexpr HttpLimits kLimits{.header_bytes = 2'048, .body_bytes = 4'096};

/// What a client sends, in pieces as the network has them.
class Pieces {
 public:
  /// `next`: how long the next piece is, at least 1.
  Pieces(std::string_view bytes, std::function<std::size_t()> next)
      : rest_(bytes), next_(std::move(next)) {}

  // A stream as Boost.Asio reads it.
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers, error_code& error) {
    error = {};
    if (rest_.empty()) error = boost::asio::error::eof;
    const std::string_view piece = rest_.substr(0, next_());
    const std::size_t read =
        boost::asio::buffer_copy(buffers, boost::asio::buffer(piece.data(), piece.size()));
    rest_.remove_prefix(read);
    return read;
  }
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers) {
    error_code error;
    const std::size_t read = read_some(buffers, error);
    if (error) throw boost::system::system_error(error);
    return read;
  }

 private:
  std::string_view rest_;
  std::function<std::size_t()> next_;
};

/// Who may come, and a log in memory with the shipped history, in which nothing is recorded.
class World {
 public:
  World()
      : context_{Disk::memory(), clock_, Output(std::fopen("/dev/null", "w")), false, "/s"},
        gate_({.tokens = "/nonexistent/tokens.toml", .own_token = "own"},
              [] { return Day{20'000}; }) {
    const std::vector<const char*> command{"solnoma", "history", "--init"};
    SOLNOMA_PROMISE(run(static_cast<int>(command.size()), command.data(), context_) == 0);
    auto journal = open_journal(context_.disk, "/s", clock_);
    SOLNOMA_PROMISE(journal.has_value());
    journal_ = std::move(*journal);
    recording_ = std::make_unique<Recording>(context_, *journal_);
  }

  /// Everything that it comes to.
  std::string outcome(HttpRequest request) {
    std::string told = said(refuse_stranger(request, {"chronicle.example"}));
    auto admitted = gate_.admit(request, /*may_wait=*/false);
    SOLNOMA_PROMISE(admitted.has_value());
    if (const auto* grant = std::get_if<Grant>(&*admitted))
      told += fmt::format("admitted {} {}\n", grant->name, name(grant->scope));
    else
      told += said(std::get<HttpAnswer>(*admitted));
    NamedValues form;
    told += fmt::format("form {}\n", read_values(request.body, form));
    for (const auto& [name, value] : form) told += fmt::format("{}={}\n", name, value);
    request.query.emplace_back("dry-run", "");
    const auto answer = recording_->record(request, {"somebody", Scope::record, {"park/*"}},
                                           Viewer{journal_->log(), ""});
    SOLNOMA_PROMISE(answer.status >= 200 && answer.status < 500);
    return told + said(answer);
  }

 private:
  static std::string said(const std::optional<HttpAnswer>& answer) {
    if (!answer) return "-\n";
    return fmt::format("{} {}\n", answer->status, answer->body ? *answer->body : "");
  }

  test::ManualClock clock_;
  Context context_;
  Gate gate_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Recording> recording_;
};

/// What is read of an address says the same when it is written again, and names nothing that a path
/// must not.
void check_target(const HttpRequest& request) {
  std::string again;
  for (const std::string& segment : request.path) {
    SOLNOMA_PROMISE(!segment.empty() && segment != "." && segment != ".." &&
                    segment.find('\0') == std::string::npos);
    again += "/" + percent_encoded(segment);
  }
  if (again.empty()) again = "/";
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    again += separator + percent_encoded(name) + "=" + percent_encoded(value);
    separator = '&';
  }
  HttpRequest same;
  SOLNOMA_PROMISE(read_target(again, same));
  SOLNOMA_PROMISE(same.path == request.path && same.query == request.query);
}

std::string told_of(World& world, IncomingMessage message) {
  HttpRequest request = request_of(message);
  SOLNOMA_PROMISE(request.body.size() <= kLimits.body_bytes);
  std::string told = fmt::format("{} {}\n", request.method, message.keep_alive());
  for (const auto& [name, value] : request.headers) {
    told += fmt::format("{}: {}\n", name, value);
    SOLNOMA_PROMISE(std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; }));
    SOLNOMA_PROMISE(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
  told += request.body + "\n";
  if (!read_target(std::string_view(message.target().data(), message.target().size()), request))
    return told + "malformed\n";
  check_target(request);
  return told + world.outcome(std::move(request));
}

/// All requests of a connection, one after another, as a session reads them.
std::string told_of_connection(World& world, Pieces pieces) {
  std::string told;
  boost::beast::flat_buffer buffer;
  for (;;) {
    IncomingParser parser;
    set_limits(parser, kLimits);
    error_code error;
    http::read_header(pieces, buffer, parser, error);
    if (!error) error = objection_to(parser.get());
    if (!error) http::read(pieces, buffer, parser, error);
    // Why is told as soon as it is seen, which depends on the pieces: a client that ends within a
    // header that is malformed is one that has gone, or one that is refused.
    if (error) return told + "refused\n";
    auto message = parser.release();
    const bool keep = message.keep_alive();
    told += told_of(world, std::move(message));
    if (!keep) return told;
  }
}

void check_same(const std::string& in_pieces, const std::string& whole) {
  if (in_pieces != whole)
    fmt::print(stderr, "-- in one piece:\n{}\n-- in pieces:\n{}\n", whole, in_pieces);
  SOLNOMA_PROMISE(in_pieces == whole);
}

}  // namespace

/// What a client sends over one connection. However the network cuts it to pieces, it comes to the
/// same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  const auto bytes = fuzz::text_of(data, size);
  const std::string whole = told_of_connection(world, {bytes, [&] { return bytes.size() + 1; }});
  check_same(told_of_connection(world, {bytes, [] { return 1; }}), whole);
  // Pieces of all lengths, the same ones for the same bytes.
  std::uint32_t state = static_cast<std::uint32_t>(std::hash<std::string_view>{}(bytes));
  const auto next = [&] {
    state = state * 1'664'525 + 1'013'904'223;  // Numerical Recipes
    return std::size_t{1} + (state >> 24) % 32;
  };
  check_same(told_of_connection(world, {bytes, next}), whole);
  return 0;
}
