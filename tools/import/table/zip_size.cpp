#include "tools/import/table/zip_size.hpp"

#include <unzip.h>

#include <algorithm>
#include <cstring>
#include <memory>

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

}  // namespace

Result<std::uint64_t> unpacked_size(std::string_view archive) {
  const auto broken = [] {
    return fail(Errc::invalid, "the workbook is broken", "save it again from the program it is of");
  };
  Stream stream{archive};
  zlib_filefunc64_def functions{open_stream, read_stream,  write_stream, tell_stream,
                                seek_stream, close_stream, no_error,     &stream};
  const std::unique_ptr<void, decltype(&unzClose)> zip(unzOpen2_64("", &functions), &unzClose);
  if (!zip) return broken();
  std::uint64_t size = 0;
  int status = unzGoToFirstFile(zip.get());
  for (; status == UNZ_OK; status = unzGoToNextFile(zip.get())) {
    unz_file_info64 info = {};
    if (unzGetCurrentFileInfo64(zip.get(), &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK)
      return broken();
    if ((info.flag & 1) != 0)
      return fail(Errc::invalid, "the workbook is encrypted", "save it without a password");
    size += info.uncompressed_size;
  }
  if (status != UNZ_END_OF_LIST_OF_FILE) return broken();
  return size;
}

}  // namespace solnoma
