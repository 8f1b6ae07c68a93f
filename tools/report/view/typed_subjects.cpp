#include "tools/report/view/typed_subjects.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <span>

#include "events/subject.hpp"
#include "events/text/folded_name.hpp"
#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "tools/report/view/subject_views.hpp"

namespace solnoma {
namespace {

bool is_pattern(std::string_view typed) {
  return typed.find_first_of("*?") != typed.npos;
}

bool is_slug(std::string_view typed) {
  return std::ranges::all_of(typed, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/';
  });
}

void add_names(const LocalText& text, std::vector<std::string>& names) {
  const auto add = [&](const std::string& name) {
    if (!name.empty()) names.push_back(folded_name(name));
  };
  for (const LocalPlace& each : kLocalTexts) add(text.*each.text);
  for (const TaggedText& other : text.others) add(other.text);
}

/// The names that it was ever described by: whoever types one may have it from an old report.
std::vector<std::string> names_of(const SubjectView& view) {
  std::vector<std::string> names{folded_name(view.subject.substr(kind_of(view.subject).size()))};
  for (const StoredEvent& stored : view.events) {
    if (!stored.event.description) continue;
    add_names(stored.event.description->names, names);
    for (const LocalText& other : stored.event.description->other_names) add_names(other, names);
  }
  return names;
}

std::unexpected<Error> ambiguous(const std::string& typed,
                                 const std::vector<std::string_view>& subjects) {
  constexpr std::size_t kShown = 5;
  std::string list;
  for (std::size_t i = 0; i < std::min(subjects.size(), kShown); ++i)
    list += fmt::format("{}{}", i == 0 ? "" : ", ", subjects[i]);
  if (subjects.size() > kShown) list += fmt::format(" and {} more", subjects.size() - kShown);
  return std::unexpected(Error{
      Errc::invalid, fmt::format("'{}' may be any of {} subjects", clipped(typed), subjects.size()),
      "subject", "write one of them: " + list});
}

}  // namespace

Result<void> TypedSubjects::read_names() {
  if (named_) return {};
  std::vector<NamedSubject> subjects;
  auto listed = log_->subjects("", [&](std::string_view name, SubjectNumber number) {
    subjects.emplace_back(name, number);
    return true;
  });
  if (!listed) return listed;
  std::vector<Named> named;
  named.reserve(subjects.size());
  auto read = each_view(
      *log_, subjects, {.vantage = {}, .shown = Shown::names},
      [](const SubjectView& view) { return names_of(view); },
      [&](std::vector<std::string>&& names) {
        named.push_back({subjects[named.size()], std::move(names)});
      });
  if (!read) return read;
  named_ = std::move(named);
  return {};
}

std::vector<const TypedSubjects::Named*> TypedSubjects::of_name(const std::string& kind,
                                                                const std::string& folded) const {
  std::vector<const Named*> whole, words;
  for (const Named& each : *named_) {
    if (!kind.empty() && kind_of(each.subject.first) != kind) continue;
    if (std::ranges::find(each.names, folded) != each.names.end())
      whole.push_back(&each);
    else if (std::ranges::any_of(each.names,
                                 [&](const auto& name) { return has_words(name, folded); }))
      words.push_back(&each);
  }
  return whole.empty() ? words : whole;
}

std::unexpected<Error> TypedSubjects::nothing(const std::string& typed) const {
  const std::string folded = folded_name(typed);
  std::vector<std::string_view> subjects;
  for (const Named& each : *named_) subjects.push_back(each.subject.first);
  auto near = nearest(typed, subjects);
  if (!near && typed.find('/') == typed.npos) {
    std::vector<std::string_view> names;
    for (const Named& each : *named_)
      names.insert(names.end(), each.names.begin(), each.names.end());
    if (const auto name = nearest(folded, names))
      for (const Named& each : *named_)
        if (!near && std::ranges::find(each.names, *name) != each.names.end())
          near = each.subject.first;
  }
  return std::unexpected(Error{Errc::not_found,
                               fmt::format("nothing is recorded of '{}'", typed.substr(0, 200)),
                               "subject", near ? fmt::format("did you mean {}?", *near) : ""});
}

Result<std::vector<NamedSubject>> TypedSubjects::find(const std::string& typed) {
  if (auto ok = read_names(); !ok) return std::unexpected(ok.error());
  std::vector<NamedSubject> found;
  if (is_pattern(typed)) {
    for (const Named& each : *named_)
      if (fnmatch(typed.c_str(), each.subject.first.c_str(), FNM_NOESCAPE) == 0)
        found.push_back(each.subject);
    if (found.empty()) return nothing(typed);
    return found;
  }
  const auto slash = typed.find('/');
  if (slash != typed.npos && is_slug(typed)) return nothing(typed);
  const std::string kind = slash == typed.npos ? "" : folded_name(typed.substr(0, slash));
  const std::string folded = folded_name(typed.substr(slash == typed.npos ? 0 : slash + 1));
  if (folded.empty()) return nothing(typed);
  const auto named = of_name(kind, folded);
  if (named.empty()) return nothing(typed);
  if (named.size() == 1) return std::vector{named.front()->subject};
  std::vector<std::string_view> subjects;
  for (const Named* each : named) subjects.push_back(each->subject.first);
  return ambiguous(typed, subjects);
}

}  // namespace solnoma
