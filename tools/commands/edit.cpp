#include <fmt/format.h>

#include "tools/commands/commands.hpp"
#include "tools/io/editor.hpp"
#include "tools/io/input.hpp"
#include "tools/shared/event_text.hpp"
#include "tools/shared/superseding.hpp"

namespace solnoma {
namespace {

struct EditOptions : EventOptions {
  SupersededOptions old;
  std::string format = "toml";
  std::string file;
};

std::string text_to_edit(const Event& event, Notation notation) {
  const std::string text = event_text(event, notation);
  if (notation == Notation::json) return text;  // which has no comments
  return fmt::format(
             "# {}, of {}\n# What you save is recorded as a correction of it; save it unchanged to "
             "record nothing.\n\n",
             event.id, event.subject) +
         text;
}

Try<std::string> content_of(const std::string& path) {
  auto input = Input::open(path);
  if (!input) return refuse(input);
  return input->rest();
}

Outcome record_text(Context& context, const EditOptions& options, Notation notation,
                    const Superseded& old, const std::string& text, const std::string& name) {
  auto told = event_from_text(text, notation, name, old.event);
  if (!told) return refuse(told);
  if (options.known.empty() && *told == old.event) {
    context.out.line("nothing was changed; nothing was recorded");
    return {};
  }
  return record_correction(context, old, std::move(*told), options.old, options);
}

Outcome edit(Context& context, EditOptions options) {
  const Notation notation = options.format == "json" ? Notation::json : Notation::toml;
  if (auto ok = read_dates(options, context); !ok) return ok;
  auto old = find_superseded(context, options.old);
  if (!old) return refuse(old);
  if (!options.file.empty()) {
    auto text = content_of(options.file);
    if (!text) return refuse(text);
    return record_text(context, options, notation, *old, *text,
                       options.file == "-" ? "standard input" : options.file);
  }
  auto file = EditedFile::of(text_to_edit(old->event, notation), "." + options.format);
  if (!file) return refuse(file);
  if (auto ok = file->edit(); !ok) return ok;
  auto text = content_of(file->path());
  if (!text) return refuse(text);
  auto ok = record_text(context, options, notation, *old, *text, file->path());
  if (ok) return ok;
  // What was written by hand is not lost for one letter.
  Failure failure = std::move(ok.error());
  failure.error.remedy += fmt::format("{}your text is kept: mend it and give --file {}",
                                      failure.error.remedy.empty() ? "" : "; ", file->path());
  file->keep();
  return std::unexpected(std::move(failure));
}

}  // namespace

void add_edit(CommandLine& line, Context& context) {
  Command command = line.command(
      "edit", "Correct an event in an editor: what is saved is checked, then recorded");
  auto options = std::make_shared<EditOptions>();
  add_superseded(command, options->old,
                 "solnoma edit s1-jizzakh-opened\n"
                 "The editor is $VISUAL, else $EDITOR, else vi.");
  command.choice("--format", options->format, {"toml", "json"}, "What is edited");
  command.option("--file", options->file,
                 "Take the text from here instead of an editor; - is "
                 "standard input",
                 "FILE");
  command.option("--known", options->known, "The day on which that was published", "DATE", "today");
  command.flag("--new", options->new_names,
               "A kind, measure or unit that looks like a slip of a known one is meant");
  command.run([&context, options] { return edit(context, *options); });
}

}  // namespace solnoma
