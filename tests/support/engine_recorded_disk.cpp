#include "tests/support/engine_recorded_disk.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace solnoma::test {
namespace {

constexpr unsigned kChangesNames = kCreate | kRename | kLink | kRemove;
constexpr std::size_t kSector = 512;

std::string directory_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

void write(std::string& bytes, const Step& step, std::size_t size) {
  if (bytes.size() < step.offset + size) bytes.resize(step.offset + size);
  bytes.replace(step.offset, size, step.bytes, 0, size);
}

std::size_t below(Random& random, std::size_t end) {
  return static_cast<std::size_t>(random.below(static_cast<int>(end)));
}

}  // namespace

void CrashStates::apply(const NameChange& change, Names& names) {
  const Step& step = change.step;
  switch (step.operation) {
    case kCreate:
      names[step.path] = change.file;
      break;
    case kRename:
      names[step.to] = names.at(step.path);
      names.erase(step.path);
      break;
    case kLink:  // of the file itself, whatever becomes of its other name
      names[step.to] = change.file;
      break;
    default:
      names.erase(step.path);
  }
}

void CrashStates::apply(const Step& step) {
  if (step.operation & kChangesNames) {
    NameChange change{step};
    if (step.operation == kCreate) change.file = std::make_shared<File>();
    if (step.operation == kLink) change.file = names_.at(step.path);
    apply(change, names_);
    unsynced_.push_back(std::move(change));
    return;
  }
  switch (step.operation) {
    case kWrite:
      write(names_.at(step.path)->bytes, step, step.bytes.size());
      break;
    case kTruncate:
      names_.at(step.path)->bytes.resize(step.offset);
      break;
    case kSync:
      // A file that was deleted while it was open has no name any more.
      if (const auto file = names_.find(step.path); file != names_.end())
        file->second->synced = file->second->bytes;
      break;
    case kSyncDirectory:
      std::erase_if(unsynced_, [&](const NameChange& change) {
        const Step& changed = change.step;
        if (directory_of(changed.operation == kLink ? changed.to : changed.path) != step.path)
          return false;
        apply(change, safe_names_);
        return true;
      });
      break;
    case kMakeDirectory:
      if (std::ranges::find(directories_, step.path) == directories_.end())
        directories_.push_back(step.path);
      break;
    default:
      FAIL("no such step");
  }
}

Disk CrashStates::materialised(const std::map<std::string, std::string>& files) const {
  Disk disk = Disk::memory();
  for (const std::string& directory : directories_)
    REQUIRE(disk.env()->CreateDirIfMissing(directory).ok());
  for (const auto& [path, bytes] : files)
    REQUIRE(rocksdb::WriteStringToFile(disk.env(), bytes, path).ok());
  return disk;
}

Disk CrashStates::after_stop(const Step& underway) const {
  std::map<std::string, std::string> files;
  for (const auto& [path, file] : names_) files[path] = file->bytes;
  if (underway.operation == kWrite)
    write(files[underway.path], underway, underway.bytes.size() / 2);
  return materialised(files);
}

Disk CrashStates::after_power_loss() const {
  std::map<std::string, std::string> files;
  for (const auto& [path, file] : safe_names_) files[path] = file->synced;
  return materialised(files);
}

Disk CrashStates::after_power_loss(Random& random) const {
  Names names = safe_names_;
  for (std::size_t i = 0, end = below(random, unsynced_.size() + 1); i < end; ++i)
    apply(unsynced_[i], names);
  std::map<std::string, std::string> files;
  for (const auto& [path, file] : names) {
    const std::size_t safe = file->synced.size();
    std::string left = file->bytes.size() < safe ? file->synced : file->bytes;
    if (!std::equal(file->synced.begin(), file->synced.end(), left.begin()) && random.one_in(2))
      left = file->synced;  // written in place
    left.resize(safe + below(random, left.size() - safe + 1));
    for (std::size_t at = safe; at < left.size(); at = at / kSector * kSector + kSector)
      if (random.one_in(4))  // this block had not been written yet
        std::fill(left.begin() + static_cast<std::ptrdiff_t>(at),
                  left.begin() + static_cast<std::ptrdiff_t>(
                                     std::min(left.size(), at / kSector * kSector + kSector)),
                  '\0');
    files[path] = left;
  }
  return materialised(files);
}

}  // namespace solnoma::test
