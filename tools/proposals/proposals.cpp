#include "tools/proposals/proposals.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include "events/exchange.hpp"
#include "tools/io/directory_lock.hpp"
#include "tools/io/input.hpp"
#include "tools/io/output_file.hpp"

namespace solnoma {
namespace {

std::string file_name(std::uint64_t number) {
  return fmt::format("{}.json", number);
}

/// The numbers of the files in a directory, ascending; none where there is no directory. A file of
/// another name is none of ours.
std::vector<std::uint64_t> numbers_in(const std::string& directory) {
  constexpr std::uint64_t kMost = 1'000'000'000'000;
  std::vector<std::uint64_t> numbers;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename();
    std::uint64_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (read.ec == std::errc{} && number <= kMost && name == file_name(number))
      numbers.push_back(number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

Try<Proposal> read(const std::string& file) {
  auto input = Input::open(file);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto proposal = proposal_from_json(*text);
  // Within the store: where that lies is for its owner to know.
  const auto name = file.rfind('/', file.rfind('/') - 1) + 1;
  if (!proposal) return refuse(at(file.substr(name), proposal.error()));
  return std::move(*proposal);
}

Outcome write(const std::string& file, const Proposal& proposal) {
  auto output = OutputFile::open(file, OutputFile::Readers::owner);
  if (!output) return refuse(output);
  output->output().line(to_json(proposal));
  return output->finish();
}

bool is_there(const std::string& file) {
  std::error_code error;
  return std::filesystem::exists(file, error);
}

bool same_events(const Proposal& one, const Proposal& other) {
  return one.by == other.by && one.events == other.events;
}

/// Whether one more may wait beside others.
Result<void> check_room(const std::vector<Proposal>& others, const std::string& by,
                        std::size_t size) {
  std::size_t count = 0;
  std::size_t bytes = size;
  std::size_t in_all = size;
  for (const Proposal& other : others) {
    const std::size_t of_other = to_json(other).size();
    in_all += of_other;
    if (other.by != by) continue;
    ++count;
    bytes += of_other;
  }
  constexpr std::string_view kRemedy = "a steward records or declines some first";
  if (count >= Proposals::kMostOfOne || bytes > Proposals::kMostBytesOfOne)
    return fail(Errc::conflict, fmt::format("{} proposals of {} wait already", count, by),
                std::string(kRemedy));
  if (others.size() >= Proposals::kMost || in_all > Proposals::kMostBytesInAll)
    return fail(Errc::conflict, fmt::format("{} proposals wait already", others.size()),
                std::string(kRemedy));
  return {};
}

}  // namespace

std::string Proposals::waiting_file(std::uint64_t number) const {
  return directory_ + "/" + file_name(number);
}

std::string Proposals::decided_file(std::uint64_t number) const {
  return decided_directory() + "/" + file_name(number);
}

Outcome Proposals::make_directories() const {
  constexpr mode_t kOwner = S_IRWXU;
  for (const std::string& directory : {directory_, decided_directory()})
    if (::mkdir(directory.c_str(), kOwner) != 0 && errno != EEXIST)
      return refuse(Result<void>(
          fail(Errc::io, fmt::format("cannot make {}: {}", directory, std::strerror(errno)))));
  return {};
}

Proposals::Listed Proposals::waiting() const {
  Listed listed;
  for (const std::uint64_t number : numbers_in(directory_)) {
    // One that is decided at this moment may stand in both places, or have gone.
    if (is_there(decided_file(number))) continue;
    auto proposal = read(waiting_file(number));
    if (proposal)
      listed.proposals.push_back(std::move(*proposal));
    else if (is_there(waiting_file(number)))
      listed.unreadable.push_back(std::move(proposal.error().error));
  }
  return listed;
}

Proposals::Listed Proposals::decided(std::size_t most) const {
  Listed listed;
  std::vector<std::uint64_t> numbers = numbers_in(decided_directory());
  std::ranges::reverse(numbers);
  if (numbers.size() > most) numbers.resize(most);
  for (const std::uint64_t number : numbers) {
    if (auto proposal = read(decided_file(number)))
      listed.proposals.push_back(std::move(*proposal));
    else
      listed.unreadable.push_back(std::move(proposal.error().error));
  }
  return listed;
}

Try<Proposal> Proposals::find(std::uint64_t number) const {
  // Decided while it is looked for, it is in the second place.
  for (const std::string& file : {decided_file(number), waiting_file(number), decided_file(number)})
    if (is_there(file))
      if (auto proposal = read(file); proposal || is_there(file)) return proposal;
  return refuse(Result<void>(fail(Errc::not_found, fmt::format("there is no proposal {}", number),
                                  "'solnoma proposals' lists those that wait")));
}

Try<Proposal> Proposals::add(Proposal proposal) {
  const std::size_t size = to_json(proposal).size();
  if (size > kMostBytes)
    return refuse(Result<void>(
        fail(Errc::invalid, "the proposal is larger than 1 MiB", "hand in fewer events at once")));
  if (auto ok = make_directories(); !ok) return refuse(ok);
  const DirectoryLock lock(directory_);
  std::vector<Proposal> others = waiting().proposals;
  const auto same = std::ranges::find_if(
      others, [&](const Proposal& other) { return same_events(proposal, other); });
  if (same != others.end()) return std::move(*same);
  if (auto ok = check_room(others, proposal.by, size); !ok) return refuse(ok);
  std::uint64_t newest = 0;
  for (const std::string& directory : {directory_, decided_directory()})
    if (const auto numbers = numbers_in(directory); !numbers.empty())
      newest = std::max(newest, numbers.back());
  proposal.number = newest + 1;
  if (auto ok = write(waiting_file(proposal.number), proposal); !ok) return refuse(ok);
  return proposal;
}

Try<Proposal> Proposals::decide(std::uint64_t number, const Decide& decide) {
  const DirectoryLock lock(directory_);
  auto proposal = find(number);
  if (!proposal) return refuse(proposal);
  if (const auto& decision = proposal->decision)
    return refuse(Result<void>(
        fail(Errc::conflict, fmt::format("proposal {} was {} already", number,
                                         decision->recorded ? "recorded" : "declined"))));
  auto decision = decide(*proposal);
  if (!decision) return refuse(decision);
  proposal->decision = std::move(*decision);
  if (auto ok = write(decided_file(number), *proposal); !ok) return refuse(ok);
  std::error_code error;  // what is left stands in both places, and counts as decided
  std::filesystem::remove(waiting_file(number), error);
  return proposal;
}

}  // namespace solnoma
