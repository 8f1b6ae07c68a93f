#include "tools/import/new_subjects.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "events/subject.hpp"
#include "events/text/slip.hpp"

namespace solnoma {
namespace {

/// Kinds that a store need not hold yet to be meant.
constexpr std::string_view kKinds[] = {"park",      "project", "relation",
                                       "programme", "dataset", "indicator"};

std::string_view own_name(std::string_view subject) {
  return subject.substr(subject.find('/') + 1);
}

/// Whether one is a slip of the other: either the name within its kind, or the kind of that name.
bool is_slip(std::string_view typed, std::string_view known) {
  if (kind_of(typed) == kind_of(known)) return looks_like_slip(own_name(typed), own_name(known));
  return own_name(typed) == own_name(known) && looks_like_slip(kind_of(typed), kind_of(known));
}

/// A kind that is known, and looks like this one, which is not.
std::optional<std::string> slip_of_kind(std::string_view kind,
                                        const std::set<std::string, std::less<>>& kinds) {
  if (kinds.contains(kind) || std::ranges::find(kKinds, kind) != std::end(kKinds))
    return std::nullopt;
  const auto like = [&](std::string_view known) { return looks_like_slip(kind, known); };
  if (const auto known = std::ranges::find_if(kKinds, like); known != std::end(kKinds))
    return std::string(*known);
  if (const auto known = std::ranges::find_if(kinds, like); known != kinds.end()) return *known;
  return std::nullopt;
}

/// New subjects, found by what is left of their names with a letter left out.
class NewSubjects {
 public:
  void add(std::string_view name, SubjectNumber number) {
    const std::size_t index = all_.size();
    all_.push_back({std::string(name), number, {}, {}});
    each_slip_key(name, [&](std::uint64_t key) { by_key_.emplace_back(key, index); });
  }

  /// All are added.
  void settle() { std::ranges::sort(by_key_); }

  /// Holds a subject against those that are newer than it.
  void compare(std::string_view name, SubjectNumber number) {
    each_slip_key(name, [&](std::uint64_t key) {
      auto it = std::ranges::lower_bound(by_key_, key, {}, &KeyOf::first);
      for (; it != by_key_.end() && it->first == key; ++it) {
        Subject& subject = all_[it->second];
        const bool oldest = subject.like.empty() || number < subject.like_number;
        if (number < subject.number && oldest && is_slip(subject.name, name)) {
          subject.like = name;
          subject.like_number = number;
        }
      }
    });
  }

  [[nodiscard]] std::vector<Slip> slips(const std::set<std::string, std::less<>>& kinds) {
    std::ranges::sort(all_, {}, &Subject::number);
    std::vector<Slip> slips;
    for (const Subject& subject : all_) {
      if (!subject.like.empty())
        slips.push_back({"subject", subject.name, subject.like});
      else if (auto kind = slip_of_kind(kind_of(subject.name), kinds))
        slips.push_back({"kind", std::string(kind_of(subject.name)), std::move(*kind)});
    }
    return slips;
  }

 private:
  struct Subject {
    std::string name;
    SubjectNumber number;
    std::string like;
    SubjectNumber like_number;
  };
  using KeyOf = std::pair<std::uint64_t, std::size_t>;  // a key, and whose it is

  std::vector<Subject> all_;
  std::vector<KeyOf> by_key_;
};

}  // namespace

Result<std::optional<Slip>> slip_of_subject(const Log& log, std::string_view subject) {
  std::optional<Slip> slip;
  auto number = log.subject(subject);
  if (!number) return std::unexpected(number.error());
  if (*number) return slip;
  std::set<std::string, std::less<>> kinds;
  auto ok = log.subjects("", [&](std::string_view known, SubjectNumber) {
    if (!kinds.contains(kind_of(known))) kinds.emplace(kind_of(known));
    if (is_slip(subject, known)) slip = Slip{"subject", std::string(subject), std::string(known)};
    return !slip;
  });
  if (!ok) return std::unexpected(ok.error());
  if (slip) return slip;
  if (auto kind = slip_of_kind(kind_of(subject), kinds))
    slip = Slip{"kind", std::string(kind_of(subject)), std::move(*kind)};
  return slip;
}

Result<std::vector<Slip>> slips_of_subjects(const Log& log, std::uint32_t first) {
  NewSubjects subjects;
  std::set<std::string, std::less<>> old_kinds;
  const auto take = [&](std::string_view name, SubjectNumber number) {
    if (number.value >= first)
      subjects.add(name, number);
    else if (!old_kinds.contains(kind_of(name)))
      old_kinds.emplace(kind_of(name));
    return true;
  };
  if (auto ok = log.subjects("", take); !ok) return std::unexpected(ok.error());
  subjects.settle();
  const auto compare = [&](std::string_view name, SubjectNumber number) {
    subjects.compare(name, number);
    return true;
  };
  if (auto ok = log.subjects("", compare); !ok) return std::unexpected(ok.error());
  return subjects.slips(old_kinds);
}

}  // namespace solnoma
