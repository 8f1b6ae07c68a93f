#include "tools/report/words/kinds.hpp"

#include <algorithm>
#include <array>

#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

/// Marks a text and its plural as message() does.
constexpr KindNoun counted(std::string_view one, std::string_view many) {
  return {.kind = "", .head = "", .one = one, .many = many};
}

constexpr KindNoun noun(std::string_view kind, std::string_view head, KindNoun counted) {
  return {.kind = kind, .head = head, .one = counted.one, .many = counted.many};
}

constexpr KindNoun kAnything = noun("", message("Subject"), counted("{n} subject", "{n} subjects"));

constexpr auto kNouns = std::to_array<KindNoun>({
    noun("airport", message("Airport"), counted("{n} airport", "{n} airports")),
    noun("bridge", message("Bridge"), counted("{n} bridge", "{n} bridges")),
    noun("centre", message("Centre"), counted("{n} centre", "{n} centres")),
    noun("cluster", message("Cluster"), counted("{n} cluster", "{n} clusters")),
    noun("deposit", message("Deposit"), counted("{n} deposit", "{n} deposits")),
    noun("factory", message("Factory"), counted("{n} factory", "{n} factories")),
    noun("hospital", message("Hospital"), counted("{n} hospital", "{n} hospitals")),
    noun("line", message("Line"), counted("{n} line", "{n} lines")),
    noun("mine", message("Mine"), counted("{n} mine", "{n} mines")),
    noun("park", message("Park"), counted("{n} park", "{n} parks")),
    noun("pipeline", message("Pipeline"), counted("{n} pipeline", "{n} pipelines")),
    noun("plant", message("Plant"), counted("{n} plant", "{n} plants")),
    noun("port", message("Port"), counted("{n} port", "{n} ports")),
    noun("power-plant", message("Power plant"), counted("{n} power plant", "{n} power plants")),
    noun("power-unit", message("Power unit"), counted("{n} power unit", "{n} power units")),
    noun("project", message("Project"), counted("{n} project", "{n} projects")),
    noun("road", message("Road"), counted("{n} road", "{n} roads")),
    noun("school", message("School"), counted("{n} school", "{n} schools")),
    noun("station", message("Station"), counted("{n} station", "{n} stations")),
    noun("steel-plant", message("Steel plant"), counted("{n} steel plant", "{n} steel plants")),
    noun("terminal", message("Terminal"), counted("{n} terminal", "{n} terminals")),
    noun("unit", message("Unit"), counted("{n} unit", "{n} units")),
    noun("zone", message("Zone"), counted("{n} zone", "{n} zones")),
});
static_assert(std::ranges::is_sorted(kNouns, {}, &KindNoun::kind));

const KindNoun* noun_of_one(const std::set<std::string, std::less<>>& kinds) {
  if (kinds.size() != 1) return nullptr;
  const auto found = std::ranges::lower_bound(kNouns, *kinds.begin(), {}, &KindNoun::kind);
  return found != kNouns.end() && found->kind == *kinds.begin() ? &*found : nullptr;
}

}  // namespace

const KindNoun& noun_of(const std::set<std::string, std::less<>>& kinds,
                        const std::set<std::string, std::less<>>& described) {
  if (const KindNoun* noun = noun_of_one(described)) return *noun;
  if (const KindNoun* noun = noun_of_one(kinds)) return *noun;
  return kAnything;
}

}  // namespace solnoma
