#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/appender.hpp"
#include "engine/owned_events.hpp"
#include "engine/position.hpp"
#include "tools/serve/grant.hpp"

namespace solnoma {

/// Records for one who may do so of some subjects, in their name, and reads the log as they see it.
/// Errors beside those of `inner`: invalid where a subject is not theirs (of an event, or of what
/// is expected), or they may not record. No error tells of an event that they do not see. What it
/// refers to outlives it.
class GuardedAppender : public Appender {
 public:
  /// What became of it, for whoever asked.
  struct Told {
    std::size_t recorded = 0;
    Position newest = {};         ///< of what was recorded, or was there; 0: nothing
    OwnedEvents tried = {};       ///< what was tried last, and would be recorded
    std::string not_theirs = {};  ///< a subject that was refused
  };

  /// `proposer`: whose proposal it is; empty: nobody's.
  GuardedAppender(Appender& inner, Log& seen, Grant grant, const std::string& proposer, Told& told)
      : inner_(inner),
        seen_(seen),
        grant_(std::move(grant)),
        who_(proposer.empty() ? grant_.name : grant_.name + " for " + proposer),
        told_(told) {}

  [[nodiscard]] Result<Appended> append(std::span<const NewEvent> batch,
                                        std::span<const Expectation> expectations) override;
  [[nodiscard]] Result<Appended> try_append(std::span<const NewEvent> batch,
                                            std::span<const Expectation> expectations) override;
  [[nodiscard]] Log& log() override { return seen_; }

 private:
  /// What nobody may learn by asking: which subjects of others there are, how far, and what is
  /// recorded of them.
  [[nodiscard]] Result<void> check(std::span<const NewEvent> batch,
                                   std::span<const Expectation> expectations);
  [[nodiscard]] Result<void> check_subject(std::string_view subject);
  /// An id that only an event of others has is one that nothing has.
  [[nodiscard]] Result<void> check_ids(const NewEvent& event,
                                       std::span<const NewEvent> before) const;

  Appender& inner_;
  Log& seen_;
  Grant grant_;
  std::string who_;
  Told& told_;
};

}  // namespace solnoma
