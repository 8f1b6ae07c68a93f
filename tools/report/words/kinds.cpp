#include "tools/report/words/kinds.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

/// What subjects of a kind are called, in English.
struct KindNoun {
  std::string_view kind;
  std::string_view head;
  std::string_view one, many;  // with their number, "{n}"
};

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

KindWords words_of(const KindNoun& noun, Language language) {
  return {.head = std::string(translate(language, noun.head)),
          .counted = plural_forms(language, noun.one, noun.many)};
}

/// None: there is no word for it in that language.
std::optional<KindWords> words_for(std::string_view kind, Language language,
                                   const KindNames& names) {
  if (const auto named = names.find(kind); named != names.end())
    if (const auto words = named->second.find(language); words != named->second.end())
      return words->second;
  const auto noun = std::ranges::lower_bound(kNouns, kind, {}, &KindNoun::kind);
  if (noun == kNouns.end() || noun->kind != kind) return std::nullopt;
  return words_of(*noun, language);
}

}  // namespace

KindWords kind_words(const Kinds& kinds, Language language, const KindNames& names) {
  for (const auto* told : {&kinds.described, &kinds.named})
    if (told->size() == 1)
      if (auto words = words_for(*told->begin(), language, names)) return *std::move(words);
  return words_of(kAnything, language);
}

}  // namespace solnoma
