#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace solnoma {

struct ArchivedFile {
  std::string name, content;
  std::uint32_t said_size = 0;  ///< what the directory says that it unpacks to; 0: the truth
  bool encrypted = false;       ///< what the directory says
};

/// CRC-32 as ISO 3309 has it.
inline std::uint32_t crc_of(const std::string& content) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : content) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

/// A ZIP archive of files that are stored as they are (APPNOTE.TXT, 4.3).
inline std::string archive_of(const std::vector<ArchivedFile>& files) {
  std::string archive, directory;
  const auto number = [](std::string& to, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i));
  };
  for (const ArchivedFile& file : files) {
    const auto size = static_cast<std::uint32_t>(file.content.size());
    const std::uint32_t crc = crc_of(file.content);
    const std::uint64_t at = archive.size();
    const auto common = [&](std::string& to, std::uint32_t unpacked) {
      number(to, 20, 2);
      number(to, file.encrypted ? 1 : 0, 2);
      number(to, 0, 2);  // stored
      number(to, 0, 4);  // time and day
      number(to, crc, 4);
      number(to, size, 4);
      number(to, unpacked, 4);
      number(to, file.name.size(), 2);
      number(to, 0, 2);
    };
    archive += "PK\x03\x04";
    common(archive, size);
    archive += file.name + file.content;
    directory += "PK\x01\x02";
    number(directory, 20, 2);
    common(directory, file.said_size != 0 ? file.said_size : size);
    number(directory, 0, 8);  // no comment; disk, attributes
    number(directory, 0, 2);
    number(directory, at, 4);
    directory += file.name;
  }
  const std::uint64_t begin = archive.size();
  archive += directory + "PK\x05\x06";
  number(archive, 0, 4);
  number(archive, files.size(), 2);
  number(archive, files.size(), 2);
  number(archive, directory.size(), 4);
  number(archive, begin, 4);
  number(archive, 0, 2);
  return archive;
}

}  // namespace solnoma
