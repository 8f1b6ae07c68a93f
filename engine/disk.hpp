#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace solnoma {

/// The disk that a store lives on, handed in from outside. Copies share one disk.
/// Thread-safe.
class Disk {
 public:
  /// The machine's own file system.
  [[nodiscard]] static Disk real();
  /// A disk of its own in memory, empty; gone with the last copy.
  [[nodiscard]] static Disk memory();
  /// Any other environment; takes ownership.
  explicit Disk(std::shared_ptr<rocksdb::Env> env) : env_(std::move(env)) {}

  [[nodiscard]] rocksdb::Env* env() const { return env_.get(); }

 private:
  std::shared_ptr<rocksdb::Env> env_;
};

}  // namespace solnoma
