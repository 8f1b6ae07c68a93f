#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"

namespace solnoma {

/// What JetStream answers, read
/// (https://docs.nats.io/reference/reference-protocols/nats_api_reference).
class NatsAnswer {
 public:
  /// Errors: unavailable: it is none.
  [[nodiscard]] static Result<NatsAnswer> from(std::string_view text);

  /// Of its numbers of errors (server/errors.json of NATS) those that mean something here.
  enum Error : std::uint16_t {
    kNone = 0,
    kNoPeersYet = 10005,
    kNoMessage = 10037,
    kNoStream = 10059,
    kWrongSequence = 10071,
    kWrongSequenceNow = 10164,
  };
  [[nodiscard]] std::uint64_t error() const;
  /// In its words.
  [[nodiscard]] std::string words() const { return text({"error", "description"}); }
  /// An expected sequence was another one.
  [[nodiscard]] bool is_wrong_sequence() const {
    return error() == kWrongSequence || error() == kWrongSequenceNow;
  }
  /// An error that the next moment may mend.
  [[nodiscard]] bool may_pass() const;

  /// A part of it, by the names of the members on the way there.
  using Path = std::initializer_list<const char*>;
  /// 0: there is none.
  [[nodiscard]] std::uint64_t number(Path path) const;
  /// Empty: there is none.
  [[nodiscard]] std::string text(Path path) const;
  [[nodiscard]] bool has(const char* name) const { return find({name}) != nullptr; }
  /// The names of an object's members.
  [[nodiscard]] std::vector<std::string> names(Path path) const;
  /// Of each object of a list, what its member `name` says.
  [[nodiscard]] std::vector<std::string> each(Path path, const char* name) const;

  /// Content of the message that was asked for. Errors: unavailable: it cannot be read.
  [[nodiscard]] Result<std::string> message() const;

 private:
  [[nodiscard]] const rapidjson::Value* find(Path path) const;

  rapidjson::Document json_;
};

}  // namespace solnoma
