#include "engine/log/salvaged_blocks.hpp"

#include <algorithm>
#include <string>

#include "engine/aligned_bytes.hpp"

namespace solnoma {
namespace {

using Part = DamagedFiles::Part;

/// Bytes of a value that follow each other.
struct Run {
  std::size_t at;
  std::string bytes;
  [[nodiscard]] std::size_t end() const { return at + bytes.size(); }
};

/// Parts begin where an event does, and several files may have the same ones.
std::vector<Run> runs_of(std::span<const Part> parts) {
  std::vector<const Part*> sorted;
  for (const Part& part : parts) sorted.push_back(&part);
  std::ranges::stable_sort(sorted, {}, &Part::at);
  std::vector<Run> runs;
  for (const Part* part : sorted) {
    if (runs.empty() || part->at > runs.back().end()) {
      runs.push_back({part->at, part->bytes});
      continue;
    }
    Run& run = runs.back();
    const std::size_t from = part->at - run.at;
    const std::size_t same = std::min(run.bytes.size() - from, part->bytes.size());
    if (run.bytes.compare(from, same, part->bytes, 0, same) != 0) {
      run.bytes.resize(from);
      break;
    }
    run.bytes += std::string_view(part->bytes).substr(same);
  }
  return runs;
}

}  // namespace

Result<void> each_salvaged_block(const DamagedFiles& files,
                                 const std::function<Result<void>(const SalvagedBlock&)>& visit) {
  std::vector<AlignedBytes> memory;
  const auto take = [&](std::uint64_t first, std::span<const Part> parts) -> Result<void> {
    const std::vector<Run> runs = runs_of(parts);
    memory.resize(std::max(memory.size(), runs.size()));
    SalvagedBlock block{Position{first}, {}, {}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      memory[i].assign(runs[i].bytes);
      std::string_view rest = memory[i].bytes();
      auto& frames = i == 0 && runs[i].at == 0 ? block.begin : block.behind;
      while (!rest.empty()) {
        const auto frame = take_frame(rest);
        if (!frame) break;
        frames.push_back(*frame);
      }
    }
    return visit(block);
  };
  return files.each(
      {.prefix = "", .width = sizeof(std::uint64_t), .family = "log", .most = kNewest.value}, take);
}

}  // namespace solnoma
