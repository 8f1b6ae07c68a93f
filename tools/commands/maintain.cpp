#include <fmt/format.h>

#include <filesystem>

#include "tools/context.hpp"
#include "tools/options/vantage.hpp"

namespace solnoma {
namespace {

Progress shown(ProgressLine& line) {
  return [&line](Position position) { line.at(position.value); };
}

Outcome rebuild(Context& context) {
  auto journal = context.write();
  if (!journal) return refuse(journal);
  {
    ProgressLine progress(context.progress, "rebuilding, at position");
    if (auto ok = (*journal)->rebuild(shown(progress)); !ok) return refuse(ok);
  }
  context.out.line(fmt::format("rebuilt from {} events", (*journal)->log().head().value));
  return {};
}

/// Copies the log at `from` into a store at `to`, which is made if it is missing.
Outcome copy(Context& context, const std::string& from, const std::string& to,
             const std::string& upto, bool may_exist, std::string_view done) {
  std::error_code ignored;
  if (std::filesystem::equivalent(from, to, ignored))
    return usage(fmt::format("{} cannot be copied into itself", from), "name another directory");
  // Who says up to where knows what he takes; all of an unfinished copy is no log.
  auto source = open_log(context.disk, from, upto.empty() ? Copies::whole : Copies::unfinished_too);
  if (!source) return refuse(source);
  Position end = (*source)->head();
  if (!upto.empty()) {
    auto vantage = resolve(VantageOptions{"", "", upto}, context, **source);
    if (!vantage) return refuse(vantage);
    end = vantage->at;
  }
  auto made = Journal::create(context.disk, to);
  if (!made && !(may_exist && made.error().code == Errc::conflict)) return refuse(made);
  auto target = open_journal(context.disk, to, context.clock);
  if (!target)
    return refuse(made ? std::unexpected(target.error()) : std::unexpected(made.error()));
  const Position before = (*target)->log().head();
  Result<Position> copied;
  {
    ProgressLine progress(context.progress, "copying, at position");
    copied = (*target)->copy_from(**source, end, shown(progress));
  }
  if (!copied) return refuse(copied);
  context.out.line(fmt::format("{} {} events into {}, now at position {}", done,
                               copied->value - before.value, to, copied->value));
  return {};
}

}  // namespace

void add_rebuild(CommandLine& line, Context& context) {
  Command command = line.command("rebuild", "Derive everything from the log again");
  command.run([&context] { return rebuild(context); });
}

void add_backup(CommandLine& line, Context& context) {
  Command command =
      line.command("backup", "Copy the log into another store; again: only what is new since");
  auto directory = std::make_shared<std::string>();
  command.argument("DIR", *directory, "Directory of the copy");
  command.footer(
      "A backup is a store: every question can be asked of it with --store DIR.\n"
      "It may be taken while another program appends.");
  command.run([&context, directory] {
    return copy(context, context.store, *directory, "", true, "copied");
  });
}

void add_restore(CommandLine& line, Context& context) {
  Command command = line.command("restore", "Make a new store from a backup");
  auto directory = std::make_shared<std::string>();
  auto upto = std::make_shared<std::string>();
  command.argument("DIR", *directory, "Directory of the backup");
  command.option(
      "--at", *upto,
      "Only up to this position, or to the end of this day or instant as the log stamped it",
      "POSITION", "all");
  command.footer("Example:\n  solnoma --store ./again restore ./backup --at 41");
  command.run([&context, directory, upto] {
    return copy(context, *directory, context.store, *upto, false, "restored");
  });
}

}  // namespace solnoma
