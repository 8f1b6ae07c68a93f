#include "engine/disk.hpp"

#include <rocksdb/env.h>

namespace solnoma {

Disk Disk::real() {
  // The default environment lives as long as the process: nobody deletes it.
  return Disk(std::shared_ptr<rocksdb::Env>(rocksdb::Env::Default(), [](rocksdb::Env*) {}));
}

Disk Disk::memory() {
  return Disk(std::shared_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default())));
}

}  // namespace solnoma
