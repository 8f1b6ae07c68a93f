#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "engine/append/log_writer.hpp"
#include "engine/transaction.hpp"

namespace solnoma {

/// Between journal.cpp and transaction.cpp. No other file includes this one.
struct Transaction::Impl {
  LogWriter& writer;
  std::unique_lock<std::mutex> writing;  // held until the end
  Instant begun;
  Store::Batch batch;
  std::vector<OwnedEvents> pieces = {};
  std::size_t size = 0;   // events in them
  std::size_t bytes = 0;  // the same
};

}  // namespace solnoma
