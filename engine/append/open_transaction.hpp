#pragma once

#include <cstddef>
#include <mutex>

#include "engine/append/event_copies.hpp"
#include "engine/append/log_writer.hpp"
#include "engine/transaction.hpp"

namespace solnoma {

/// Between journal.cpp and transaction.cpp. No other file includes this one.
struct Transaction::Impl {
  LogWriter& writer;
  std::unique_lock<std::mutex> writing;  // held until the end
  Instant begun;
  Store::Batch batch;
  EventCopies copies = {};
  std::size_t size = 0;
};

}  // namespace solnoma
