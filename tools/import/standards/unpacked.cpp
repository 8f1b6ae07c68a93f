#include "tools/import/standards/unpacked.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace solnoma {
namespace {

constexpr std::size_t kMostBytes = 1 << 30;
constexpr std::size_t kSmall = 16 << 20;
constexpr std::size_t kMostRatio = 200;
constexpr std::size_t kUnpackedPiece = 256 << 10;

struct EndInflate {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;  // NOLINT(cppcoreguidelines-owning-memory)
  }
};

/// Unpacks piece by piece as long as `take(piece)` says so. False: damaged, or cut off.
template <class Take>
bool unpack(std::string_view gzip, const Take& take) {
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  auto stream = std::unique_ptr<z_stream, EndInflate>(new z_stream{});
  if (inflateInit2(stream.get(), kGzipOnly) != Z_OK) return false;
  std::string piece(kUnpackedPiece, '\0');
  while (!gzip.empty()) {
    const std::size_t given = std::min<std::size_t>(gzip.size(), std::numeric_limits<uInt>::max());
    stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
    stream->avail_in = static_cast<uInt>(given);
    stream->next_out = reinterpret_cast<Bytef*>(piece.data());
    stream->avail_out = static_cast<uInt>(kUnpackedPiece);
    const int result = inflate(stream.get(), Z_NO_FLUSH);
    gzip.remove_prefix(given - stream->avail_in);
    if (result != Z_OK && result != Z_STREAM_END) return false;
    if (!take(std::string_view(piece).substr(0, kUnpackedPiece - stream->avail_out))) return true;
    if (result == Z_STREAM_END) {
      if (!is_gzip(gzip)) return true;  // what pads the last member is no content
      inflateReset(stream.get());
    }
  }
  return false;
}

/// The content of a gzip file.
Result<void> unpacked(std::string_view gzip, const FileContent::Take& take) {
  const std::size_t most = std::min(kMostBytes, std::max(kSmall, gzip.size() * kMostRatio));
  std::size_t size = 0;
  Result<void> taken;
  const bool whole = unpack(gzip, [&](std::string_view piece) {
    size += piece.size();
    if (size <= most) taken = take(piece);
    return size <= most && taken.has_value();
  });
  if (!taken) return taken;
  if (size > most)
    return fail(Errc::invalid,
                fmt::format("it unpacks to more than {} MiB, far more than its size", most >> 20),
                "unpack it with gunzip, and look at it");
  if (!whole) return fail(Errc::invalid, "the gzip file is damaged or cut off", "fetch it again");
  return {};
}

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

std::string unpacked_beginning(std::string_view gzip, std::size_t most) {
  std::string text;
  unpack(gzip, [&](std::string_view piece) {
    text += piece;
    return text.size() < most;
  });
  text.resize(std::min(text.size(), most));
  return text;
}

Result<FileContent> plain_content(const FileContent& file) {
  if (!is_gzip(file.bytes())) return file;
  auto content = FileContent::made(
      file.name(), [&](const FileContent::Take& take) { return unpacked(file.bytes(), take); });
  if (!content) return at(file.name(), content.error());
  return content;
}

}  // namespace solnoma
