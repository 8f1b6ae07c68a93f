#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace solnoma::test {

/// What a run of the program came to.
struct Run {
  int exit = -1;  ///< 128 + n when signal n ended it
  std::string out;
  std::string err;
};

/// A temporary directory with a store in it, and the program to use it, by the settings that are in
/// the directory alone.
class Workshop {
 public:
  Workshop();
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  /// Runs `solnoma --store <store> ARGUMENTS…` with `input` on standard input.
  [[nodiscard]] Run solnoma(const std::vector<std::string>& arguments,
                            std::string_view input = {}) const;

  /// The same without naming the store.
  [[nodiscard]] Run bare(const std::vector<std::string>& arguments) const;

  /// The same as any other user, "nobody" for instance; root alone can do that.
  [[nodiscard]] Run solnoma_as(const std::string& user,
                               const std::vector<std::string>& arguments) const;

  /// A file of that content in the directory; its path.
  std::string file(const std::string& name, std::string_view content) const;

  /// Writes what is set for every command; its path.
  std::string settings(std::string_view toml) const;

  [[nodiscard]] std::string path(const std::string& name) const { return directory_ / name; }
  [[nodiscard]] std::string store() const { return path("store"); }

  /// Everything the log holds, for comparing before and after.
  [[nodiscard]] std::string exported() const;

 private:
  [[nodiscard]] Run run(std::vector<std::string> command, std::string_view input) const;
  std::filesystem::path directory_;
};

/// With a store that holds the shipped history.
struct Shipped : Workshop {
  Shipped();
};

}  // namespace solnoma::test
