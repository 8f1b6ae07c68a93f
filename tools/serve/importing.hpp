#pragma once

#include <mutex>
#include <span>
#include <string_view>

#include "engine/journal.hpp"
#include "tools/command_description.hpp"
#include "tools/context.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `POST /v1/import?name=FILE`: what `import` does with the file that is the body, or with `undo`
/// and none. It takes the options that name no file: check, set-aside, known, source, dataset,
/// snapshot, vanished, undo; and `map`, which is the mapping itself. The answer is what the command
/// says: 201 where something was recorded, from position `Solnoma-First` to `Solnoma-Position`;
/// where others record meanwhile it is decided anew, and 409 where they were faster three times.
/// Thread-safe; one at a time.
class Importing {
 public:
  /// `world` serves the journal's log. All outlive this. `trials` is held by whoever makes a trial
  /// of the log. What is sent lies in the store's folder `importing` meanwhile; what a server that
  /// was killed has left there is removed: a store has one server.
  Importing(const Context& world, Journal& journal, std::mutex& trials,
            const ProgramDescription& program, RunCommand run);

  /// The options that it takes as they are.
  [[nodiscard]] static std::span<const std::string_view> options();

  /// 403 where `grant` may not record, or not of all subjects: a file may tell of any.
  [[nodiscard]] HttpAnswer run(const HttpRequest& request, const Grant& grant,
                               const Viewer& viewer);

 private:
  const Context& world_;
  Journal& journal_;
  std::mutex& trials_;
  const ProgramDescription& program_;
  RunCommand run_;
  std::string room_;
};

}  // namespace solnoma
