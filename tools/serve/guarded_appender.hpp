#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "engine/appender.hpp"
#include "engine/owned_events.hpp"
#include "tools/appender_for.hpp"
#include "tools/serve/grant.hpp"

namespace solnoma {

/// Records for one who may do so of some subjects, in their name, and reads the log as they see it.
/// What it refers to outlives it.
class GuardedAppender : public Appender {
 public:
  /// What became of it, for whoever asked.
  struct Told {
    std::size_t recorded = 0;
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
                                        std::span<const Expectation> expectations) override {
    if (auto ok = check(batch); !ok) return std::unexpected(ok.error());
    auto appended = inner_.append(in_the_name_of(who_, batch), expectations);
    if (appended) told_.recorded += appended->recorded;
    return appended;
  }
  [[nodiscard]] Result<Appended> try_append(std::span<const NewEvent> batch,
                                            std::span<const Expectation> expectations) override {
    if (auto ok = check(batch); !ok) return std::unexpected(ok.error());
    auto tried = inner_.try_append(batch, expectations);
    told_.tried = tried && tried->recorded > 0 ? OwnedEvents::of(batch) : OwnedEvents();
    return tried;
  }
  [[nodiscard]] Log& log() override { return seen_; }

 private:
  [[nodiscard]] Result<void> check(std::span<const NewEvent> batch) {
    for (const NewEvent& event : batch)
      if (!grant_.sees(event.subject)) {
        told_.not_theirs = event.subject;
        return fail(Errc::invalid, "a subject is not theirs");
      }
    return {};
  }

  Appender& inner_;
  Log& seen_;
  Grant grant_;
  std::string who_;
  Told& told_;
};

}  // namespace solnoma
