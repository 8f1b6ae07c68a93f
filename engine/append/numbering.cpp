#include "engine/append/numbering.hpp"

#include <xxhash.h>

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/format/malformed.hpp"
#include "engine/log/names.hpp"
#include "engine/log/scan.hpp"

namespace solnoma {

std::size_t Numbering::NameHash::operator()(std::string_view name) const {
  return XXH3_64bits(name.data(), name.size());
}

Result<void> Numbering::recover() {
  head_ = log_.head();
  auto subjects = count_subjects(*log_.store);
  if (!subjects) return std::unexpected(subjects.error());
  next_subject_ = *subjects;
  all_subjects_cached_ = next_subject_ == 0;
  auto sources = count_sources(*log_.store);
  if (!sources) return std::unexpected(sources.error());
  next_source_ = *sources;
  return {};
}

Numbering::Request Numbering::begin() {
  ++request_;
  return {head_, next_subject_, next_source_, {}, {}};
}

void Numbering::revert(Request& request) {
  head_ = request.before;
  next_subject_ = request.subjects;
  next_source_ = request.sources;
  for (SubjectEntry* touched : request.touched) {
    touched->second.revision = touched->second.before;
    if (touched->second.number.value >= next_subject_)
      subjects_.erase(subjects_.find(touched->first));
  }
  for (const auto& name : request.new_sources) sources_.erase(name);
}

Numbering::SubjectEntry* Numbering::cached(std::string_view name) {
  const auto found = subjects_.find(name);
  return found == subjects_.end() ? nullptr : &*found;
}

Result<Numbering::Subject*> Numbering::subject(std::string_view name, SubjectEntry* entry,
                                               Request& request) {
  if (entry == nullptr) entry = cached(name);  // an event before this one may have brought it in
  if (entry == nullptr && !all_subjects_cached_) {
    if (auto ok = look_up_names(); !ok) return std::unexpected(ok.error());
    entry = cached(name);
  }
  if (entry == nullptr) {
    std::optional<SubjectNumber> number;
    if (!all_subjects_cached_) {
      auto stored = find_subject(*log_.store, name);
      if (!stored) return std::unexpected(stored.error());
      number = *stored;
    }
    const Subject state = number ? Subject{*number, {}, {}}
                                 : Subject{SubjectNumber{next_subject_++}, Revision{0}, {}};
    entry = &*subjects_.emplace(std::string(name), state).first;
  }
  Subject& state = entry->second;
  if (!state.revision) {
    auto revision = newest_revision(name, state.number);
    if (!revision) return std::unexpected(revision.error());
    state.revision = *revision;
  }
  if (state.request != request_) {
    state.request = request_;
    state.before = *state.revision;
    request.touched.push_back(entry);
  }
  return &state;
}

/// A revision that the index tells wrong would stand twice in the log, for good: what was found in
/// one page of it is held against the log, and against the subject's other rows.
Result<Revision> Numbering::newest_revision(std::string_view name, SubjectNumber number) {
  auto newest = revisions_.newest(number);
  if (!newest) return std::unexpected(newest.error());
  if (!newest->in_pages) return newest->revision;
  auto rows = log_.index->rows(number, log_.head());
  if (!rows) return std::unexpected(rows.error());
  // A subject that has a number has an event, too.
  if (rows->empty() || rows->size() != newest->revision.value) return malformed_entry();
  const Position position = rows->back().position();
  bool is_that = false;
  auto ok = read_at(log_, {&position, 1}, [&](const RecordedEvent& event) {
    is_that = event.subject == name && event.revision == newest->revision;
    return false;
  });
  if (!ok) return std::unexpected(ok.error());
  if (!is_that) return malformed_entry();
  return newest->revision;
}

Result<void> Numbering::look_up_names() {
  // In nanoseconds, about what was measured of one name, looked up alone or read among all.
  constexpr std::uint64_t kLook = 30'000;
  constexpr std::uint64_t kRead = 300;
  if (!name_looks_.pays(kLook, kRead * next_subject_) || next_subject_ > kMostCached) return {};
  auto ok = each_subject(*log_.store, "", [&](std::string_view name, SubjectNumber number) {
    subjects_.try_emplace(std::string(name), Subject{number, {}, {}});
    return true;
  });
  all_subjects_cached_ = ok.has_value();
  return ok;
}

Result<Numbering::Source> Numbering::source(std::string_view name, Request& request) {
  if (const auto found = sources_.find(name); found != sources_.end()) return Source{found->second};
  auto stored = find_source(*log_.store, name);
  if (!stored) return std::unexpected(stored.error());
  Source source{stored->value_or(next_source_), !*stored};
  if (source.is_new) {
    ++next_source_;
    request.new_sources.emplace_back(name);
  }
  sources_.emplace(std::string(name), source.number);
  return source;
}

Result<Numbering::Source> Numbering::adopt(const RecordedEvent& event) {
  SOLNOMA_CHECK(event.position == head_.next());
  Request request = begin();
  auto source = this->source(event.source, request);
  if (!source) return source;
  if (remembers_adopted_)
    subjects_.insert_or_assign(std::string(event.subject),
                               Subject{event.subject_number, event.revision, {}});
  if (event.revision.value == 1)
    next_subject_ = std::max(next_subject_, event.subject_number.value + 1);
  head_ = event.position;
  return source;
}

Result<Revision> Numbering::revision_before(std::string_view name, const Request& request) {
  const auto touched = std::ranges::find(request.touched, name, &SubjectEntry::first);
  if (touched != request.touched.end()) return (*touched)->second.before;
  if (const SubjectEntry* entry = cached(name); entry != nullptr && entry->second.revision)
    return *entry->second.revision;
  auto number = find_subject(*log_.store, name);
  if (!number) return std::unexpected(number.error());
  if (!*number) return Revision{0};
  return log_.index->revision(**number, log_.head());
}

void Numbering::remember_adopted(bool remember) {
  if (remembers_adopted_ == remember) return;
  remembers_adopted_ = remember;
  forget();
}

void Numbering::trim() {
  if (subjects_.size() > kMostCached) forget();
}

void Numbering::forget() {
  subjects_ = {};
  all_subjects_cached_ = false;
  name_looks_.reset();
  revisions_.forget();
}

void Numbering::forget_revisions() {
  revisions_.forget();
  for (auto& [name, subject] : subjects_) subject.revision.reset();
}

}  // namespace solnoma
