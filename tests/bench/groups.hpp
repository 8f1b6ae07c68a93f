#pragma once

#include "tests/bench/site.hpp"

namespace solnoma::bench {

/// The groups of benchmarks, in the order in which they run. Each reports its figures and
/// throws Wrong at a wrong answer.

/// Fills the three stores; everything else needs it.
void measure_append(Site& site);
void measure_disk(Site& site);
void measure_opening(Site& site);
void measure_replay(Site& site);
void measure_portfolio(Site& site);
void measure_program(Site& site);
/// What a user waits for: answers of the whole program about all subjects.
void measure_commands(Site& site);
void measure_exchange(Site& site);
void measure_temporal(Site& site);
void measure_memory(Site& site);
void measure_rebuild(Site& site);
/// Single appends, back-dated events, corrections. From here on the stores change.
void measure_changes(Site& site);
/// A server with many clients.
void measure_serve(Site& site);

}  // namespace solnoma::bench
