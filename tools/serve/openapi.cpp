#include "tools/serve/openapi.hpp"

#include <set>
#include <string_view>

#include "events/language.hpp"
#include "tools/serve/openapi_writer.hpp"
#include "tools/serve/questions.hpp"

namespace solnoma {
namespace {

void write_question(SpecificationWriter& to, const CommandDescription& command) {
  to.object("/v1/" + command.name, [&] {
    to.object("get", [&] {
      to.member("operationId", command.name);
      to.member("summary", command.help);
      if (!command.arguments.empty())
        to.member("description", "A subject may stand in the path instead of q, as in /v1/" +
                                     command.name + "/park/chirchik, and the format behind a dot.");
      std::set<std::string> types;
      to.array("parameters", [&] {
        for (const OptionDescription& argument : command.arguments)
          write_parameter(to, {.name = "q",
                               .help = argument.help,
                               .required = argument.required,
                               .repeated = argument.repeated});
        for (const OptionDescription& option : command.options) {
          if (!Questions::is_asked(option)) continue;
          const std::string name = option.names.back().substr(2);
          std::string help = option.help;
          if (!option.otherwise.empty() && name != "format")
            help += (help.empty() ? "Otherwise " : "; otherwise ") + option.otherwise;
          write_parameter(
              to, {.name = name,
                   .help = std::move(help),
                   .choices = option.type.empty() ? std::vector<std::string>{"", "true", "false"}
                                                  : option.choices,
                   .required = option.required,
                   .repeated = option.repeated,
                   .number = option.type == "N"});
          if (name == "format")
            for (const std::string& format : option.choices)
              types.insert(Questions::media_type(command.name, format));
        }
        write_parameter(to, {.name = "min-at",
                             .help = "503 as long as the log does not reach up to this position",
                             .number = true});
        write_zone(to);
      });
      if (types.empty()) types.insert(Questions::media_type(command.name, "text"));
      to.object("responses", [&] {
        to.object("200", [&] {
          to.member("description",
                    "What the command says. Content-Location is the address at which this stays "
                    "so, Solnoma-Head the head of the log there.");
          write_content(to, types);
        });
        to.object("304", [&] { to.member("description", "What If-None-Match names is so still"); });
        write_problems(to, {{"400", "The question is wrong"},
                            {"401", "Reading takes a token, and this is none"},
                            {"404", "There is nothing of that name"},
                            {"409", "The log has another head at that position"},
                            {"503", "Too many ask, or the log is not there yet"}});
      });
    });
  });
}

void write_events(SpecificationWriter& to) {
  to.object("/v1/events", [&] {
    to.object("get", [&] {
      to.member("operationId", "events");
      to.member("summary", "Events in the order of the log, as a page or as a stream");
      to.array("parameters", [&] {
        write_zone(to);
        write_parameter(to, {.name = "after", .help = "Behind this position", .number = true});
        write_parameter(to,
                        {.name = "limit", .help = "Events of a page, up to 10000", .number = true});
        for (const char* name :
             {"subject", "kind", "type", "region", "country", "partner", "publisher"})
          write_parameter(to, {.name = name, .help = "As of the log's question", .repeated = true});
        for (const char* name : {"from", "to"})
          write_parameter(to, {.name = name, .help = "When it became known"});
        write_parameter(to, {.name = "Last-Event-ID",
                             .help = "Where a stream goes on; in place of after",
                             .in = "header"});
      });
      to.object("responses", [&] {
        to.object("200", [&] {
          to.member("description",
                    "CloudEvents, one a line; Solnoma-Next is what to go on behind. Or the same as "
                    "events of a stream, whose ids are positions.");
          write_content(to, {"application/x-ndjson", "text/event-stream"});
        });
        write_problems(
            to, {{"400", "The question is wrong"}, {"404", "There is nothing of that name"}});
      });
    });
    to.object("post", [&] {
      to.member("operationId", "record");
      to.member("summary", "Records events, whole or not at all");
      write_needs_token(to);
      to.array("parameters", [&] {
        write_parameter(to, {.name = "dry-run", .help = "Record nothing", .choices = {"", "true"}});
        for (const auto& [name, help] :
             {std::pair{"If-Match", "The subject's newest revision, in quotation marks"},
              {"If-None-Match", "*: the subject is new"},
              {"Solnoma-Expect", "The same of several, as in park/x=3, park/y=new"}})
          write_parameter(to, {.name = name, .help = help, .in = "header"});
      });
      to.object("requestBody", [&] {
        to.member("required", true);
        write_content(to, {"application/cloudevents+json", "application/cloudevents-batch+json",
                           "application/x-ndjson", "application/json"});
      });
      to.object("responses", [&] {
        for (const auto& [status, help] :
             {std::pair{"200", "All of it was there already, or it is a trial"},
              {"201", "Recorded"}})
          to.object(status, [&] {
            to.member("description", help);
            write_content(to, {"application/json"});
          });
        write_problems(to, {{"400", "What is expected is not understood"},
                            {"401", "The token is missing or wrong"},
                            {"403", "The token does not allow that, or not of this subject"},
                            {"409", "An id holds something else"},
                            {"412", "The log has moved on"},
                            {"415", "Events are not read from this"},
                            {"422", "A rule of events is broken"}});
      });
    });
  });
}

void write_choices_of_changes(SpecificationWriter& to) {
  for (const char* name : {"subject", "kind", "type", "region", "country", "partner"})
    write_parameter(to, {.name = name, .help = "As of the log's question", .repeated = true});
}

void write_changes(SpecificationWriter& to) {
  to.object("/v1/changes", [&] {
    to.object("get", [&] {
      to.member("operationId", "changes");
      to.member("summary",
                "What changed of statuses and plans, by what was recorded and because days came");
      to.array("parameters", [&] {
        write_zone(to);
        write_parameter(
            to, {.name = "after",
                 .help = "A cursor: what Solnoma-Next or the id of a change says, or a position"});
        write_parameter(to,
                        {.name = "limit", .help = "Changes of a page, up to 1000", .number = true});
        write_parameter(to, {.name = "summed",
                             .help = "One difference from the cursor to now in place of all",
                             .choices = {"", "true"}});
        write_choices_of_changes(to);
        write_parameter(to, {.name = "Last-Event-ID",
                             .help = "Where a stream goes on; in place of after",
                             .in = "header"});
      });
      to.object("responses", [&] {
        to.object("200", [&] {
          to.member("description",
                    "Changes, one a line: cursor, cause (an event, or a day) and diff, as the diff "
                    "of neighbouring vantages. Solnoma-Next is the cursor to go on with; Link has "
                    "rel=next where there is more. Or the same as events of a stream, whose ids "
                    "are cursors; or, summed, one diff.");
          write_content(to, {"application/x-ndjson", "text/event-stream", "application/json"});
        });
        write_problems(to, {{"400", "The question is wrong"},
                            {"404", "There is nothing of that name"},
                            {"409", "The cursor is of another log"},
                            {"503", "The log does not reach up to the cursor"}});
      });
    });
  });
  to.object("/v1/changes.atom", [&] {
    to.object("get", [&] {
      to.member("operationId", "changesAtom");
      to.member("summary", "The newest changes of statuses and plans, as an Atom feed");
      to.array("parameters", [&] {
        write_zone(to);
        write_parameter(to, {.name = "before", .help = "Only what is older than this cursor"});
        write_parameter(to, {.name = "limit",
                             .help = "About how many entries, up to 500; otherwise 50",
                             .number = true});
        std::vector<std::string> codes;
        for (const LanguageName& each : kLanguages) codes.emplace_back(each.code);
        write_parameter(to,
                        {.name = "lang", .help = "Otherwise English", .choices = std::move(codes)});
        write_choices_of_changes(to);
      });
      to.object("responses", [&] {
        to.object("200", [&] {
          to.member("description", "RFC 4287; the link next has older entries (RFC 5005)");
          write_content(to, {"application/atom+xml"});
        });
        to.object("304", [&] { to.member("description", "What If-None-Match names is so still"); });
        write_problems(to, {{"400", "The question is wrong"},
                            {"404", "There is nothing of that name"},
                            {"409", "The cursor is of another log"},
                            {"503", "The log does not reach up to the cursor"}});
      });
    });
  });
}

/// Tiles have addresses with as many segments as their number needs, which no path of OpenAPI says.
void write_copying(SpecificationWriter& to) {
  to.object("/checkpoint", [&] {
    to.object("get", [&] {
      to.member("operationId", "checkpoint");
      to.member("summary",
                "The signed head of the log (c2sp.org/tlog-checkpoint); its tiles are at "
                "/tile/LEVEL/N and /tile/entries/N (c2sp.org/tlog-tiles)");
      to.object("responses", [&] {
        to.object("200", [&] {
          to.member("description", "A signed note");
          write_content(to, {"text/plain"});
        });
        write_problems(to, {{"403", "The token is not for all subjects"},
                            {"404", "Nobody signs the heads of this log"}});
      });
    });
  });
  to.object("/v1/records", [&] {
    to.object("get", [&] {
      to.member("operationId", "records");
      to.member("summary", "Entries of the log's tree, each after its size (u32, little-endian)");
      to.array("parameters", [&] {
        write_parameter(
            to,
            {.name = "after", .help = "Behind this position", .required = true, .number = true});
        write_parameter(to, {.name = "upto",
                             .help = "Up to this one, as far as 8 MiB go",
                             .required = true,
                             .number = true});
      });
      to.object("responses", [&] {
        to.object("200", [&] {
          to.member("description", "Records; for ever the same at this address");
          write_content(to, {"application/octet-stream"});
        });
        write_problems(to, {{"400", "The question is wrong"},
                            {"403", "The token is not for all subjects"},
                            {"404", "The log does not reach up to there"}});
      });
    });
  });
}

void write_health(SpecificationWriter& to) {
  for (const auto& [path, help] : {std::pair{"/livez", "Whether the server runs"},
                                   {"/readyz", "Whether it answers"},
                                   {"/metrics", "Figures for Prometheus"}})
    to.object(path, [&] {
      to.object("get", [&] {
        to.member("operationId", std::string_view(path).substr(1));
        to.member("summary", help);
        to.object("responses", [&] {
          to.object("200", [&] {
            to.member("description", "It does");
            write_content(to, {"text/plain"});
          });
        });
      });
    });
}

}  // namespace

std::string openapi_of(const ProgramDescription& program) {
  SpecificationWriter to;
  to.object([&] {
    to.member("openapi", "3.1.0");
    to.object("info", [&] {
      to.member("title", "solnoma");
      to.member("version", SOLNOMA_VERSION);
      to.member("summary", "A chronicle of industrial cooperation");
    });
    to.array("servers", [&] { to.object([&] { to.member("url", "/"); }); });
    // Reading may be free.
    to.array("security", [&] {
      to.object([] {});
      to.object([&] { to.array("token", [] {}); });
    });
    to.object("paths", [&] {
      for (const std::string& name : Questions::commands())
        if (const CommandDescription* command = program.find(name)) write_question(to, *command);
      write_events(to);
      write_changes(to);
      write_recording_paths(to, program);
      write_copying(to);
      write_health(to);
    });
    write_posted_news(to);
    to.object("components", [&] {
      to.object("securitySchemes", [&] {
        to.object("token", [&] {
          to.member("type", "http");
          to.member("scheme", "bearer");
        });
      });
      to.object("schemas", [&] {
        to.object("Problem", [&] {
          to.member("type", "object");
          to.member("description", "RFC 9457");
          to.object("properties", [&] {
            for (const char* name : {"title", "detail", "where", "remedy"})
              to.object(name, [&] { to.member("type", "string"); });
            to.object("status", [&] { to.member("type", "integer"); });
          });
          to.array("required", [&] {
            to.value("title");
            to.value("status");
          });
        });
      });
    });
  });
  return to.text();
}

}  // namespace solnoma
