#include "engine/storage/scratch.hpp"

#include <fmt/format.h>
#include <rocksdb/env.h>

#include <cstring>
#include <utility>

namespace solnoma {

struct Scratch::Files {
  std::unique_ptr<rocksdb::WritableFile> written;
  std::unique_ptr<rocksdb::SequentialFile> read;
};

Scratch::Scratch(Disk disk, std::string path) : disk_(std::move(disk)), path_(std::move(path)) {}
Scratch::~Scratch() {
  clear();
}

void Scratch::clear() {
  if (!files_) return;
  files_.reset();
  (void)disk_.env()->DeleteFile(path_);
}

std::unexpected<Error> Scratch::no_room(const std::string& text) const {
  return fail(Errc::io, fmt::format("cannot keep {} while the log is written: {}", path_, text),
              "check the disk and its free space, then try again");
}

Result<void> Scratch::add(std::string_view bytes) {
  rocksdb::Status status;
  if (!files_) {
    files_ = std::make_unique<Files>();
    status = disk_.env()->NewWritableFile(path_, &files_->written, rocksdb::EnvOptions());
  }
  if (status.ok()) status = files_->written->Append({bytes.data(), bytes.size()});
  if (!status.ok()) return no_room(status.ToString());
  return {};
}

Result<void> Scratch::read(char* to, std::size_t size) {
  rocksdb::Status status;
  if (!files_->read) {
    status = files_->written->Close();
    if (status.ok())
      status = disk_.env()->NewSequentialFile(path_, &files_->read, rocksdb::EnvOptions());
  }
  while (status.ok() && size > 0) {
    rocksdb::Slice got;
    status = files_->read->Read(size, &got, to);
    if (!status.ok()) break;
    if (got.empty()) return no_room("it is shorter than it was written");
    if (got.data() != to) std::memmove(to, got.data(), got.size());  // of a disk in memory
    to += got.size();
    size -= got.size();
  }
  if (!status.ok()) return no_room(status.ToString());
  return {};
}

}  // namespace solnoma
