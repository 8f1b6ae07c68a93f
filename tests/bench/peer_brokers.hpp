#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace solnoma::bench {

/// A server that others append to, of its own process: payloads in batches, all of one on their way
/// before the first is answered. Throws Wrong where it refuses one.
class Broker {
 public:
  virtual ~Broker() = default;
  virtual void append(std::span<const std::string> payloads) = 0;
  /// How many it holds.
  [[nodiscard]] virtual std::uint64_t count() = 0;
};

/// What a broker is told to do, for the table.
struct BrokerKind {
  std::string_view name;  ///< as in --beside
  std::string_view note;
  /// Starts it, with its files in an empty directory. Throws Wrong where it cannot be started, or
  /// where this program was built without its client.
  std::unique_ptr<Broker> (*start)(const std::string& directory);
};
[[nodiscard]] std::span<const BrokerKind> broker_kinds();

}  // namespace solnoma::bench
