#include "tools/serve/change_reader.hpp"

#include "tools/report/json/answers.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/serve/change_question.hpp"
#include "tools/serve/served_context.hpp"

namespace solnoma {
namespace {

Result<std::string> json_change(const StatusChange& change, const Vantage& told) {
  std::string difference;
  auto ok = json_diff(change.differences, [&](std::string_view part) { difference += part; });
  if (!ok) return std::unexpected(ok.error());
  JsonWriter json;
  json.begin_object();
  json.key("cursor").text(change_cursor(told));
  json.key("cause").begin_object();
  if (change.event != nullptr) {
    json.key("event").text(change.event->id);
    json.key("source").text(change.event->source);
    json.key("position").count(change.event->position.value);
  } else {
    json.key("day").day(told.as_of);
  }
  json.end_object();
  json.key("diff").raw_object(std::string_view(difference).substr(0, difference.size() - 1));
  json.end_object();
  return std::string(json.text());
}

}  // namespace

ChangeReader::ChangeReader(const Context& world, const Viewer& viewer, EventFilter filter,
                           const EventChoices& choices, const Vantage& begin, Position chosen_at)
    : context_(served_context(world, viewer)),
      log_(&viewer.log),
      filter_(std::move(filter)),
      news_(viewer.log, filter_, choices.selection.types, context_.local_day, begin),
      chosen_at_(chosen_at) {}

Try<std::unique_ptr<ChangeReader>> ChangeReader::of(const EventChoices& choices,
                                                    const Context& world, const Viewer& viewer,
                                                    const Vantage& begin) {
  Context context = served_context(world, viewer);
  const Position chosen_at = viewer.log.head();
  auto filter = EventFilter::of(choices, context, viewer.log);
  if (!filter) return refuse(filter);
  return std::unique_ptr<ChangeReader>(
      new ChangeReader(world, viewer, std::move(*filter), choices, begin, chosen_at));
}

Try<bool> ChangeReader::go_on(std::size_t effort, const Say& say) {
  const Position head = log_->head();
  if (chosen_at_ < head) {
    if (auto ok = filter_.choose_subjects(); !ok) return refuse(ok);
    chosen_at_ = head;
  }
  auto today = context_.today();
  if (!today) return refuse(today);
  return news_.go_on({*today, kOpenFuture, head}, effort,
                     [&](const StatusChange& change) -> Try<bool> {
                       auto line = json_change(change, news_.told());
                       if (!line) return refuse(line);
                       return say(*line);
                     });
}

}  // namespace solnoma
