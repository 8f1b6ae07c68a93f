#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/head_note.hpp"

struct TS_req_st;
struct stack_st_X509;

namespace solnoma {

/// Stamps of time (RFC 3161): the signed word of an authority that a head was there at an instant.
/// A stamp stands in a note as one more signature over the same body, of the type "\xffrfc3161", so
/// that it goes wherever the note goes, and who knows nothing of stamps passes over it. Its bytes
/// are the authority's token, with its certificates; the SHA-256 in it is that of the note's body.

/// What a stamp says.
struct HeadStamp {
  std::string authority;  ///< as its certificate names it: words of a stranger, in UTF-8
  /// The head was there by then: the instant of the stamp, and as much as the authority says that
  /// it may be wrong, rounded up to microseconds.
  Instant at;

  bool operator==(const HeadStamp&) const = default;
};

/// Certificates that somebody trusts, of authorities or of who vouches for these. Immutable.
class Authorities {
 public:
  /// All certificates of a PEM text. Errors: invalid where there is none, or one is damaged.
  [[nodiscard]] static Result<Authorities> from_pem(std::string_view pem);

 private:
  friend class StampRequest;
  friend Result<std::vector<HeadStamp>> check_stamps(const HeadNote&, const Authorities&);
  explicit Authorities(std::shared_ptr<stack_st_X509> all) : all_(std::move(all)) {}
  std::shared_ptr<stack_st_X509> all_;
};

/// What an authority is asked for: a stamp of one note, with a nonce, and with its certificates.
class StampRequest {
 public:
  /// `policy`: under which rules of the authority, as in "1.2.3.4"; empty: its usual ones.
  /// Errors: invalid where the policy is no such identifier.
  [[nodiscard]] static Result<StampRequest> of(const HeadNote& note,
                                               const std::string& policy = {});

  /// The bytes to send, as application/timestamp-query.
  [[nodiscard]] std::string to_der() const;

  /// Takes the stamp out of what the authority answered, and adds it to `note`, that of `of()`,
  /// under `name`, for which is_origin() holds. Without `trusted` it is held against the
  /// certificate that it brings along. Errors: invalid, with `note` as it was, where that is no
  /// answer to this request: a refusal, another nonce, head or policy, a wrong signature, or an
  /// authority that is not trusted or whose certificate did not hold at that instant.
  [[nodiscard]] Result<HeadStamp> take(std::string_view answer, const Authorities* trusted,
                                       std::string_view name, HeadNote& note) const;

 private:
  explicit StampRequest(std::shared_ptr<TS_req_st> request) : request_(std::move(request)) {}
  std::shared_ptr<TS_req_st> request_;
};

/// What the stamps in a note say, unchecked. One that cannot be read is left out.
[[nodiscard]] std::vector<HeadStamp> stamps_of(const HeadNote& note);

/// Those stamps that hold: of this head, by an authority that is trusted, whose certificate held at
/// that instant. (It may have run out since: a stamp is to outlive it.)
/// Errors: invalid where none does, saying why the last one does not.
[[nodiscard]] Result<std::vector<HeadStamp>> check_stamps(const HeadNote& note,
                                                          const Authorities& trusted);

}  // namespace solnoma
