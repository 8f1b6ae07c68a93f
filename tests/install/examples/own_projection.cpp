// A projection of one's own, over a store at any vantage: which publishers told of the
// parks, and how many milestones each.
//
//   own_projection STORE AS-OF KNOWN-BY      (days, as in 2025-12-31)

#include <cstdio>
#include <map>
#include <string>

#include <solnoma/projections/replay.hpp>

struct Publishers {
  std::map<std::string, int> milestones;

  void apply(const solnoma::StoredEvent& stored) {
    for (const auto& source : stored.event.sources)
      ++milestones[source.publisher.in(solnoma::Language::en)];
  }
};

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto log = solnoma::open_log(solnoma::Disk::real(), argv[1]);
  const auto as_of = solnoma::day_from_text(argv[2]);
  const auto known_by = solnoma::day_from_text(argv[3]);
  if (!log || !as_of || !known_by) return 1;

  const auto result = solnoma::replay(**log, {*as_of, *known_by}, Publishers{}, "park/");
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().what.c_str());
    return 1;
  }
  for (const auto& [publisher, count] : result->milestones)
    std::printf("%s: %d\n", publisher.c_str(), count);
  return 0;
}
