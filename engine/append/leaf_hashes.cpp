#include "engine/append/leaf_hashes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/parallel.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {
void LeafHashes::add(std::vector<RecordedEvent> events) {
  constexpr std::size_t kWorthAThread = 128;
  if (events.size() < kWorthAThread) {
    for (const RecordedEvent& event : events) add(leaf_of(event));
    return;
  }
  parts_.push_back({{}, beside([own = std::move(events)] {
                      std::vector<Hash> leaves;
                      leaves.reserve(own.size());
                      for (const RecordedEvent& event : own) leaves.push_back(leaf_of(event));
                      return leaves;
                    })});
}

std::vector<Hash>& LeafHashes::known() {
  if (parts_.empty() || parts_.back().from_another.valid()) parts_.emplace_back();
  return parts_.back().leaves;
}

void LeafHashes::wait() {
  for (const Part& part : parts_)
    if (part.from_another.valid()) part.from_another.wait();
}

std::vector<Hash> LeafHashes::take() {
  std::vector<Hash> leaves;
  for (Part& part : std::exchange(parts_, {})) {
    if (part.from_another.valid()) part.leaves = part.from_another.get();
    if (leaves.empty())
      leaves = std::move(part.leaves);
    else
      std::ranges::copy(part.leaves, std::back_inserter(leaves));
  }
  return leaves;
}

}  // namespace solnoma
