#include "engine/sequencer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/bytes.hpp"
#include "engine/check.hpp"
#include "engine/index.hpp"

namespace solnoma {
namespace {

// A block ends with whichever comes first. Depends on the events alone, never on how
// they were batched: a copied log has the same blocks.
constexpr std::uint32_t kMostBlockEvents = 256;
constexpr std::size_t kMostBlockBytes = 64 << 10;

Result<void> check_sizes(const NewEvent& event) {
  const auto check = [](std::string_view what, std::size_t size, std::size_t most) -> Result<void> {
    if (size == 0) return fail(Errc::invalid, fmt::format("the {} is missing", what));
    if (size > most)
      return fail(Errc::invalid, fmt::format("the {} has {} bytes, more than {}", what, size, most),
                  "shorten it");
    return {};
  };
  if (auto ok = check("subject", event.subject.size(), kMaxSubjectName); !ok) return ok;
  if (auto ok = check("source", event.source.size(), kMaxSourceName); !ok) return ok;
  if (auto ok = check("id", event.id.size(), kMaxId); !ok) return ok;
  if (auto ok = check("event", event.payload.size(), kMaxPayload); !ok) return ok;
  SOLNOMA_CHECK(event.payload.size() % 8 == 0);
  return {};
}

}  // namespace

Result<void> Sequencer::recover() {
  auto head = impl_.find_head();
  if (!head) return std::unexpected(head.error());
  head_ = *head;
  auto subjects = count_numbers(*impl_.store, 'S');
  if (!subjects) return std::unexpected(subjects.error());
  next_subject_ = *subjects;
  auto sources = count_numbers(*impl_.store, 'P');
  if (!sources) return std::unexpected(sources.error());
  next_source_ = *sources;
  if (head_.value == 0) return {};

  auto cursor = impl_.store->cursor(Family::log);
  cursor.to_last();
  if (auto ok = cursor.status(); !ok) return ok;
  SOLNOMA_CHECK(cursor.valid());
  block_first_ = Position{load_key<std::uint64_t>(cursor.key())};
  block_events_ = static_cast<std::uint32_t>(head_.value - block_first_.value + 1);
  block_bytes_ = cursor.value().size();
  return log_.read_at({&head_, 1}, [&](const RecordedEvent& event) {
    last_recorded_us_ = event.recorded.time_since_epoch().count();
    return false;
  });
}

Result<Appended> Sequencer::stage(std::span<const NewEvent> events,
                                  std::span<const Expectation> expectations, Instant now,
                                  Store::Batch& batch) {
  Undo undo{head_, next_subject_, next_source_, {}, {}, {}};
  std::vector<Staged> staged;
  auto appended = resolve(events, expectations, staged, undo);
  if (!appended) {
    revert(undo);
    return appended;
  }
  if (!staged.empty())
    last_recorded_us_ = std::max(last_recorded_us_, now.time_since_epoch().count());
  Position position = undo.head;
  for (const Staged& one : staged) {
    const NewEvent& event = *one.event;
    position = position.next();
    const Frame frame{one.subject.value,
                      one.revision.value,
                      one.source,
                      one.supersedes.value,
                      last_recorded_us_,
                      event.id,
                      one.revision.value == 1 ? event.subject : std::string_view{},
                      one.new_source ? event.source : std::string_view{},
                      event.payload};
    emit(frame, position, event.mark, batch);
  }
  close_operand(batch);
  return appended;
}

Result<Appended> Sequencer::rehearse(std::span<const NewEvent> events,
                                     std::span<const Expectation> expectations) {
  Undo undo{head_, next_subject_, next_source_, {}, {}, {}};
  std::vector<Staged> staged;
  auto appended = resolve(events, expectations, staged, undo);
  revert(undo);
  return appended;
}

Result<Appended> Sequencer::resolve(std::span<const NewEvent> events,
                                    std::span<const Expectation> expectations,
                                    std::vector<Staged>& staged, Undo& undo) {
  Appended appended;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const NewEvent& event = events[i];
    const auto place = [&](const Error& error) {
      return at(fmt::format("event {}", i + 1), error);
    };
    if (auto ok = check_sizes(event); !ok) return place(ok.error());
    bool new_source = false;
    auto source = this->source(event.source, undo, new_source);
    if (!source) return place(source.error());

    auto known = find(event, *source);
    if (!known) return place(known.error());
    if (*known && (*known)->position > undo.head)
      return place({Errc::conflict,
                    fmt::format("the id '{}' stands twice in one batch", event.id),
                    {},
                    "give each event an id of its own"});
    if (*known && !(*known)->same_content)
      return place({Errc::conflict,
                    fmt::format("the id '{}' is recorded with other content, at position {}",
                                event.id, (*known)->position.value),
                    {},
                    "to correct that event, append a new one that supersedes it"});
    if (*known) {
      ++appended.already;
      appended.positions.push_back((*known)->position);
      continue;
    }

    auto subject = this->subject(event.subject, undo);
    if (!subject) return place(subject.error());
    auto supersedes = superseded(event, (*subject)->number);
    if (!supersedes) return place(supersedes.error());
    (*subject)->revision = (*subject)->revision.next();
    head_ = head_.next();
    const Known now{head_, (*subject)->number, (*subject)->revision};
    undo.new_ids.emplace_back(event.id);
    pending_.emplace(std::string(event.id),
                     Pending{std::string(event.id), *source, now, std::string(event.subject),
                             std::string(event.payload)});
    staged.push_back({&event, *source, now.subject, now.revision, *supersedes, new_source});
    ++appended.recorded;
    appended.positions.push_back(head_);
  }
  if (auto ok = check(expectations, appended, events, undo); !ok)
    return std::unexpected(ok.error());
  return appended;
}

Result<Sequencer::Subject*> Sequencer::subject(std::string_view name, Undo& undo) {
  auto found = subjects_.find(std::string(name));
  bool existed = true;
  if (found == subjects_.end()) {
    auto number = log_.subject(name);
    if (!number) return std::unexpected(number.error());
    Subject state;
    if (*number) {
      auto revision = log_.revision(**number);
      if (!revision) return std::unexpected(revision.error());
      state = {**number, *revision};
    } else {
      state = {SubjectNumber{next_subject_++}, Revision{0}};
      existed = false;
    }
    found = subjects_.emplace(std::string(name), state).first;
  }
  undo.subject_states.try_emplace(std::string(name),
                                  existed ? std::optional(found->second) : std::nullopt);
  return &found->second;
}

Result<std::uint32_t> Sequencer::source(std::string_view name, Undo& undo, bool& is_new) {
  if (const auto found = sources_.find(std::string(name)); found != sources_.end())
    return found->second;
  auto stored = impl_.store->get(Family::names, name_key('p', name));
  if (!stored) return std::unexpected(stored.error());
  std::uint32_t number = 0;
  if (*stored) {
    const auto known = stored_number(**stored);
    if (!known) return known;
    number = *known;
  } else {
    number = next_source_++;
    is_new = true;
    undo.new_sources.emplace_back(name);
  }
  sources_.emplace(std::string(name), number);
  return number;
}

Result<std::optional<Sequencer::Known>> Sequencer::find(const NewEvent& event,
                                                        std::uint32_t source) const {
  const auto [begin, end] = pending_.equal_range(std::string(event.id));
  for (auto it = begin; it != end; ++it) {
    if (it->second.source != source) continue;
    Known known = it->second.known;
    known.same_content = it->second.subject == event.subject && it->second.payload == event.payload;
    return known;
  }
  auto position = log_.find(event.source, event.id);
  if (!position) return std::unexpected(position.error());
  std::optional<Known> known;
  if (!*position) return known;
  auto ok = log_.read_at({&**position, 1}, [&](const RecordedEvent& recorded) {
    known = Known{recorded.position, recorded.subject_number, recorded.revision,
                  recorded.subject == event.subject && recorded.payload == event.payload};
    return false;
  });
  if (!ok) return std::unexpected(ok.error());
  return known;
}

Result<Revision> Sequencer::superseded(const NewEvent& event, SubjectNumber subject) const {
  if (event.supersedes.empty()) return Revision{0};
  struct Candidate {
    Known known;
    std::string source, subject;
  };
  std::vector<Candidate> candidates;
  const auto [begin, end] = pending_.equal_range(std::string(event.supersedes));
  for (auto it = begin; it != end; ++it) {
    const Pending& pending = it->second;
    std::string source;
    for (const auto& [name, number] : sources_)
      if (number == pending.source) source = name;
    candidates.push_back({pending.known, source, pending.subject});
  }
  auto recorded = log_.find(event.supersedes);
  if (!recorded) return std::unexpected(recorded.error());
  auto ok = log_.read_at(*recorded, [&](const RecordedEvent& r) {
    candidates.push_back({{r.position, r.subject_number, r.revision},
                          std::string(r.source),
                          std::string(r.subject)});
    return true;
  });
  if (!ok) return std::unexpected(ok.error());

  const auto keep_source = [&](std::string_view source) {
    std::erase_if(candidates, [&](const Candidate& c) { return c.source != source; });
  };
  const bool same_source =
      std::ranges::any_of(candidates, [&](const Candidate& c) { return c.source == event.source; });
  if (!event.supersedes_source.empty())
    keep_source(event.supersedes_source);
  else if (same_source)
    keep_source(event.source);

  if (candidates.empty())
    return fail(Errc::not_found,
                fmt::format("it supersedes '{}', which is not recorded", event.supersedes),
                "record that event first, or correct the id");
  if (candidates.size() > 1)
    return fail(
        Errc::invalid,
        fmt::format("it supersedes '{}', an id that several sources have", event.supersedes),
        "name the source as well");
  const Candidate& target = candidates.front();
  if (target.known.subject != subject)
    return fail(Errc::invalid,
                fmt::format("it supersedes '{}', which tells of another subject, {}",
                            event.supersedes, target.subject),
                "retract that event, then record a new one of the right subject");
  return target.known.revision;
}

Result<void> Sequencer::check(std::span<const Expectation> expectations, const Appended& appended,
                              std::span<const NewEvent> events, Undo& undo) {
  if (appended.recorded == 0 && !events.empty()) return {};  // a retry of what is done
  for (const auto& [name, expected] : expectations) {
    if (std::holds_alternative<AnyRevision>(expected)) continue;
    const auto touched = undo.subject_states.find(name);
    Revision before{0};
    if (touched != undo.subject_states.end()) {
      before = touched->second ? touched->second->revision : Revision{0};
    } else {
      const bool named =
          std::ranges::any_of(events, [&](const NewEvent& e) { return e.subject == name; });
      if (named) continue;  // all of its events were there already
      auto number = log_.subject(name);
      if (!number) return std::unexpected(number.error());
      if (*number) {
        auto revision = log_.revision(**number);
        if (!revision) return std::unexpected(revision.error());
        before = *revision;
      }
    }
    if (std::holds_alternative<NewSubject>(expected) && before.value != 0)
      return fail(
          Errc::conflict,
          fmt::format("{} was expected to be new, but stands at revision {}", name, before.value),
          "look at 'solnoma log' and decide again");
    if (const auto* exactly = std::get_if<Exactly>(&expected);
        exactly && exactly->revision != before)
      return fail(Errc::conflict,
                  fmt::format("{} was expected at revision {}, but stands at {}", name,
                              exactly->revision.value, before.value),
                  "look at 'solnoma log' and decide again");
  }
  return {};
}

void Sequencer::committed() {
  pending_.clear();
  if (subjects_.size() > kMostCached) subjects_.clear();
}

void Sequencer::revert(Undo& undo) {
  head_ = undo.head;
  next_subject_ = undo.subjects;
  next_source_ = undo.sources;
  for (auto& [name, state] : undo.subject_states) {
    if (state)
      subjects_[name] = *state;
    else
      subjects_.erase(name);
  }
  for (const auto& name : undo.new_sources) sources_.erase(name);
  for (const auto& id : undo.new_ids) {
    const auto [begin, end] = pending_.equal_range(id);
    for (auto it = begin; it != end;)
      it = it->second.known.position > undo.head ? pending_.erase(it) : std::next(it);
  }
}

Result<void> Sequencer::stage_copy(const RecordedEvent& event, const Mark& mark,
                                   Store::Batch& batch) {
  SOLNOMA_CHECK(event.position == head_.next());
  Undo unused{head_, next_subject_, next_source_, {}, {}, {}};
  bool new_source = false;
  auto source = this->source(event.source, unused, new_source);
  if (!source) return std::unexpected(source.error());
  subjects_.insert_or_assign(std::string(event.subject),
                             Subject{event.subject_number, event.revision});
  if (event.revision.value == 1)
    next_subject_ = std::max(next_subject_, event.subject_number.value + 1);
  head_ = event.position;
  last_recorded_us_ = event.recorded.time_since_epoch().count();
  const Frame frame{event.subject_number.value,
                    event.revision.value,
                    *source,
                    event.supersedes.value,
                    last_recorded_us_,
                    event.id,
                    event.revision.value == 1 ? event.subject : std::string_view{},
                    new_source ? event.source : std::string_view{},
                    event.payload};
  emit(frame, event.position, mark, batch);
  close_operand(batch);
  return {};
}

void Sequencer::emit(const Frame& frame, Position position, const Mark& mark, Store::Batch& batch) {
  std::string bytes;
  append_frame(bytes, frame);
  const bool full =
      block_events_ == kMostBlockEvents || block_bytes_ + bytes.size() > kMostBlockBytes;
  if (block_events_ == 0 || full) {
    close_operand(batch);
    block_first_ = position;
    block_events_ = 0;
    block_bytes_ = 0;
  }
  ++block_events_;
  block_bytes_ += bytes.size();
  operand_ += bytes;
  index_frame(batch, frame, position, mark);
}

void Sequencer::close_operand(Store::Batch& batch) {
  if (operand_.empty()) return;
  batch.append(Family::log, log_key(block_first_), block_bytes_ - operand_.size(), operand_);
  operand_.clear();
}

}  // namespace solnoma
