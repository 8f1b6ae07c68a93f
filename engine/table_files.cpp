#include "engine/table_files.hpp"

#include <rocksdb/table.h>

#include <array>
#include <string>
#include <string_view>

#include "engine/bytes.hpp"

namespace solnoma {
namespace {

// The footer of a block-based table since format version 1, as rocksdb/table/format.h has it:
// u8 kind of checksum, two places in the file as varints, zeros, u32 version, u64 magic.
constexpr std::size_t kFooter = 53;
constexpr std::size_t kPlaces = 40;
constexpr std::uint32_t kVersion = 5;
constexpr std::uint64_t kMagic = 0x88e241b785f4cff7;
constexpr std::uint64_t kBlockTrailer = 5;

/// Takes a varint off the front; false when there is none.
bool take_varint(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool is_footer(std::string_view footer, std::uint64_t file_size) {
  if (footer.size() != kFooter || footer.front() != static_cast<char>(rocksdb::kXXH3)) return false;
  if (load<std::uint32_t>(footer.data() + 1 + kPlaces) != kVersion) return false;
  if (load<std::uint64_t>(footer.data() + 1 + kPlaces + sizeof kVersion) != kMagic) return false;
  std::string_view places = footer.substr(1, kPlaces);
  for (int i = 0; i < 2; ++i) {
    std::uint64_t offset = 0, size = 0;
    if (!take_varint(places, offset) || !take_varint(places, size)) return false;
    const std::uint64_t most = file_size - kFooter;
    if (offset > most || size > most || offset + size + kBlockTrailer > most) return false;
  }
  return places.find_first_not_of('\0') == std::string_view::npos;
}

class CheckedTables : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;

  const char* Name() const override { return "solnoma.CheckedTables"; }

  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* context) override {
    auto status = FileSystemWrapper::NewRandomAccessFile(name, options, file, context);
    if (!status.ok() || !name.ends_with(".sst")) return status;
    std::uint64_t size = 0;
    status = FileSystemWrapper::GetFileSize(name, options.io_options, &size, context);
    std::array<char, kFooter> bytes{};
    rocksdb::Slice footer;
    if (status.ok() && size >= kFooter)
      status = (*file)->Read(size - kFooter, kFooter, options.io_options, &footer, bytes.data(),
                             context);
    if (status.ok() && !is_footer({footer.data(), footer.size()}, size))
      status = rocksdb::IOStatus::Corruption("the end of the file is not as it was written", name);
    if (!status.ok()) file->reset();
    return status;
  }
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> with_checked_tables(
    const std::shared_ptr<rocksdb::FileSystem>& below) {
  return std::make_shared<CheckedTables>(below);
}

}  // namespace solnoma
