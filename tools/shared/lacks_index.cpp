#include "tools/shared/lacks_index.hpp"

namespace solnoma {

bool lacks_index(const Error& error, const Context& context) {
  if (error.advice == Advice::finish_rebuild) return true;
  if (error.code != Errc::damaged_index) return false;
  const auto journal = open_journal(context.disk, context.store, context.clock);
  return !journal && journal.error().code == Errc::unavailable;
}

}  // namespace solnoma
