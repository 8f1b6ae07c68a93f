#include "engine/append/leaf_hashes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/proof/record.hpp"

namespace solnoma {
namespace {

std::vector<Hash> hashed(const std::vector<RecordedEvent>& events) {
  std::vector<Hash> leaves;
  leaves.reserve(events.size());
  for (const RecordedEvent& event : events) leaves.push_back(leaf_of(event));
  return leaves;
}

}  // namespace

void LeafHashes::add(std::vector<RecordedEvent> events) {
  constexpr std::size_t kWorthAThread = 128;
  if (events.size() >= kWorthAThread) {
    parts_.push_back(
        std::async(std::launch::async, [own = std::move(events)] { return hashed(own); }));
    return;
  }
  std::promise<std::vector<Hash>> done;
  done.set_value(hashed(events));
  parts_.push_back(done.get_future());
}

void LeafHashes::wait() {
  for (const auto& part : parts_) part.wait();
}

std::vector<Hash> LeafHashes::take() {
  std::vector<Hash> leaves;
  for (auto& part : std::exchange(parts_, {}))
    std::ranges::move(part.get(), std::back_inserter(leaves));
  return leaves;
}

}  // namespace solnoma
