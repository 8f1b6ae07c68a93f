#pragma once

#include <string>
#include <vector>

#include "tools/serve/served_context.hpp"
#include "tools/serve/written.hpp"

namespace solnoma {

/// What a command came to that was run for who asks over the network.
struct ServedRun {
  Outcome done;
  std::string said;   ///< its answer, as far as it came
  std::string notes;  ///< what it said beside
};

/// Runs one of the program's commands by its words. `prepare` is handed the world in which it runs,
/// to say there who asks and by what is recorded. `world` and `viewer`: as of served_context().
template <class Prepare>
[[nodiscard]] ServedRun run_served(const Context& world, const Viewer& viewer,
                                   const RunCommand& run, const std::vector<std::string>& words,
                                   const Prepare& prepare) {
  Written said;
  Written notes;
  Context context = served_context(world, viewer, said.file());
  context.notes = notes.file();
  prepare(context);
  auto done = run(words, context);
  if (done) done = context.out.finish();
  return {std::move(done), said.take(), notes.take()};
}

}  // namespace solnoma
