#include "engine/disk.hpp"

#include <rocksdb/env.h>

#include "engine/storage/machine_files.hpp"

namespace solnoma {

Disk Disk::real() {
  // The default environment lives as long as the process, and so does this one on top of it.
  static rocksdb::Env* const env =
      rocksdb::NewCompositeEnv(with_machine_files(rocksdb::FileSystem::Default())).release();
  return Disk(std::shared_ptr<rocksdb::Env>(env, [](rocksdb::Env*) {}));
}

Disk Disk::memory() {
  return Disk(std::shared_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default())));
}

}  // namespace solnoma
