#include "tools/serve/importing.hpp"
#include "tools/serve/openapi_writer.hpp"
#include "tools/serve/recording_commands.hpp"

namespace solnoma {
namespace {

/// The options of a command as a form has them, its words as `q`.
void write_form(SpecificationWriter& to, const CommandDescription& command) {
  to.object("schema", [&] {
    to.member("type", "object");
    to.object("properties", [&] {
      const auto property = [&](const std::string& name, const std::string& help, bool repeated) {
        to.object(name, [&] {
          to.member("description", help);
          to.member("type", repeated ? "array" : "string");
          if (repeated) to.object("items", [&] { to.member("type", "string"); });
        });
      };
      if (!command.arguments.empty()) {
        std::string help;
        for (const OptionDescription& argument : command.arguments)
          help += (help.empty() ? "" : "; ") + argument.help;
        property("q", help, /*repeated=*/true);
      }
      for (const OptionDescription& option : command.options)
        if (option.names.back() != "--help")
          property(option.names.back().substr(2), option.help, option.repeated);
    });
  });
}

void write_recording_command(SpecificationWriter& to, const CommandDescription& command) {
  to.object("/v1/" + command.name, [&] {
    to.object("post", [&] {
      to.member("operationId", command.name);
      to.member("summary", command.help);
      write_needs_token(to);
      to.array("parameters", [&] { write_zone(to); });
      to.object("requestBody", [&] {
        to.member("required", true);
        to.object("content", [&] {
          to.object("application/x-www-form-urlencoded", [&] { write_form(to, command); });
        });
      });
      to.object("responses", [&] {
        for (const auto& [status, help] :
             {std::pair{"200",
                        "Nothing was recorded: it was there, it is a trial, or it was declined"},
              {"201",
               "Recorded, from position Solnoma-First to Solnoma-Position, with what tells of the "
               "import"},
              {"202", "Handed in as a proposal, whose address is in Location"}})
          to.object(status, [&] {
            to.member("description", help);
            write_content(to, {"text/plain"});
          });
        write_problems(to, {{"400", "An option is wrong"},
                            {"401", "The token is missing or wrong"},
                            {"403", "The token does not allow that, or not of this subject"},
                            {"404", "There is nothing of that name"},
                            {"409", "The log has moved on, or it was decided before"},
                            {"415", "It is no form"},
                            {"422", "A rule of events is broken"}});
      });
    });
  });
}

void write_proposals(SpecificationWriter& to, const CommandDescription& command) {
  to.object("/v1/proposals", [&] {
    to.object("get", [&] {
      to.member("operationId", command.name);
      to.member("summary", command.help);
      write_needs_token(to);
      to.array("parameters", [&] {
        write_parameter(to, {.name = "q", .help = "Only the one of this number", .number = true});
        write_parameter(to, {.name = "all",
                             .help = "Those too that were recorded or declined",
                             .choices = {"", "true", "false"}});
        write_parameter(to,
                        {.name = "format", .help = "Otherwise json", .choices = {"text", "json"}});
      });
      to.object("responses", [&] {
        to.object("200", [&] {
          to.member("description", "Proposals, one a line, with their events as CloudEvents");
          write_content(to, {"application/x-ndjson", "text/plain"});
        });
        write_problems(to, {{"401", "The token is missing or wrong"},
                            {"403", "The token may not propose"},
                            {"404", "There is none of that number"}});
      });
    });
  });
}

void write_import(SpecificationWriter& to, const CommandDescription& command) {
  to.object("/v1/import", [&] {
    to.object("post", [&] {
      to.member("operationId", command.name);
      to.member("summary", command.help);
      write_needs_token(to);
      to.array("parameters", [&] {
        write_parameter(to, {.name = "name", .help = "What the file is called"});
        write_parameter(to,
                        {.name = "map", .help = "What the columns of a table mean: the mapping"});
        write_zone(to);
        write_parameter(to, {.name = "map-bytes",
                             .help = "So many bytes of the body are the mapping, before the file"});
        for (const std::string_view name : Importing::options()) {
          const OptionDescription& option = *find_option(command.options, "--" + std::string(name));
          write_parameter(
              to, {.name = std::string(name),
                   .help = option.help,
                   .choices = option.type.empty() ? std::vector<std::string>{"", "true", "false"}
                                                  : option.choices});
        }
      });
      to.object("requestBody", [&] { write_content(to, {"application/octet-stream"}); });
      to.object("responses", [&] {
        for (const auto& [status, help] :
             {std::pair{"200", "Nothing was recorded: all was there, or it is a check"},
              {"201", "Recorded; Solnoma-Position is where the log ends"}})
          to.object(status, [&] {
            to.member("description", help);
            write_content(to, {"text/plain"});
          });
        write_problems(to, {{"400", "An option is wrong, or there is no file"},
                            {"401", "The token is missing or wrong"},
                            {"403", "The token does not allow that, or not of all subjects"},
                            {"404", "There is no such import"},
                            {"409",
                             "The log says otherwise already; or others were faster, again and "
                             "again: nothing was recorded, send it again"},
                            {"422", "A row cannot be recorded; `said` is what was said before"}});
      });
    });
  });
}

}  // namespace

void write_recording_paths(SpecificationWriter& to, const ProgramDescription& program) {
  for (const std::string_view name : RecordingCommands::names())
    if (RecordingCommands::method_of(name) == "POST")
      write_recording_command(to, *program.find(std::string(name)));
  write_proposals(to, *program.find("proposals"));
  write_import(to, *program.find("import"));
}

}  // namespace solnoma
