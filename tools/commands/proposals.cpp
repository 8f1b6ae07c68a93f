#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "events/chronicle.hpp"
#include "events/text/text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/proposals/proposals.hpp"
#include "tools/shared/event.hpp"
#include "tools/shared/event_line.hpp"

namespace solnoma {
namespace {

struct ProposalWords {
  std::string number;
  bool all = false;
  std::string because;
  std::string format = "text";
};

/// Whether who asks may know of it: of subjects of theirs, and where they may not record of their
/// own hand.
bool may_see(const Context& context, const Proposal& proposal) {
  if (!context.asker) return true;
  const Asker& asker = *context.asker;
  return (!asker.proposes_only || proposal.by == asker.name) &&
         std::ranges::all_of(proposal.events,
                             [&](const Event& event) { return asker.sees(event.subject); });
}

Try<std::uint64_t> number_of(const std::string& text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size())
    return usage(fmt::format("'{}' is no number of a proposal", text.substr(0, 60)),
                 "'solnoma proposals' lists those that wait");
  return number;
}

Try<Proposal> find(const Context& context, const std::string& text) {
  auto number = number_of(text);
  if (!number) return refuse(number);
  auto proposal = Proposals(context.store).find(*number);
  if (!proposal || may_see(context, *proposal)) return proposal;
  return refuse(
      Result<void>(fail(Errc::not_found, fmt::format("there is no proposal {}", *number))));
}

std::string decision_text(const ProposalDecision& decision) {
  std::string text =
      fmt::format("{} on {}{}", decision.recorded ? "recorded" : "declined",
                  to_string(day_of(decision.decided)),
                  decision.by.empty() ? std::string() : " by " + visible(decision.by));
  if (!decision.why.empty()) text += ": " + visible(decision.why);
  return text;
}

void tell(Context& context, const Proposal& proposal) {
  context.out.line(fmt::format("proposal {}, handed in on {} by {}{}", proposal.number,
                               to_string(day_of(proposal.proposed)), visible(proposal.by),
                               proposal.decision ? ", " + decision_text(*proposal.decision) : ""));
  for (const Event& event : proposal.events)
    context.out.line("  " + event_line(event, Language::en));
}

/// What recording it now would change.
Outcome tell_changes(Context& context, const Proposal& proposal) {
  auto prepared = prepare(proposal.events);
  if (!prepared) return refuse(prepared);
  auto log = context.read();
  if (!log) return refuse(log);
  return tell_changes(context, **log, proposal.events, *prepared);
}

Outcome list(Context& context, const ProposalWords& words) {
  const Proposals proposals(context.store);
  Proposals::Listed listed = proposals.waiting();
  if (words.all) {
    Proposals::Listed decided = proposals.decided(SIZE_MAX);
    std::ranges::move(decided.proposals, std::back_inserter(listed.proposals));
    std::ranges::move(decided.unreadable, std::back_inserter(listed.unreadable));
    std::ranges::sort(listed.proposals, {}, &Proposal::number);
  }
  for (const Error& each : listed.unreadable)
    context.note(fmt::format("{}: it cannot be read: {}", each.where, each.what));
  std::vector<Proposal>& found = listed.proposals;
  std::erase_if(found, [&](const Proposal& each) { return !may_see(context, each); });
  for (const Proposal& each : found) {
    if (words.format == "json")
      context.out.line(to_json(each));
    else
      tell(context, each);
  }
  if (found.empty() && words.format == "text") context.out.line("no proposal waits");
  return {};
}

Outcome show(Context& context, const ProposalWords& words) {
  auto proposal = find(context, words.number);
  if (!proposal) return refuse(proposal);
  if (words.format == "json") {
    context.out.line(to_json(*proposal));
    return {};
  }
  tell(context, *proposal);
  if (proposal->decision) return {};
  return tell_changes(context, *proposal);
}

std::string decider(const Context& context) {
  return context.asker ? context.asker->name : std::string();
}

Outcome accept(Context& context, const ProposalWords& words) {
  auto seen = find(context, words.number);
  if (!seen) return refuse(seen);
  Position before;
  auto done = Proposals(context.store)
                  .decide(seen->number, [&](const Proposal& proposal) -> Try<ProposalDecision> {
                    auto log = context.append_to(proposal.by);
                    if (!log) return refuse(log);
                    before = (*log)->log().head();
                    auto appended = append(**log, proposal.events);
                    if (!appended) return refuse(appended);
                    return ProposalDecision{true, context.clock.now(), decider(context),
                                            words.because, std::move(appended->positions)};
                  });
  if (!done) return refuse(done);
  for (std::size_t i = 0; i < done->events.size(); ++i)
    tell_recorded(context, done->events[i], done->decision->positions[i], before);
  return {};
}

Outcome decline(Context& context, const ProposalWords& words) {
  auto seen = find(context, words.number);
  if (!seen) return refuse(seen);
  auto done =
      Proposals(context.store).decide(seen->number, [&](const Proposal&) -> Try<ProposalDecision> {
        return ProposalDecision{false, context.clock.now(), decider(context), words.because};
      });
  if (!done) return refuse(done);
  context.out.line(fmt::format("proposal {} was declined", done->number));
  return {};
}

}  // namespace

void add_proposals(CommandLine& line, Context& context) {
  Command command =
      line.command("proposals", "What was handed in, and waits to be recorded or declined");
  auto words = std::make_shared<ProposalWords>();
  command.argument("NUMBER", words->number, "Only this one, with what it would change",
                   /*required=*/false);
  command.flag("--all", words->all, "Those too that were recorded or declined");
  command.choice("--format", words->format, {"text", "json"}, "");
  command.footer(
      "Who has a token of a server that may propose and not record hands in what append, correct,\n"
      "retract and postpone would record, or events. It waits in the store's folder 'proposals',\n"
      "beside the log, until a steward accepts or declines it.");
  command.run([&context, words]() -> Outcome {
    if (auto log = context.read(); !log) return refuse(log);
    return words->number.empty() ? list(context, *words) : show(context, *words);
  });
}

void add_accept(CommandLine& line, Context& context) {
  Command command = line.command("accept", "Record what was proposed");
  auto words = std::make_shared<ProposalWords>();
  command.argument("NUMBER", words->number, "The proposal's");
  command.option("--because", words->because, "A word to whoever handed it in", "TEXT");
  command.footer("It is recorded in the name of who proposed it and of who accepts it.");
  command.run([&context, words] { return accept(context, *words); });
}

void add_decline(CommandLine& line, Context& context) {
  Command command = line.command("decline", "Leave what was proposed unrecorded, and say why");
  auto words = std::make_shared<ProposalWords>();
  command.argument("NUMBER", words->number, "The proposal's");
  command.option("--because", words->because, "Why", "TEXT", "", /*required=*/true);
  command.run([&context, words] { return decline(context, *words); });
}

}  // namespace solnoma
