// A program of somebody else's: counts the events of one subject, and says when it has seen all
// that there are. A real one would go on.

#include <iostream>
#include <solnoma/solnoma.hpp>

int main(int, char** arguments) {
  const std::string store = arguments[1], subject = arguments[2];
  const auto log = solnoma::open_log(solnoma::Disk::real(), store);
  if (!log) {
    std::cerr << log.error().what << '\n';
    return 1;
  }
  int events = 0;
  solnoma::Subscription subscription(
      **log, solnoma::Position{0},
      [&](const solnoma::RecordedEvent& event) { return event.subject == subject; });
  const auto ended = subscription.run(
      [&](const solnoma::RecordedEvent&) {
        ++events;
        return true;
      },
      [&](solnoma::Position head) {
        std::cout << subject << ": " << events << "\ncaught up at " << head.value << '\n';
        return false;
      });
  return ended ? 0 : 1;
}
