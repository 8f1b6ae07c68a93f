#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/places.hpp"
#include "tools/io/http.hpp"
#include "tools/serve/sharing/member_access.hpp"

namespace solnoma {

/// Where the places of a shared log are.
struct EtcdOptions {
  std::vector<std::string> endpoints;  ///< "http://host:2379"; any member of the cluster
  std::string prefix;                  ///< of the keys: "solnoma/chronicle"
  std::string machine;                 ///< this machine's name, which stays so
  MemberAccess access = {};
  /// How long one call tries, at one member after another.
  std::chrono::milliseconds patience{3'000};
};

/// Places that etcd 3.4 or later keeps, asked over its JSON gateway
/// (https://etcd.io/docs/v3.4/dev-guide/api_grpc_gateway/). It has synced what it acknowledges on a
/// majority of its members.
///
///     PREFIX/place/000000000000002a   what the place was taken with
///     PREFIX/forgotten                the last place that is not kept any more
///     PREFIX/machine/NAME             up to where that machine needs none
///
/// A place is taken by a transaction on its absence, and on its lying behind what was forgotten. A
/// place goes when no machine needs it; what a machine has not taken in for 20,000 places goes
/// as soon as two others have it: that machine copies it from one of these.
class EtcdPlaces : public Places {
 public:
  explicit EtcdPlaces(EtcdOptions options);

  [[nodiscard]] Result<Answer> take(PlaceNumber place, std::string_view content) override;
  [[nodiscard]] Result<PlaceNumber> last() override;
  [[nodiscard]] Result<void> read(PlaceNumber from, std::chrono::milliseconds patience,
                                  const PlaceVisitor& visit) override;
  [[nodiscard]] Result<void> forget(PlaceNumber upto) override;
  void give_up() override { given_up_ = true; }

 private:
  struct Found;

  [[nodiscard]] std::string key(std::string_view name) const;
  [[nodiscard]] std::string place_key(PlaceNumber place) const;
  [[nodiscard]] std::string places_end() const;
  [[nodiscard]] HttpCall call(std::size_t member, const std::string& path, std::string_view body,
                              std::chrono::milliseconds patience);
  Result<std::string> ask(const std::string& path, const std::string& body);
  Result<void> log_in(HttpClient& client, std::size_t member, std::chrono::milliseconds patience,
                      const std::string& stale);
  Result<void> prepare();
  Result<Found> range(const std::string& first, const std::string& end,
                      const std::string& more = {});
  void wait(PlaceNumber from, std::int64_t revision, std::chrono::milliseconds patience);

  EtcdOptions options_;
  std::atomic<bool> given_up_ = false;
  std::mutex mutex_;                                  // guards what follows
  std::vector<std::unique_ptr<HttpClient>> clients_;  // that nobody uses
  std::size_t member_ = 0;                            // that answered last
  bool prepared_ = false;
  std::string token_;  // that etcd gave for the password; empty: none yet
};

}  // namespace solnoma
