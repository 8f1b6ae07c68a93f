#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace solnoma::bench {

enum class Better : std::uint8_t { more, less };

/// One benchmark at one size.
struct Figure {
  struct Target {
    std::string text;
    bool reached = false;
  };

  std::string name;
  std::uint64_t events = 0;
  std::string unit;
  Better better = Better::more;
  double ours = 0;
  std::optional<double> floor{};   ///< what the same machine does without us
  std::optional<double> peer{};    ///< SQLite
  std::optional<double> memory{};  ///< the most that was resident, in MiB
  int runs = 1;
  std::vector<Target> targets{};
  std::string note{};

  /// How many times as good as another figure: above 1 is better, whichever way.
  [[nodiscard]] double times_as_good_as(double other) const;

  // The targets. Those against a figure that was not measured are left out.
  Figure& at_least(double least);
  Figure& at_most(double most);
  Figure& at_least_of_floor(double times);
  Figure& at_least_of_peer(double times);
  Figure& at_most_memory(double most);
};

enum class Format : std::uint8_t { text, json };

/// Prints rows as they come: a table, or one JSON object a line.
class Table {
 public:
  explicit Table(Format format) : format_(format) {}

  void add(const Figure& row);
  /// A line between rows; nothing in JSON.
  void say(const std::string& line) const;
  /// What the columns mean, and what was missed.
  void finish() const;

 private:
  Format format_;
  bool begun_ = false;
  std::vector<std::string> missed_;
};

}  // namespace solnoma::bench
