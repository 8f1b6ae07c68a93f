#include "events/event.hpp"

namespace solnoma {

const std::string& LocalText::in(Language language) const {
  const std::string& wanted = language == Language::en ? en : language == Language::ru ? ru : uz;
  if (!wanted.empty()) return wanted;
  return !en.empty() ? en : !ru.empty() ? ru : uz;
}

}  // namespace solnoma
