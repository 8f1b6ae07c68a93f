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
        {std::async(std::launch::async, [own = std::move(events)] { return hashed(own); }), {}});
    return;
  }
  if (parts_.empty()) parts_.emplace_back();
  for (const RecordedEvent& event : events) parts_.back().behind.push_back(leaf_of(event));
}

void LeafHashes::wait() {
  for (const Part& part : parts_)
    if (part.beside.valid()) part.beside.wait();
}

std::vector<Hash> LeafHashes::take() {
  std::vector<Hash> leaves;
  for (Part& part : std::exchange(parts_, {})) {
    if (part.beside.valid()) std::ranges::move(part.beside.get(), std::back_inserter(leaves));
    if (leaves.empty())
      leaves = std::move(part.behind);
    else
      std::ranges::move(part.behind, std::back_inserter(leaves));
  }
  return leaves;
}

}  // namespace solnoma
