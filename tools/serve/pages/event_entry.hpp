#pragma once

#include <span>
#include <string>

#include "events/event.hpp"
#include "tools/serve/pages/shell.hpp"

namespace solnoma {

/// An event as the pages of a server list it: what, when, of which subject, who says so; and of one
/// that is recorded, when and by whom, with links to what can be done about it. HTML, `<li>`.
[[nodiscard]] std::string event_entry(const Shell& shell, const Event& event);
[[nodiscard]] std::string event_entry(const Shell& shell, const StoredEvent& stored,
                                      bool fresh = false);

/// A list of them, with the one that is sought marked; of none a sentence that says so.
[[nodiscard]] std::string event_list(const Shell& shell, std::span<const StoredEvent> events,
                                     Position sought = {});

}  // namespace solnoma
