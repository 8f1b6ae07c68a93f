#include "engine/storage/store_files.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <vector>

#include "engine/storage/machine_files.hpp"
#include "engine/storage/rocks.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kFormatFile = "FORMAT";
constexpr std::string_view kNewFormatFile = "FORMAT.new";
constexpr std::string_view kFormatLine = "solnoma store, format ";
constexpr std::string_view kAcknowledgedFile = "ACKNOWLEDGED";

std::string in(const std::string& directory, std::string_view name) {
  return fmt::format("{}/{}", directory, name);
}

/// What was made or renamed in `directory` outlives a power failure.
rocksdb::Status sync_directory(rocksdb::Env* env, const std::string& directory) {
  std::unique_ptr<rocksdb::Directory> opened;
  auto status = env->NewDirectory(directory, &opened);
  if (status.ok()) status = opened->Fsync();
  return status;
}

std::string parent_of(const std::string& directory) {
  const std::filesystem::path path(directory);
  const auto parent = (path.has_filename() ? path : path.parent_path()).parent_path();
  return parent.empty() ? "." : parent.string();
}

/// "solnoma store, format 2 0123456789abcdef\n". The first format has no checksum: any damage to
/// its line is taken for that, and not for a format to come.
std::string format_line(int format) {
  const std::string text = fmt::format("{}{}", kFormatLine, format);
  if (format == 1) return text + "\n";
  return fmt::format("{} {:016x}\n", text, XXH3_64bits(text.data(), text.size()));
}

/// "position 50 0123456789abcdef\n", as long for every position: overwritten in place, it
/// never leaves a rest of what stood there before.
std::string acknowledged_line(Position position) {
  const std::string text = fmt::format("position {:<20}", position.value);
  return fmt::format("{}{:016x}\n", text, XXH3_64bits(text.data(), text.size()));
}

}  // namespace

Result<int> read_format(const Disk& disk, const std::string& directory) {
  rocksdb::Env* const env = disk.env();
  const std::string path = in(directory, kFormatFile);
  std::string text;
  const auto status = rocksdb::ReadFileToString(env, path, &text);
  if (!status.ok()) {
    if (env->FileExists(path).ok()) return failure(status, directory);
    std::vector<std::string> children;
    if (!env->GetChildren(directory, &children).ok())
      return fail(Errc::unavailable, fmt::format("there is no store at {}", directory),
                  Advice::create_store);
    return fail(Errc::unavailable, fmt::format("{} is not a solnoma store", directory),
                Advice::other_directory);
  }
  int format = 0;
  const char* const digits = text.data() + std::min(text.size(), kFormatLine.size());
  (void)std::from_chars(digits, text.data() + text.size(), format);
  // What else one to come may say there is not for us.
  if (format > kStoreFormat ? !text.starts_with(format_line(format))
                            : text != format_line(format) || format < 1)
    return fail(Errc::corrupt, fmt::format("the file {} is not as it was written", path),
                fmt::format("it must read '{}{}'", kFormatLine, kStoreFormat));
  if (format > kStoreFormat)
    return fail(Errc::unsupported,
                fmt::format("the store {} has format {}, this program knows {} and below",
                            directory, format, kStoreFormat),
                "use a newer solnoma");
  return format;
}

Result<void> write_format(const Disk& disk, const std::string& directory) {
  rocksdb::Env* const env = disk.env();
  const std::string temporary = in(directory, kNewFormatFile);
  auto status = rocksdb::WriteStringToFile(env, format_line(kStoreFormat), temporary, true);
  if (status.ok()) status = env->RenameFile(temporary, in(directory, kFormatFile));
  if (status.ok()) status = sync_directory(env, directory);
  if (status.ok()) status = sync_directory(env, parent_of(directory));
  if (!status.ok()) return failure(status, directory);
  return {};
}

Result<void> make_room_for_store(const Disk& disk, const std::string& directory,
                                 std::string_view database) {
  rocksdb::Env* const env = disk.env();
  if (env->FileExists(in(directory, kFormatFile)).ok())
    return fail(Errc::conflict, fmt::format("there is a store at {} already", directory),
                Advice::use_as_it_is);
  std::vector<std::string> children;
  if (env->GetChildren(directory, &children).ok()) {
    for (const auto& child : children)
      if (child != "." && child != ".." && child != database && child != kNewFormatFile)
        return fail(Errc::conflict, fmt::format("{} is not empty: it holds {}", directory, child),
                    Advice::empty_directory);
  } else if (env->FileExists(directory).ok()) {
    return fail(Errc::conflict, fmt::format("{} is a file", directory), Advice::name_directory);
  }
  auto status = env->CreateDirIfMissing(directory);
  if (status.ok()) status = env->CreateDirIfMissing(in(directory, database));
  if (!status.ok())
    return fail(Errc::unavailable,
                fmt::format("cannot make the directory {}: {}", directory, status.ToString()),
                Advice::make_parent);
  return {};
}

Acknowledged::Acknowledged(Disk disk, const std::string& directory)
    : disk_(std::move(disk)), path_(path(directory)) {}
Acknowledged::~Acknowledged() = default;

std::string Acknowledged::path(const std::string& directory) {
  return in(directory, kAcknowledgedFile);
}

Position Acknowledged::read(const Disk& disk, const std::string& directory) {
  std::string text;
  if (!rocksdb::ReadFileToString(disk.env(), path(directory), &text).ok()) return Position{0};
  constexpr std::string_view kBefore = "position ";
  if (!text.starts_with(kBefore)) return Position{0};
  Position position{0};
  std::from_chars(text.data() + kBefore.size(), text.data() + text.size(), position.value);
  return text == acknowledged_line(position) ? position : Position{0};
}

Result<void> Acknowledged::open() {
  const auto status = disk_.env()->NewRandomRWFile(path_, &file_, rocksdb::EnvOptions());
  if (status.ToString().find(kIsLink) != std::string::npos) return failure(status, path_);
  if (!status.ok()) file_.reset();  // it is made with the first write
  return {};
}

void Acknowledged::write(Position position) {
  if (failed_) return;
  rocksdb::Env* const env = disk_.env();
  auto status = rocksdb::Status::OK();
  if (!file_) {
    if (!env->FileExists(path_).ok()) status = rocksdb::WriteStringToFile(env, "", path_);
    if (status.ok()) status = env->NewRandomRWFile(path_, &file_, rocksdb::EnvOptions());
  }
  if (status.ok()) status = file_->Write(0, acknowledged_line(position));
  failed_ = !status.ok();
}

}  // namespace solnoma
