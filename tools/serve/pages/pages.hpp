#pragma once

#include <mutex>
#include <optional>

#include "engine/journal.hpp"
#include "tools/context.hpp"
#include "tools/serve/importing.hpp"
#include "tools/serve/pages/preview.hpp"
#include "tools/serve/pages/record_page.hpp"
#include "tools/serve/questions.hpp"
#include "tools/serve/recording_commands.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// What a person sees of a server in a browser: the report, which moves as events come, and around
/// it the pages on which the log is looked through and grows. All but the report need no script.
/// Thread-safe.
class Pages {
 public:
  /// All outlive this.
  Pages(const Context& world, Journal& journal, std::mutex& trials, Questions& questions,
        RecordingCommands& commands, Importing& importing)
      : world_(world),
        questions_(questions),
        commands_(commands),
        importing_(importing),
        preview_(world, journal, trials),
        record_(commands, preview_) {}

  /// Nullopt: there is no page at this address.
  [[nodiscard]] std::optional<HttpAnswer> answer(const HttpRequest& request, const Grant& grant,
                                                 const Viewer& viewer);
  /// What was refused, as a page that says so.
  [[nodiscard]] static HttpAnswer problem(const HttpRequest& request, const Grant& grant,
                                          HttpAnswer refused);

 private:
  const Context& world_;
  Questions& questions_;
  RecordingCommands& commands_;
  Importing& importing_;
  Preview preview_;
  RecordPage record_;
};

}  // namespace solnoma
