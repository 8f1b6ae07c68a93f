// A server that runs out of memory over one request: the others are answered all the same.

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <future>
#include <new>
#include <thread>

#include "tools/io/http.hpp"
#include "tools/serve/answer_cache.hpp"
#include "tools/serve/http_server.hpp"

using namespace solnoma;

namespace {

/// What `/large` wants is never there, and of a stream only its first piece.
HttpAnswer answer(const HttpRequest& request) {
  const std::string& path = request.path.front();
  if (path == "large") throw std::bad_alloc();
  HttpAnswer answer{.status = 200};
  if (path != "stream") {
    answer.say("here\n");
    return answer;
  }
  answer.pieces = [told = false]() mutable -> std::optional<std::string> {
    if (std::exchange(told, true)) throw std::bad_alloc();
    return "first\n";
  };
  return answer;
}

HttpServer::Work work_of(const HttpRequest& request) {
  return request.path.front() == "stream" ? HttpServer::Work::stream : HttpServer::Work::question;
}

}  // namespace

TEST_CASE("a request for which there is not enough memory is refused, and the next one answered") {
  unsigned told = 0;
  HttpServer server(
      {}, {}, [](const HttpRequest&) { return std::nullopt; }, &work_of, &answer,
      [&](const HttpExchange& exchange) {
        if (exchange.target == "/large") told = exchange.status;
      });
  const auto port = server.listen("127.0.0.1", 0);
  REQUIRE(port);
  std::thread serving([&] { server.run(); });
  HttpClient client;
  const auto ask = [&](const char* path) {
    HttpCall request{.url = fmt::format("http://127.0.0.1:{}/{}", *port, path),
                     .patience = std::chrono::seconds{20}};
    request.direct = true;
    return client.call(request);
  };
  // More often than questions may wait: none of them waits for ever.
  for (int i = 0; i < 300; ++i) {
    const auto refused = ask("large");
    REQUIRE(refused);
    REQUIRE(refused->status == 503);
    CHECK(refused->header("content-type") == "application/problem+json");
    CHECK(refused->body.find("not enough memory") != std::string::npos);
    CHECK(refused->body.find("remedy") != std::string::npos);
  }
  const auto stream = ask("stream");
  REQUIRE(stream);
  CHECK(stream->body == "first\n");
  const auto small = ask("small");
  REQUIRE(small);
  CHECK(small->body == "here\n");
  server.stop();
  serving.join();
  CHECK(told == 503);
}

TEST_CASE("who waits for an answer that lacks memory is told so, and who asks again is answered") {
  AnswerCache cache(1 << 20);
  std::promise<void> began, goes_on;
  auto first = std::async(std::launch::async, [&] {
    return cache.get("board", [&]() -> HttpAnswer {
      began.set_value();
      goes_on.get_future().wait();
      throw std::bad_alloc();
    });
  });
  began.get_future().wait();
  auto second = std::async(std::launch::async, [&] {
    return cache.get("board", []() -> HttpAnswer { throw std::bad_alloc(); });
  });
  goes_on.set_value();
  CHECK_THROWS_AS(first.get(), std::bad_alloc);
  CHECK_THROWS_AS(second.get(), std::bad_alloc);
  CHECK(cache.find("board") == nullptr);
  const auto answer = cache.get("board", [] { return HttpAnswer{.status = 200}; });
  CHECK(answer->status == 200);
  CHECK(cache.find("board") == answer);
}
