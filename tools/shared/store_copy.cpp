#include "tools/shared/store_copy.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "tools/shared/vantage.hpp"

namespace solnoma {

Outcome copy_store(Context& context, const StoreCopy& copy, std::string_view done) {
  std::error_code ignored;
  if (std::filesystem::equivalent(copy.from, copy.to, ignored))
    return usage(fmt::format("{} cannot be copied into itself", copy.from),
                 "name another directory");
  // A caller that says up to where knows what it takes; all of an unfinished copy is no log.
  auto source =
      open_log(context.disk, copy.from, copy.upto.empty() ? Copies::whole : Copies::unfinished_too);
  if (!source) return refuse(source);
  Position end = (*source)->head();
  if (!copy.upto.empty()) {
    auto vantage = resolve(VantageOptions{"", "", copy.upto}, context, **source);
    if (!vantage) return refuse(vantage);
    end = vantage->at;
  }
  auto made = Journal::create(context.disk, copy.to);
  if (!made && !(copy.may_exist && made.error().code == Errc::conflict)) return refuse(made);
  auto target = open_journal(context.disk, copy.to, context.clock);
  if (!target)
    return refuse(made ? std::unexpected(target.error()) : std::unexpected(made.error()));
  const Position before = (*target)->log().head();
  Result<Position> copied;
  {
    ProgressLine progress(context.progress, "copying, at position");
    copied = (*target)->copy_from(**source, end,
                                  [&](Position position) { progress.at(position.value); });
  }
  if (!copied) return refuse(copied);
  context.out.line(fmt::format("{} {} events into {}, now at position {}", done,
                               copied->value - before.value, copy.to, copied->value));
  return {};
}

}  // namespace solnoma
