#include "tools/shared/store_copy.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

/// Whether an earlier copy into this directory was interrupted.
bool is_unfinished_copy(const Context& context, const std::string& directory) {
  const auto there = open_log(context.disk, directory);
  return !there && there.error().advice == Advice::finish_copy;
}

}  // namespace

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
  auto made = Journal::create_copy(context.disk, copy.to, end);
  if (!made) {
    const bool goes_on = made.error().code == Errc::conflict &&
                         (copy.may_exist || is_unfinished_copy(context, copy.to));
    if (!goes_on) return refuse(made);
  }
  auto target = context.journal_of(copy.to);
  if (!target) {
    const bool is_store = made || made.error().advice == Advice::use_as_it_is;
    return is_store ? refuse(target) : refuse(made);
  }
  const Position before = (*target)->log().head();
  if (!copy.upto.empty() && before > end)
    return refuse(fail(Errc::conflict,
                       fmt::format("the unfinished copy {} goes on to position {} already, past {}",
                                   copy.to, before.value, end.value),
                       "name a new directory"));
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
