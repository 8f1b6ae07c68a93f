#pragma once

#include <string>
#include <vector>

#include "tools/shared/local_text_options.hpp"

namespace solnoma {

/// What an event of the type `described` says of its subject, as options give it.
struct DescriptionOptions {
  TextOptions names, region, partner;
  std::string kind, latitude, longitude, geometry, country, part_of;
  std::vector<std::string> other_names, sectors, identifiers, partners;

  [[nodiscard]] bool given() const;
};

void add_description_options(Command& command, DescriptionOptions& options);

/// Puts what was given over what stands in `event`; a list takes the place of a list.
/// Errors: usage, naming the option.
[[nodiscard]] Outcome apply(const DescriptionOptions& options, Event& event);

}  // namespace solnoma
