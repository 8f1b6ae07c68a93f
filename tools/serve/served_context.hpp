#pragma once

#include <cstdio>

#include "tools/context.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// The world of one question that comes over the network: of a log that is open, as far as whoever
/// asks may see it, and an answer that is written to `out` (null: to nothing). `world`, which
/// serves the whole log, and `log` outlive it.
[[nodiscard]] inline Context served_context(const Context& world, Log& log,
                                            std::FILE* out = nullptr) {
  Context context{world.disk, world.clock, Output(out), false, world.store};
  context.given_today = world.given_today;
  context.local_day = world.local_day;
  context.served = &log;
  context.whole = world.served;
  return context;
}

/// The same for whoever asks: their today is that of their time zone.
[[nodiscard]] inline Context served_context(const Context& world, const Viewer& viewer,
                                            std::FILE* out = nullptr) {
  Context context = served_context(world, viewer.log, out);
  if (viewer.local_day) context.local_day = viewer.local_day;
  return context;
}

}  // namespace solnoma
