#include "tools/import/table/zip_archive.hpp"

#include <fmt/format.h>
#include <unzip.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace solnoma {
namespace {

/// An archive in memory, as minizip reads files.
struct Stream {
  std::string_view archive;
  std::uint64_t next = 0;
};

void* open_stream(void* stream, const void*, int) {
  return stream;
}
uLong read_stream(void*, void* stream, void* to, uLong size) {
  auto& from = *static_cast<Stream*>(stream);
  const std::string_view rest =
      from.archive.substr(std::min<std::size_t>(from.next, from.archive.size()));
  const std::size_t got = std::min<std::size_t>(size, rest.size());
  std::memcpy(to, rest.data(), got);
  from.next += got;
  return got;
}
uLong write_stream(void*, void*, const void*, uLong) {
  return 0;
}
ZPOS64_T tell_stream(void*, void* stream) {
  return static_cast<Stream*>(stream)->next;
}
long seek_stream(void*, void* stream, ZPOS64_T offset, int origin) {
  auto& from = *static_cast<Stream*>(stream);
  const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                             : origin == ZLIB_FILEFUNC_SEEK_CUR ? from.next
                                                                : from.archive.size();
  from.next = base + offset;
  return from.next <= from.archive.size() ? 0 : -1;
}
int close_stream(void*, void*) {
  return 0;
}
int no_error(void*, void*) {
  return 0;
}

std::unexpected<Error> broken() {
  return fail(Errc::invalid, "the workbook is broken", "save it again from the program it is of");
}

}  // namespace

struct ZipArchive::Handle {
  explicit Handle(std::string_view archive) : stream{archive} {
    zlib_filefunc64_def functions{open_stream, read_stream,  write_stream, tell_stream,
                                  seek_stream, close_stream, no_error,     &stream};
    zip = unzOpen2_64("", &functions);
  }
  ~Handle() {
    if (zip != nullptr) unzClose(zip);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  Stream stream;
  unzFile zip = nullptr;
};

Result<ZipArchive> ZipArchive::open(std::string_view bytes) {
  ZipArchive archive;
  archive.handle_ = std::make_shared<Handle>(bytes);
  const unzFile zip = archive.handle_->zip;
  if (zip == nullptr) return broken();
  int status = unzGoToFirstFile(zip);
  for (; status == UNZ_OK; status = unzGoToNextFile(zip)) {
    unz_file_info64 info = {};
    unz64_file_pos place = {};
    std::array<char, 1024> name = {};
    if (unzGetCurrentFileInfo64(zip, &info, name.data(), name.size() - 1, nullptr, 0, nullptr, 0) !=
            UNZ_OK ||
        unzGetFilePos64(zip, &place) != UNZ_OK)
      return broken();
    if ((info.flag & 1) != 0)
      return fail(Errc::invalid, "the workbook is encrypted", "save it without a password");
    archive.unpacked_size_ += info.uncompressed_size;
    archive.files_.emplace(name.data(), Place{place.pos_in_zip_directory, place.num_of_file});
  }
  if (status != UNZ_END_OF_LIST_OF_FILE) return broken();
  return archive;
}

Result<void> ZipArchive::unpack(const std::string& name,
                                const std::function<Result<void>(std::string_view)>& take) const {
  const auto found = files_.find(name);
  if (found == files_.end())
    return fail(Errc::invalid, fmt::format("the workbook is broken: it has no '{}'", name),
                "save it again from the program it is of");
  const unz64_file_pos place{found->second.directory, found->second.number};
  const unzFile zip = handle_->zip;
  if (unzGoToFilePos64(zip, &place) != UNZ_OK || unzOpenCurrentFile(zip) != UNZ_OK) return broken();
  std::array<char, 1 << 16> piece;
  Result<void> taken;
  int size = 0;
  while (taken && (size = unzReadCurrentFile(zip, piece.data(), piece.size())) > 0)
    taken = take({piece.data(), static_cast<std::size_t>(size)});
  const int closed = unzCloseCurrentFile(zip);  // whether what came out has the right checksum
  if (!taken) return taken;
  if (size < 0 || closed != UNZ_OK) return broken();
  return {};
}

}  // namespace solnoma
