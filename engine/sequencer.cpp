#include "engine/sequencer.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "engine/bytes.hpp"
#include "engine/check.hpp"
#include "engine/index.hpp"
#include "engine/keys.hpp"
#include "engine/record.hpp"

namespace solnoma {
namespace {

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
  head_ = Position{impl_.head.load()};
  if (auto index = impl_.current_index(); !index) return std::unexpected(index.error());
  auto subjects = count_numbers(*impl_.store, 'S');
  if (!subjects) return std::unexpected(subjects.error());
  next_subject_ = *subjects;
  all_subjects_cached_ = next_subject_ == 0;
  auto sources = count_numbers(*impl_.store, 'P');
  if (!sources) return std::unexpected(sources.error());
  next_source_ = *sources;
  if (head_.value == 0) return {};

  auto cursor = impl_.store->cursor(Family::log);
  cursor.to_last();
  if (auto ok = cursor.status(); !ok) return ok;
  SOLNOMA_CHECK(cursor.valid());
  block_first_ = Position{load_key<std::uint64_t>(cursor.key())};
  block_bytes_ = cursor.value().size();
  return log_.read_at({&head_, 1}, [&](const RecordedEvent& event) {
    last_recorded_us_ = event.recorded.time_since_epoch().count();
    return false;
  });
}

std::size_t Sequencer::NameHash::operator()(std::string_view name) const {
  return XXH3_64bits(name.data(), name.size());
}

Sequencer::Undo Sequencer::begin() {
  ++request_;
  return {head_, next_subject_, next_source_, staged_.size(), {}, {}};
}

Result<Appended> Sequencer::stage(std::span<const NewEvent> events,
                                  std::span<const Expectation> expectations, Instant now,
                                  Store::Batch& batch) {
  Undo undo = begin();
  auto appended = resolve(events, expectations, undo);
  if (!appended) {
    revert(undo);
    return appended;
  }
  if (staged_.size() > undo.staged)
    last_recorded_us_ = std::max(last_recorded_us_, now.time_since_epoch().count());
  for (std::size_t i = undo.staged; i < staged_.size(); ++i) {
    const StagedEvent& one = staged_[i];
    const NewEvent& event = *one.event;
    const Frame frame{one.subject.value,
                      one.revision.value,
                      one.source,
                      one.supersedes.value,
                      last_recorded_us_,
                      event.id,
                      one.revision.value == 1 ? event.subject : std::string_view{},
                      one.new_source ? event.source : std::string_view{},
                      event.payload};
    emit(frame, event_of(frame, one.position, event.subject, event.source), event.mark, batch);
  }
  close_operand(batch);
  return appended;
}

Result<Appended> Sequencer::rehearse(std::span<const NewEvent> events,
                                     std::span<const Expectation> expectations) {
  Undo undo = begin();
  auto appended = resolve(events, expectations, undo);
  revert(undo);
  return appended;
}

Result<Appended> Sequencer::resolve(std::span<const NewEvent> events,
                                    std::span<const Expectation> expectations, Undo& undo) {
  if (auto ok = impl_.index->expect_finds(events.size()); !ok) return std::unexpected(ok.error());
  ids_.clear();
  for (const NewEvent& event : events) {
    ids_.push_back(hash_id(event.id));
    impl_.index->prefetch(ids_.back());
  }
  auto precedents = read_precedents(log_, *impl_.index, events, ids_);
  if (!precedents) return std::unexpected(precedents.error());
  auto next = precedents->cbegin();
  // All at once, so that the processor waits for many of these look-ups at the same time.
  known_subjects_.clear();
  for (const NewEvent& event : events) {
    const auto found = subjects_.find(event.subject);
    known_subjects_.push_back(found == subjects_.end() ? nullptr : &*found);
  }
  Appended appended;
  appended.positions.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const NewEvent& event = events[i];
    const bool has_precedents = next != precedents->cend() && next->event == i;
    const Precedents* recorded = has_precedents ? &*next++ : nullptr;
    const auto place = [&](const Error& error) {
      return at(fmt::format("event {}", i + 1), error);
    };
    if (auto ok = check_sizes(event); !ok) return place(ok.error());
    bool new_source = false;
    auto source = this->source(event.source, undo, new_source);
    if (!source) return place(source.error());

    const auto known = find(event, ids_[i], *source, recorded);
    if (known && known->position > undo.head)
      return place({Errc::conflict,
                    fmt::format("the id '{}' stands twice in one batch", event.id),
                    {},
                    "give each event an id of its own"});
    if (known && !known->same_content)
      return place({Errc::conflict,
                    fmt::format("the id '{}' is recorded with other content, at position {}",
                                event.id, known->position.value),
                    {},
                    "to correct that event, append a new one that supersedes it"});
    if (known) {
      ++appended.already;
      appended.positions.push_back(known->position);
      continue;
    }

    auto subject = this->subject(event.subject, known_subjects_[i], undo);
    if (!subject) return place(subject.error());
    auto supersedes = superseded(event, (*subject)->number, recorded);
    if (!supersedes) return place(supersedes.error());
    (*subject)->revision = (*subject)->revision->next();
    head_ = head_.next();
    staged_.push({&event, ids_[i], head_, *source, new_source, (*subject)->number,
                  *(*subject)->revision, *supersedes});
    ++appended.recorded;
    appended.positions.push_back(head_);
  }
  if (auto ok = check(expectations, appended, events, undo); !ok)
    return std::unexpected(ok.error());
  return appended;
}

Result<Sequencer::Subject*> Sequencer::subject(std::string_view name, SubjectEntry* entry,
                                               Undo& undo) {
  if (entry == nullptr) {
    auto found = subjects_.find(name);  // an event before this one may have brought it in
    if (found == subjects_.end() && !all_subjects_cached_) {
      if (auto ok = expect_look(); !ok) return std::unexpected(ok.error());
      found = subjects_.find(name);
    }
    if (found == subjects_.end()) {
      std::optional<SubjectNumber> number;
      if (!all_subjects_cached_) {
        auto stored = log_.subject(name);
        if (!stored) return std::unexpected(stored.error());
        number = *stored;
      }
      const Subject state = number ? Subject{*number, {}, {}}
                                   : Subject{SubjectNumber{next_subject_++}, Revision{0}, {}};
      found = subjects_.emplace(std::string(name), state).first;
    }
    entry = &*found;
  }
  Subject& state = entry->second;
  if (!state.revision) {
    auto revision = impl_.index->newest_revision(state.number);
    if (!revision) return std::unexpected(revision.error());
    state.revision = *revision;
  }
  if (state.request != request_) {
    state.request = request_;
    state.before = *state.revision;
    undo.touched.push_back(entry);
  }
  return &state;
}

Result<void> Sequencer::expect_look() {
  // About what was measured: a look for a name takes 30 us, reading one among all 0.3.
  constexpr std::uint64_t kLook = 100;
  if (++name_looks_ * kLook < next_subject_ || next_subject_ > kMostCached) return {};
  auto ok = log_.subjects("", [&](std::string_view name, SubjectNumber number) {
    subjects_.try_emplace(std::string(name), Subject{number, {}, {}});
    return true;
  });
  all_subjects_cached_ = ok.has_value();
  return ok;
}

Result<std::uint32_t> Sequencer::source(std::string_view name, Undo& undo, bool& is_new) {
  if (const auto found = sources_.find(name); found != sources_.end()) return found->second;
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

std::optional<Known> Sequencer::find(const NewEvent& event, IdHash id, std::uint32_t source,
                                     const Precedents* recorded) const {
  std::optional<Known> known;
  staged_.find(id, [&](const StagedEvent& staged) {
    if (staged.source != source || staged.event->id != event.id) return;
    known = Known{staged.position, staged.subject, staged.revision,
                  staged.event->subject == event.subject && staged.event->payload == event.payload};
  });
  if (!known && recorded != nullptr) known = recorded->known;
  return known;
}

Result<Revision> Sequencer::superseded(const NewEvent& event, SubjectNumber subject,
                                       const Precedents* recorded) const {
  if (event.supersedes.empty()) return Revision{0};
  std::vector<Target> candidates;
  if (recorded != nullptr) candidates = recorded->targets;
  staged_.find(hash_id(event.supersedes), [&](const StagedEvent& staged) {
    if (staged.event->id == event.supersedes)
      candidates.push_back({{staged.position, staged.subject, staged.revision},
                            std::string(staged.event->source),
                            std::string(staged.event->subject)});
  });

  const auto keep_source = [&](std::string_view source) {
    std::erase_if(candidates, [&](const Target& c) { return c.source != source; });
  };
  const bool same_source =
      std::ranges::any_of(candidates, [&](const Target& c) { return c.source == event.source; });
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
  const Target& target = candidates.front();
  if (target.known.subject != subject)
    return fail(Errc::invalid,
                fmt::format("it supersedes '{}', which tells of another subject, {}",
                            event.supersedes, target.subject),
                "retract that event, then record a new one of the right subject");
  return target.known.revision;
}

Result<void> Sequencer::check(std::span<const Expectation> expectations, const Appended& appended,
                              std::span<const NewEvent> events, const Undo& undo) const {
  if (appended.recorded == 0 && !events.empty()) return {};  // a retry of what is done
  for (const auto& [name, expected] : expectations) {
    if (std::holds_alternative<AnyRevision>(expected)) continue;
    const auto touched = std::ranges::find(undo.touched, name, &SubjectEntry::first);
    Revision before{0};
    if (touched != undo.touched.end()) {
      before = (*touched)->second.before;
    } else {
      const bool named =
          std::ranges::any_of(events, [&](const NewEvent& e) { return e.subject == name; });
      if (named) continue;  // all of its events were there already
      const auto known = subjects_.find(name);
      if (known != subjects_.end() && known->second.revision) {
        before = *known->second.revision;
      } else {
        auto number = log_.subject(name);
        if (!number) return std::unexpected(number.error());
        if (*number) {
          auto revision = log_.revision(**number);
          if (!revision) return std::unexpected(revision.error());
          before = *revision;
        }
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
  impl_.tree->add(Position{head_.value + 1 - leaves_.size()}, leaves_);
  leaves_.clear();
  impl_.index->add(entries_);
  entries_.clear();
  staged_.clear();
  if (subjects_.size() > kMostCached) {
    subjects_.clear();
    all_subjects_cached_ = false;
    name_looks_ = 0;
    impl_.index->forget_revisions();
  }
}

void Sequencer::revert(Undo& undo) {
  head_ = undo.head;
  next_subject_ = undo.subjects;
  next_source_ = undo.sources;
  staged_.pop_to(undo.staged);
  for (SubjectEntry* touched : undo.touched) {
    touched->second.revision = touched->second.before;
    if (touched->second.number.value >= next_subject_)
      subjects_.erase(subjects_.find(touched->first));
  }
  for (const auto& name : undo.new_sources) sources_.erase(name);
}

Result<void> Sequencer::stage_copy(const RecordedEvent& event, const Mark& mark,
                                   Store::Batch& batch) {
  SOLNOMA_CHECK(event.position == head_.next());
  Undo unused = begin();
  bool new_source = false;
  auto source = this->source(event.source, unused, new_source);
  if (!source) return std::unexpected(source.error());
  subjects_.insert_or_assign(std::string(event.subject),
                             Subject{event.subject_number, event.revision, {}});
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
  emit(frame, event, mark, batch);
  close_operand(batch);
  return {};
}

void Sequencer::emit(const Frame& frame, const RecordedEvent& event, const Mark& mark,
                     Store::Batch& batch) {
  const Position position = event.position;
  const std::size_t size = frame_size(frame);
  const bool aligned = (position.value - 1) % kMostBlockEvents == 0;
  if (aligned || block_bytes_ + size > kMostBlockBytes) {
    close_operand(batch);
    block_first_ = position;
    block_bytes_ = 0;
  }
  block_bytes_ += size;
  append_frame(operand_, frame);
  put_names(batch, frame);
  entries_.push_back(index_entry(frame, position, mark));
  // While the event is in the processor's caches: read again later, it would cost twice as much.
  leaves_.push_back(leaf_of(event));
}

void Sequencer::close_operand(Store::Batch& batch) {
  if (operand_.empty()) return;
  batch.append(Family::log, log_key(block_first_), block_bytes_ - operand_.size(), operand_);
  emitted_ += operand_.size();
  operand_.clear();
}

}  // namespace solnoma
