#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/appender.hpp"
#include "engine/owned_events.hpp"
#include "tools/command_description.hpp"
#include "tools/context.hpp"
#include "tools/serve/guarded_appender.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// The header in which whoever sends a command says which day is today for them: where it is
/// another one for the server, nothing is recorded by it.
inline constexpr std::string_view kTodayHeader = "solnoma-today";

/// `POST /v1/COMMAND`: what the commands that record do, with the same options and words, given in
/// the address, or as a form gives them; `q` is a word, as a subject or an id. The answer is what
/// the command says: 201 where something was recorded, 200 where it was not, or with `dry-run`; 202
/// where who may only propose handed it in (proposals.hpp). `GET /v1/proposals[/NUMBER]` tells what
/// waits, `POST /v1/accept` and `/v1/decline` are a steward's. Thread-safe.
class RecordingCommands {
 public:
  /// `world` gives clock, zone and store, and serves the log. All that is handed in outlives this.
  RecordingCommands(const Context& world, Appender& appender, const ProgramDescription& program,
                    RunCommand run)
      : world_(world), appender_(appender), program_(program), run_(std::move(run)) {}

  /// Names of these commands.
  [[nodiscard]] static std::vector<std::string_view> names();
  /// By which method a command is asked for: "GET" or "POST"; empty: it is none of these.
  [[nodiscard]] static std::string_view method_of(std::string_view command);

  /// Precondition of what follows: the second part of the path names one of these. 403 where
  /// `grant` may not do that, or not of that subject.
  [[nodiscard]] HttpAnswer run(const HttpRequest& request, const Grant& grant,
                               const Viewer& viewer);
  /// Hands in what the command would record, though `grant` may record.
  [[nodiscard]] HttpAnswer propose(const HttpRequest& request, const Grant& grant,
                                   const Viewer& viewer);
  /// Records nothing: `tried` is what the command would record.
  [[nodiscard]] HttpAnswer rehearse(const HttpRequest& request, const Grant& grant,
                                    const Viewer& viewer, OwnedEvents& tried);

  [[nodiscard]] std::uint64_t recorded() const { return recorded_; }

 private:
  HttpAnswer run_words(const std::vector<std::string>& words, const Grant& grant,
                       const Viewer& viewer, GuardedAppender::Told& told);

  const Context& world_;
  Appender& appender_;
  const ProgramDescription& program_;
  RunCommand run_;
  std::atomic<std::uint64_t> recorded_ = 0;
};

}  // namespace solnoma
