// A projection of one's own that remembers: which publishers told of each park. What is folded
// stays beside the log; a second run folds what came since.
//
//   own_view STORE

#include <cstdio>
#include <set>
#include <sstream>
#include <string>

#include <solnoma/events/chronicle.hpp>
#include <solnoma/projections/materialized_view.hpp>

struct PublisherNames {
  std::set<std::string> names;

  void apply(const solnoma::StoredEvent& stored) {
    for (const auto& source : stored.event.sources)
      names.insert(source.publisher.in(solnoma::Language::en));
  }
  std::string to_bytes() const {
    std::string lines;
    for (const std::string& name : names) lines += name + '\n';
    return lines;
  }
  static std::optional<PublisherNames> from_bytes(std::string_view bytes) {
    PublisherNames publishers;
    std::istringstream lines{std::string(bytes)};
    for (std::string name; std::getline(lines, name);) publishers.names.insert(name);
    return publishers;
  }
};

int main(int, char** arguments) {
  const std::string store = arguments[1];
  const solnoma::Disk disk = solnoma::Disk::real();
  const auto log = solnoma::open_log(disk, store);
  if (!log) return 1;
  auto view = solnoma::MaterializedView<PublisherNames>::open(disk, store + "/views/publishers",
                                                              "1", **log, {}, "park/");
  if (!view) {
    std::fprintf(stderr, "%s\n", view.error().what.c_str());
    return 1;
  }
  const auto before = view->position();
  const auto after = view->catch_up();
  const auto bukhara = view->get("park/bukhara");
  if (!after || !bukhara || !*bukhara) return 1;
  std::printf("from %d to %d\n", static_cast<int>(before.value), static_cast<int>(after->value));
  for (const std::string& name : (*bukhara)->names) std::printf("%s\n", name.c_str());
  return 0;
}
