#include <fmt/format.h>
#include <rocksdb/utilities/checkpoint.h>

#include <limits>

#include "engine/storage/store_impl.hpp"

namespace solnoma {
namespace {

void remove_tree(rocksdb::Env& env, const std::string& path) {
  std::vector<std::string> children;
  if (env.GetChildren(path, &children).ok())
    for (const std::string& child : children)
      if (child != "." && child != "..") remove_tree(env, fmt::format("{}/{}", path, child));
  if (!env.DeleteFile(path).ok()) (void)env.DeleteDir(path);
}

}  // namespace

Result<std::string> Store::twin(std::string_view name) const {
  const std::string directory = fmt::format("{}/{}", impl_->directory, name);
  remove(impl_->disk, directory);
  const auto database = impl_->database();
  rocksdb::Checkpoint* made = nullptr;
  auto status = impl_->disk.env()->CreateDirIfMissing(directory);
  if (status.ok()) status = rocksdb::Checkpoint::Create(database->db.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  // What stands only in the write-ahead log is copied with it: to flush would leave a small file.
  constexpr auto kNeverFlush = std::numeric_limits<std::uint64_t>::max();
  const std::string at = fmt::format("{}/{}", directory, kDatabase);
  if (status.ok())
    status = in_rocksdb([&] { return checkpoint->CreateCheckpoint(at, kNeverFlush); });
  if (auto ok = impl_->check(status); !ok) return std::unexpected(ok.error());
  if (auto ok = write_format(impl_->disk, directory); !ok) return std::unexpected(ok.error());
  return directory;
}

void Store::remove(const Disk& disk, const std::string& directory) {
  remove_tree(*disk.env(), directory);
}

}  // namespace solnoma
