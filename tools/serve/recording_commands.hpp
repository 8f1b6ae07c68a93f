#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/appender.hpp"
#include "tools/command_description.hpp"
#include "tools/context.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `POST /v1/COMMAND`: what the commands that record do, with the same options and words, given in
/// the address, or as a form gives them; `q` is a word, as a subject or an id. The answer is what
/// the command says: 201 where something was recorded, 200 where it was not, or with `dry-run`.
/// Thread-safe.
class RecordingCommands {
 public:
  /// `world` gives clock, zone and store, and serves the log. All that is handed in outlives this.
  RecordingCommands(const Context& world, Appender& appender, const ProgramDescription& program,
                    RunCommand run)
      : world_(world), appender_(appender), program_(program), run_(std::move(run)) {}

  /// Names of these commands.
  [[nodiscard]] static std::vector<std::string_view> names();
  /// Whether a request is for one of them.
  [[nodiscard]] static bool is_one(const HttpRequest& request);
  /// 403 where `grant` may neither record nor, for a dry run, propose; or not of that subject.
  [[nodiscard]] HttpAnswer run(const HttpRequest& request, const Grant& grant,
                               const Viewer& viewer);

  [[nodiscard]] std::uint64_t recorded() const { return recorded_; }

 private:
  const Context& world_;
  Appender& appender_;
  const ProgramDescription& program_;
  RunCommand run_;
  std::atomic<std::uint64_t> recorded_ = 0;
};

}  // namespace solnoma
