#include "tools/serve/openapi_writer.hpp"

#include "tools/serve/asked_zone.hpp"

namespace solnoma {

void write_parameter(SpecificationWriter& to, const OpenApiParameter& parameter) {
  const auto schema = [&] {
    to.member("type", parameter.number ? "integer" : "string");
    if (parameter.choices.empty()) return;
    to.array("enum", [&] {
      for (const std::string& choice : parameter.choices) to.value(choice);
    });
  };
  to.object([&] {
    to.member("name", parameter.name);
    to.member("in", parameter.in);
    if (!parameter.help.empty()) to.member("description", parameter.help);
    to.member("required", parameter.required);
    to.object("schema", [&] {
      if (!parameter.repeated) return schema();
      to.member("type", "array");
      to.object("items", schema);
    });
    if (parameter.repeated) to.member("explode", true);
  });
}

void write_zone(SpecificationWriter& to) {
  write_parameter(to, {.name = std::string(kZoneOption),
                       .help = "The time zone whose today counts, as in Asia/Tashkent; otherwise "
                               "the server's"});
}

void write_content(SpecificationWriter& to, const std::set<std::string>& types) {
  to.object("content", [&] {
    for (const std::string& type : types) to.object(type, [&] { to.object("schema", [] {}); });
  });
}

void write_problems(SpecificationWriter& to,
                    std::initializer_list<std::pair<const char*, const char*>> all) {
  for (const auto& [status, help] : all)
    to.object(status, [&] {
      to.member("description", help);
      to.object("content", [&] {
        to.object("application/problem+json", [&] {
          to.object("schema", [&] { to.member("$ref", "#/components/schemas/Problem"); });
        });
      });
    });
}

void write_needs_token(SpecificationWriter& to) {
  to.array("security", [&] { to.object([&] { to.array("token", [] {}); }); });
}

}  // namespace solnoma
