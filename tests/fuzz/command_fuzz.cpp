#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/disk.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/clocks.hpp"
#include "tools/cli.hpp"
#include "tools/context.hpp"

using namespace solnoma;

namespace {

/// A store in memory with the shipped history, and the world beside it shut out.
class Program {
 public:
  Program() : context_{Disk::memory(), clock_, Output(std::fopen("/dev/null", "w")), false, "/s"} {
    SOLNOMA_PROMISE(std::freopen("/dev/null", "r", stdin) != nullptr);
    SOLNOMA_PROMISE(run({"history", "--init"}) == 0);
  }

  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "solnoma");
    std::vector<const char*> argv;
    for (const std::string& word : arguments) argv.push_back(word.c_str());
    context_.store = "/s";
    return solnoma::run(static_cast<int>(argv.size()), argv.data(), context_);
  }

 private:
  test::ManualClock clock_;
  Context context_;
};

/// Words that would read or write real files, or wait for ever.
bool leaves_the_room(const std::string& word) {
  const auto holds = [&](const char* part) { return word.find(part) != std::string::npos; };
  return word == "keygen" || word == "import" || holds("follow") || word.starts_with("-f") ||
         word.starts_with("-o") || holds("--output") || holds("/dev");
}

}  // namespace

/// One argument a line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Program program;
  std::vector<std::string> arguments(1);
  for (const char c : fuzz::text_of(data, size)) {
    if (c == '\n')
      arguments.emplace_back();
    else if (c != '\0')
      arguments.back().push_back(c);
  }
  if (std::ranges::any_of(arguments, leaves_the_room)) return 0;
  const int exit = program.run(arguments);
  SOLNOMA_PROMISE(exit >= 0 && exit <= 3);
  return 0;
}
