#include "tools/shared/event_filter.hpp"

#include <algorithm>

#include "events/text/folded_name.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

bool has_name(const LocalText& text, const std::string& folded) {
  const auto has = [&](const std::string& name) {
    return !name.empty() && has_words(folded_name(name), folded);
  };
  return std::ranges::any_of(kLocalTexts,
                             [&](const LocalPlace& each) { return has(text.*each.text); }) ||
         std::ranges::any_of(text.others, has, &TaggedText::text);
}

bool chooses_subjects(const Selection& selection) {
  return !selection.subjects.empty() || !selection.kinds.empty() || !selection.regions.empty() ||
         !selection.partners.empty() || !selection.countries.empty();
}

}  // namespace

bool EventChoices::any() const {
  return chooses_subjects(selection) || !selection.types.empty() || !publishers.empty() ||
         !from.empty() || !to.empty();
}

void add_event_choices(Command& command, EventChoices& choices) {
  command.options("--subject", choices.selection.subjects,
                  "Only of this subject, as in park/chirchik, chirchik, Чирчик or park/*",
                  "SUBJECT");
  add_choices(command, choices.selection);
  command.options("--publisher", choices.publishers,
                  "Only what was published by who has these words in the name, in any language",
                  "NAME");
  command.option("--from", choices.from, "Only what became known on this date or later", "DATE",
                 "the first");
  command.option("--to", choices.to, "Only what became known by this date", "DATE", "the last");
}

Try<EventFilter> EventFilter::of(const EventChoices& choices, Context& context, const Log& log) {
  EventFilter filter(log);
  filter.selection_ = choices.selection;
  if (auto ok = check_types(filter.selection_); !ok) return refuse_choice(ok);
  for (const std::string& publisher : choices.publishers)
    filter.publishers_.push_back(folded_name(publisher));
  auto known = resolve(SelectionOptions{{}, choices.from, choices.to}, {}, context);
  if (!known) return refuse(known);
  filter.known_ = known->period;
  auto today = context.today();
  if (!today) return refuse(today);
  filter.today_ = *today;
  filter.all_ = !choices.any();
  filter.all_subjects_ = !chooses_subjects(filter.selection_);
  if (auto ok = filter.choose_subjects(); !ok) return refuse_choice(ok);
  return filter;
}

Result<void> EventFilter::choose_subjects() {
  if (all_subjects_) return {};
  auto chosen = choose(*log_, selection_, {today_, kOpenFuture, log_->head()});
  if (!chosen) return std::unexpected(chosen.error());
  for (auto& [name, number] : *chosen) subjects_.insert(std::move(name));
  return {};
}

bool EventFilter::takes(const Event& event) const {
  if (event.known < known_.earliest || event.known > known_.latest) return false;
  const auto& types = selection_.types;
  if (!types.empty() && std::ranges::find(types, event.type) == types.end()) return false;
  const auto published_by = [&](const std::string& folded) {
    return std::ranges::any_of(
        event.sources, [&](const Source& source) { return has_name(source.publisher, folded); });
  };
  if (!publishers_.empty() && std::ranges::none_of(publishers_, published_by)) return false;
  return takes_subject(event.subject);
}

}  // namespace solnoma
