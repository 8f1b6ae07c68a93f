#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_set>
#include <utility>

#include "tools/serve/http_server.hpp"
#include "tools/serve/net/trace_ids.hpp"

namespace solnoma {

class Session;

/// What the connections of a server share. Of the reading thread, but for what is atomic.
struct ServerState {
  HttpLimits limits;
  HttpSecurity security;
  HttpServer::AtOnce at_once;
  HttpServer::WorkOf work_of;
  HttpServer::Handler handler;
  HttpServer::Tell tell;
  TraceIds traces;
  std::unordered_set<Session*> sessions;  // each takes itself out
  bool stopping = false;
  std::atomic<std::size_t> waiting = 0;
  std::atomic<std::uint64_t> requests = 0, refused = 0;
  std::atomic<std::size_t> connections = 0, streams = 0;
  // What waits for these holds sessions: they go first.
  boost::asio::io_context io{1};
  boost::asio::thread_pool pool;
  // Streams with something to tell take turns, so that who asks or records meanwhile does not wait
  // until thousands were told.
  std::size_t telling = 0;
  std::deque<std::shared_ptr<Session>> to_tell;
  boost::asio::thread_pool recording;  // what records does not wait behind questions

  ServerState(const HttpLimits& l, HttpSecurity s, HttpServer::AtOnce a, HttpServer::WorkOf w,
              HttpServer::Handler h, HttpServer::Tell t)
      : limits(l),
        security(std::move(s)),
        at_once(std::move(a)),
        work_of(std::move(w)),
        handler(std::move(h)),
        tell(std::move(t)),
        pool(l.threads),
        recording(l.recording_threads) {}
};

}  // namespace solnoma
