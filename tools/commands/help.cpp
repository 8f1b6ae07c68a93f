#include "tools/help.hpp"

#include <fmt/format.h>

#include "events/text/nearest.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/output_file.hpp"
#include "tools/manual.hpp"

namespace solnoma {
namespace {

struct HelpOptions {
  std::string command;
  bool man = false;
  std::string pages;
};

Outcome write_page(const std::string& directory, const std::string& name, const std::string& page) {
  auto file = OutputFile::open(fmt::format("{}/{}.1", directory, name));
  if (!file) return refuse(file);
  file->output().write(page);
  return file->finish();
}

Outcome write_pages(const ProgramDescription& program, const std::string& directory) {
  if (auto ok = write_page(directory, "solnoma", manual_page(program)); !ok) return ok;
  for (const CommandDescription& each : program.commands)
    if (auto ok = write_page(directory, "solnoma-" + each.name, manual_page(program, each)); !ok)
      return ok;
  return {};
}

Outcome run(const ProgramDescription& program, Context& context, const HelpOptions& options) {
  if (!options.pages.empty()) return write_pages(program, options.pages);
  if (options.command.empty()) {
    context.page();
    context.out.write(options.man ? manual_page(program) : help_of(program, context.width));
    return {};
  }
  const CommandDescription* command = program.find(options.command);
  if (command == nullptr) {
    std::vector<std::string_view> names;
    for (const CommandDescription& each : program.commands) names.push_back(each.name);
    const auto near = nearest(options.command, names);
    return usage(fmt::format("there is no command '{}'", options.command.substr(0, 60)),
                 near ? fmt::format("did you mean 'solnoma help {}'?", *near)
                      : "'solnoma help' lists the commands");
  }
  context.page();
  context.out.write(options.man ? manual_page(program, *command)
                                : help_of(*command, context.width));
  return {};
}

}  // namespace

void add_help(CommandLine& line, Context& context) {
  Command command = line.command("help", "Tell of the program, or of one command");
  auto options = std::make_shared<HelpOptions>();
  command.argument("COMMAND", options->command, "As in status", /*required=*/false);
  command.flag("--man", options->man, "As a page of the manual, in mdoc");
  command.option("--pages", options->pages, "Write all pages of the manual into this directory",
                 "DIR");
  command.footer("Example:\n  solnoma help --man status | man -l -");
  command.run([&line, &context, options] { return run(line.description(), context, *options); });
}

}  // namespace solnoma
