#include "events/json/json_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "events/json/compact.hpp"
#include "events/text/nearest.hpp"

namespace solnoma {
namespace {

std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

/// An attribute that CloudEvents lets everybody add: its name is of lower-case letters and digits,
/// and its value has no parts.
bool is_extension(std::string_view name, const JsonValue& value) {
  constexpr std::size_t kLongest = 100;  // CloudEvents advises against more than 20
  if (name.empty() || name.size() > kLongest || value.IsObject() || value.IsArray()) return false;
  return std::ranges::all_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace

JsonObjectReader::JsonObjectReader(const JsonValue& object, const Field* place,
                                   std::optional<Error>& error)
    : object_(object), place_(place), error_(error) {
  if (!object.IsObject()) {
    wrong_here("it must be an object {…}", {});
    return;
  }
  for (const auto& member : object.GetObject()) left_ += member.value.IsNull() ? 0 : 1;
  first_ = object.MemberBegin().operator->();
}

const JsonValue* JsonObjectReader::find(std::string_view name) {
  const auto* const end = object_.MemberBegin().operator->() + object_.MemberCount();
  const auto* found = first_;
  while (found != end && (as_view(found->name) != name || found->value.IsNull())) ++found;
  if (found == end) return nullptr;
  if (found == first_) ++first_;
  --left_;
  return &found->value;
}

void JsonObjectReader::read_others(const std::vector<std::string_view>& known, Others& others) {
  std::set<std::string_view> seen;
  for (const auto& [member, value] : object_.GetObject()) {
    if (value.IsNull()) continue;
    const std::string_view name = as_view(member);
    const auto refuse = [&](std::string what, std::string remedy) {
      if (name.empty()) return wrong_here(std::move(what), std::move(remedy));
      wrong(place_ == nullptr ? Field(name) : Field(*place_, name), std::move(what),
            std::move(remedy));
    };
    if (!seen.insert(name).second) return refuse("the field stands twice", "keep one");
    if (std::ranges::find(known, name) != known.end()) continue;
    if (std::ranges::find(others.of_data, name) != others.of_data.end())
      return refuse("the field stands beside the data", "write it within data");
    if (const auto near = nearest(name, known))
      return refuse("the field is unknown",
                    fmt::format("did you mean {}? Known there: {}", *near, listed(known)));
    if (!others.taken || !is_extension(name, value))
      return refuse("the field is unknown",
                    fmt::format("take it out; known there: {}", listed(known)));
    others.names.emplace_back(name);
  }
}

void JsonObjectReader::wrong(const Field& place, std::string what, std::string remedy) {
  error_ = at(place.text(), Error{Errc::invalid, std::move(what), {}, std::move(remedy)}).error();
}

void JsonObjectReader::wrong_here(std::string what, std::string remedy) {
  wrong(place_ == nullptr ? Field("the event") : *place_, std::move(what), std::move(remedy));
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, std::string& member) {
  if (!value.IsString()) return wrong(place, "it must be text in quotes \"…\"");
  member = as_view(value);
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, std::string_view& member) {
  if (!value.IsString()) return wrong(place, "it must be text in quotes \"…\"");
  member = as_view(value);
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, LocalText& member) {
  if (value.IsString()) {
    member = LocalText(std::string(as_view(value)));
    return;
  }
  if (!value.IsObject())
    return wrong(place, "it must be text in quotes \"…\", or an object {…} of a text a language");
  std::array<bool, kLocalTexts.size()> seen{};
  const auto twice = [&](std::string_view tag) {
    wrong(Field(place, tag), "the field stands twice", "keep one");
  };
  for (const auto& [name, text] : value.GetObject()) {
    if (text.IsNull()) continue;
    const std::string_view tag = as_view(name);
    const Field inner(place, tag);
    const auto* const own = std::ranges::find(kLocalTexts, tag, &LocalPlace::tag);
    if (own != kLocalTexts.end()) {
      if (std::exchange(seen[static_cast<std::size_t>(own - kLocalTexts.begin())], true))
        return twice(tag);
      read(text, inner, member.*own->text);
    } else {
      read(text, inner, member.others.emplace_back(TaggedText{std::string(tag), {}}).text);
    }
    if (error_) return;
  }
  std::ranges::sort(member.others, {}, &TaggedText::language);
  const auto same = std::ranges::adjacent_find(member.others, {}, &TaggedText::language);
  if (same != member.others.end()) return twice(same->language);
  std::erase_if(member.others, [](const TaggedText& other) { return other.text.empty(); });
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, Modality& member) {
  for (const Modality modality : {Modality::actual, Modality::planned}) {
    if (!value.IsString() || as_view(value) != name(modality)) continue;
    member = modality;
    return;
  }
  wrong(place, "its value is not one of those allowed", "use one of actual, planned");
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, Bound& member) {
  for (std::size_t i = 0; i < kBounds; ++i) {
    const auto bound = static_cast<Bound>(i);
    if (!value.IsString() || as_view(value) != name(bound)) continue;
    member = bound;
    return;
  }
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kBounds; ++i) names.push_back(name(static_cast<Bound>(i)));
  wrong(place, "its value is not one of those allowed", "use one of " + listed(names));
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, Accrual& member) {
  if (!value.IsBool())
    return wrong(place, "it must be true or false",
                 "write true where further figures add to it, false where they take its place");
  member = value.GetBool() ? Accrual::flow : Accrual::level;
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, double& member) {
  if (!value.IsNumber()) return wrong(place, "it must be a number");
  member = value.GetDouble();
}

void JsonObjectReader::read(const JsonValue& value, const Field& place, std::uint64_t& member) {
  if (!value.IsUint64()) return wrong(place, "it must be a whole number, 0 or more");
  member = value.GetUint64();
}

void JsonObjectReader::read(const JsonValue& value, const Field& place,
                            RawJson<std::string>& member) {
  if (!value.IsObject()) return wrong(place, "it must be an object {…}");
  auto text = compact_object(value);
  if (!text) return wrong(place, "it is nested too deep");
  member.text = std::move(*text);
}

}  // namespace solnoma
