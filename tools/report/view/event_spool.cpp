#include "tools/report/view/event_spool.hpp"

#include <fmt/format.h>
#include <lz4.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/report/view/in_shares.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kAlignment = 8;  // payloads must begin at one
constexpr std::size_t padded(std::size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

/// A file without a name.
class TemporaryFile {
 public:
  TemporaryFile() {
    const char* const given = std::getenv("TMPDIR");
    directory_ = given != nullptr && *given != '\0' ? given : "/tmp";
    file_ = ::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ >= 0 || errno != EOPNOTSUPP) return;
    std::string path = directory_ + "/solnoma-XXXXXX";
    file_ = ::mkostemp(path.data(), O_CLOEXEC);
    if (file_ >= 0) ::unlink(path.c_str());
  }
  ~TemporaryFile() {
    if (file_ >= 0) ::close(file_);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] bool is_open() const { return file_ >= 0; }

  [[nodiscard]] bool write(std::string_view bytes, std::uint64_t at) const {
    while (!bytes.empty()) {
      const ssize_t written = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
      at += static_cast<std::uint64_t>(written);
    }
    return true;
  }
  [[nodiscard]] bool read(std::span<char> into, std::uint64_t at) const {
    while (!into.empty()) {
      const ssize_t got = ::pread(file_, into.data(), into.size(), static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      into = into.subspan(static_cast<std::size_t>(got));
      at += static_cast<std::uint64_t>(got);
    }
    return true;
  }
  [[nodiscard]] std::unexpected<Error> failed() const {
    return fail(Errc::io,
                fmt::format("cannot sort events in {}: {}", directory_, std::strerror(errno)),
                "make room there, or name another directory in TMPDIR");
  }

 private:
  std::string directory_;
  int file_ = -1;
};

/// As it stands in a piece, before its texts, of whose views the sizes still hold. Names are views
/// into the log.
using Header = RecordedEvent;
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % kAlignment == 0);

void put(std::string& bytes, const RecordedEvent& event) {
  bytes.append(reinterpret_cast<const char*>(&event), sizeof(Header));
  for (const auto part : kFleetingTexts) {
    const std::string_view text = event.*part;
    bytes += text;
    bytes.append(padded(text.size()) - text.size(), '\0');
  }
}

/// Precondition: put() has made the bytes.
RecordedEvent take(std::string_view& bytes) {
  Header event;
  std::memcpy(&event, bytes.data(), sizeof event);
  bytes.remove_prefix(sizeof event);
  for (const auto part : kFleetingTexts) {
    const std::size_t size = (event.*part).size();
    event.*part = bytes.substr(0, size);
    bytes.remove_prefix(padded(size));
  }
  return event;
}

struct Piece {
  std::uint64_t at = 0;  // in the file
  std::uint32_t packed = 0, size = 0;
};

}  // namespace

struct EventSpool::Impl {
  TemporaryFile file;
  std::atomic<std::uint64_t> end = 0;      // of the file
  std::mutex adding;                       // guards the pieces while they are made
  std::vector<std::vector<Piece>> pieces;  // of each group

  Result<void> add(std::size_t group, std::string& bytes) {
    if (bytes.empty()) return {};
    std::string packed(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(bytes.size()))),
                       '\0');
    const int size =
        LZ4_compress_default(bytes.data(), packed.data(), static_cast<int>(bytes.size()),
                             static_cast<int>(packed.size()));
    packed.resize(static_cast<std::size_t>(size));
    const std::uint64_t at = end.fetch_add(packed.size());
    if (!file.write(packed, at)) return file.failed();
    const std::lock_guard lock(adding);
    pieces[group].push_back(
        {at, static_cast<std::uint32_t>(packed.size()), static_cast<std::uint32_t>(bytes.size())});
    bytes.clear();
    return {};
  }
};

EventSpool::EventSpool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EventSpool::EventSpool(EventSpool&&) noexcept = default;
EventSpool& EventSpool::operator=(EventSpool&&) noexcept = default;
EventSpool::~EventSpool() = default;

Result<EventSpool> EventSpool::fill(const Log& log, std::span<const std::uint16_t> group_of) {
  constexpr std::size_t kMemory = 16 << 20;  // of all threads
  constexpr std::size_t kLeast = 4 << 10;
  auto impl = std::make_unique<Impl>();
  if (!impl->file.is_open()) return impl->file.failed();
  std::size_t groups = 0;
  for (const std::uint16_t group : group_of)
    if (group != kNoGroup) groups = std::max<std::size_t>(groups, group + std::size_t{1});
  impl->pieces.resize(groups);
  const std::size_t full = std::clamp(
      kMemory / (usual_threads() * std::max<std::size_t>(groups, 1)), kLeast, kPieceBytes);

  auto ok = in_shares(group_of.size(), [&](std::size_t first, std::size_t count) -> Result<void> {
    std::vector<std::string> growing(groups);
    Result<void> added;
    auto read = log.read(Position{first + 1}, Direction::forwards, [&](const RecordedEvent& event) {
      const std::size_t i = event.position.value - 1;
      if (i >= first + count) return false;
      if (group_of[i] == kNoGroup) return true;
      std::string& bytes = growing[group_of[i]];
      put(bytes, event);
      if (bytes.size() >= full) added = impl->add(group_of[i], bytes);
      return added.has_value();
    });
    if (!read) return read;
    for (std::size_t group = 0; group < groups && added; ++group)
      added = impl->add(group, growing[group]);
    return added;
  });
  if (!ok) return std::unexpected(ok.error());
  return EventSpool(std::move(impl));
}

std::size_t EventSpool::pieces(std::size_t group) const {
  return group < impl_->pieces.size() ? impl_->pieces[group].size() : 0;
}

Result<void> EventSpool::read(std::size_t group, std::size_t piece, const Visitor& visit) const {
  const Piece& of = impl_->pieces[group][piece];
  std::vector<char> packed(of.packed);
  std::vector<std::uint64_t> words(padded(of.size) / kAlignment);  // aligned
  char* const bytes = reinterpret_cast<char*>(words.data());
  if (!impl_->file.read(packed, of.at) ||
      LZ4_decompress_safe(packed.data(), bytes, static_cast<int>(of.packed),
                          static_cast<int>(of.size)) != static_cast<int>(of.size))
    return impl_->file.failed();
  for (std::string_view rest(bytes, of.size); !rest.empty();)
    if (!visit(take(rest))) break;
  return {};
}

}  // namespace solnoma
