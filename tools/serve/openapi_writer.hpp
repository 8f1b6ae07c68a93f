#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/command_description.hpp"
#include "tools/serve/specification_writer.hpp"

namespace solnoma {

/// What the parts of the description of the server have in common (OpenAPI 3.1).

struct OpenApiParameter {
  std::string name, help, in = "query";
  std::vector<std::string> choices = {};
  bool required = false, repeated = false, number = false;
};
void write_parameter(SpecificationWriter& to, const OpenApiParameter& parameter);

/// In which zone today is looked at.
void write_zone(SpecificationWriter& to);

/// What a body may be, by its media types.
void write_content(SpecificationWriter& to, const std::set<std::string>& types);

/// Answers that are problems: their statuses, and when they come.
void write_problems(SpecificationWriter& to,
                    std::initializer_list<std::pair<const char*, const char*>> all);

/// That it takes a token, though reading may be free.
void write_needs_token(SpecificationWriter& to);

/// The paths by which people record: the commands of RecordingCommands, proposals, and import.
void write_recording_paths(SpecificationWriter& to, const ProgramDescription& program);

/// What is posted to whoever is told of news (webhooks/).
void write_posted_news(SpecificationWriter& to);

}  // namespace solnoma
