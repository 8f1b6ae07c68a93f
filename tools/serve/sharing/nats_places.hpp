#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/places.hpp"
#include "tools/serve/sharing/nats_answer.hpp"
#include "tools/serve/sharing/nats_connection.hpp"

namespace solnoma {

/// Where the places of a shared log are.
struct NatsOptions {
  std::vector<std::string> servers;   ///< "nats://host:4222"; those of the cluster
  std::vector<std::string> monitors;  ///< "http://host:8222" of each: where they show how they are
  std::string stream;                 ///< its name: letters, digits, '-' and '_'
  std::string machine;                ///< this machine's name, which stays so
  MemberAccess access = {};
  /// How long one call tries, at one server after another.
  std::chrono::milliseconds patience{3'000};
};

/// Places that a stream of NATS JetStream keeps, 2.15.1 or later and with `sync_interval: always`:
/// a server that is older or does not sync is refused by name
/// (https://docs.nats.io/nats-concepts/jetstream/streams,
/// https://docs.nats.io/reference/reference-protocols/nats_api_reference).
///
///     STREAM           of the subject STREAM.place: message n is what place n was taken with
///     STREAM_machines  of STREAM_machines.MACHINE: up to where that machine needs none
///
/// A place is taken by a message that states the sequence of the last before it. No message has an
/// id: what the server says of one that it takes for a duplicate is not to be believed. A place
/// goes when no machine needs it, as in EtcdPlaces.
class NatsPlaces : public Places {
 public:
  explicit NatsPlaces(NatsOptions options);

  [[nodiscard]] Result<Answer> take(PlaceNumber place, std::string_view content) override;
  [[nodiscard]] Result<PlaceNumber> last() override;
  [[nodiscard]] Result<void> read(PlaceNumber from, std::chrono::milliseconds patience,
                                  const PlaceVisitor& visit) override;
  [[nodiscard]] Result<void> forget(PlaceNumber upto) override;
  void give_up() override { given_up_ = true; }

 private:
  [[nodiscard]] std::string subject() const { return options_.stream + ".place"; }
  [[nodiscard]] std::string machines() const { return options_.stream + "_machines"; }
  [[nodiscard]] std::size_t replicas() const;
  std::size_t last_server();
  Result<std::shared_ptr<NatsConnection>> connection(std::size_t server,
                                                     std::chrono::milliseconds patience);
  void leave(const std::shared_ptr<NatsConnection>& connection);
  Result<NatsAnswer> ask(const NatsRequest& request);
  Result<NatsAnswer> ask_stream(std::string_view what, const std::string& stream,
                                const std::string& body);
  Result<void> prepare();
  Result<bool> look(bool again);
  Result<NatsAnswer> find_stream(const std::string& name, const std::string& subjects,
                                 int most_a_subject, bool make);
  Result<bool> read_stored(PlaceNumber& next, const PlaceVisitor& visit);
  Result<std::vector<PlaceNumber>> needs();

  NatsOptions options_;
  std::atomic<bool> given_up_ = false;
  std::mutex mutex_;                            // guards what follows
  std::shared_ptr<NatsConnection> connection_;  // null: none
  std::size_t server_ = 0;                      // that answered last
  bool prepared_ = false;
  std::optional<Error> objection_;  // to what was found at the last look; none: there was none
  std::chrono::steady_clock::time_point look_again_;  // at those that were not seen
};

}  // namespace solnoma
