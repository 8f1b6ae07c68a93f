#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/appender.hpp"

namespace solnoma {

/// A batch in the name of somebody, which must live as long as the batch.
[[nodiscard]] inline std::vector<NewEvent> in_the_name_of(std::string_view who,
                                                          std::span<const NewEvent> batch) {
  std::vector<NewEvent> events(batch.begin(), batch.end());
  for (NewEvent& event : events) event.recorded_by = who;
  return events;
}

/// Records in the name of somebody.
class AppenderFor : public Appender {
 public:
  AppenderFor(std::unique_ptr<Appender> inner, std::string who)
      : inner_(std::move(inner)), who_(std::move(who)) {}

  [[nodiscard]] Result<Appended> append(std::span<const NewEvent> batch,
                                        std::span<const Expectation> expectations) override {
    return inner_->append(in_the_name_of(who_, batch), expectations);
  }
  [[nodiscard]] Result<Appended> try_append(std::span<const NewEvent> batch,
                                            std::span<const Expectation> expectations) override {
    return inner_->try_append(batch, expectations);
  }
  [[nodiscard]] Log& log() override { return inner_->log(); }

 private:
  std::unique_ptr<Appender> inner_;
  std::string who_;
};

}  // namespace solnoma
