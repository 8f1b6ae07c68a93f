#include "events/json/json_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "events/json/compact.hpp"
#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"

namespace solnoma {
namespace {

std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace

JsonObjectReader::JsonObjectReader(const JsonValue& object, std::string path)
    : object_(object), path_(std::move(path)) {
  if (!object.IsObject()) {
    wrong(path_, "it must be an object {…}");
    return;
  }
  for (const auto& member : object.GetObject()) given_ += member.value.IsNull() ? 0 : 1;
}

Result<void> JsonObjectReader::finish() {
  if (result_ && found_ != given_) result_ = check_all_known();
  return result_;
}

const JsonValue* JsonObjectReader::find(std::string_view name) {
  for (const auto& member : object_.GetObject()) {
    if (member.value.IsNull() || as_view(member.name) != name) continue;
    ++found_;
    return &member.value;
  }
  return nullptr;
}

std::string JsonObjectReader::inner(std::string_view name) const {
  return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

Result<void> JsonObjectReader::check_all_known() const {
  std::set<std::string_view> seen;
  for (const auto& member : object_.GetObject()) {
    if (member.value.IsNull()) continue;
    const std::string_view name = as_view(member.name);
    const auto refuse = [&](std::string what, std::string remedy) {
      const std::string place = name.empty() ? "the event" : inner(clipped(name));
      return at(place, Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
    };
    if (!seen.insert(name).second) return refuse("the field stands twice", "keep one");
    if (std::ranges::find(names_, name) != names_.end()) continue;
    const auto near = nearest(name, names_);
    return refuse("the field is unknown",
                  near ? fmt::format("did you mean {}? Known there: {}", *near, listed(names_))
                       : fmt::format("take it out; known there: {}", listed(names_)));
  }
  return {};
}

void JsonObjectReader::wrong(const std::string& path, std::string what, std::string remedy) {
  result_ = at(path.empty() ? "the event" : path,
               Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path, std::string& member) {
  if (!value.IsString()) return wrong(path, "it must be text in quotes \"…\"");
  member = as_view(value);
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path, LocalText& member) {
  if (value.IsString()) {
    member = LocalText(std::string(as_view(value)));
    return;
  }
  if (!value.IsObject())
    return wrong(path, "it must be text in quotes \"…\", or an object {…} of a text a language");
  std::set<std::string_view> seen;
  for (const auto& [name, text] : value.GetObject()) {
    const std::string_view tag = as_view(name);
    const std::string place = fmt::format("{}.{}", path, clipped(tag));
    if (text.IsNull()) continue;
    if (!seen.insert(tag).second) return wrong(place, "the field stands twice", "keep one");
    if (const auto language = language_from(tag))
      read(text, place, member.only(*language));
    else
      read(text, place, member.others.emplace_back(TaggedText{std::string(tag), {}}).text);
    if (!result_) return;
  }
  std::erase_if(member.others, [](const TaggedText& other) { return other.text.empty(); });
  std::ranges::sort(member.others, {}, &TaggedText::language);
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path, Modality& member) {
  for (const Modality modality : {Modality::actual, Modality::planned}) {
    if (!value.IsString() || as_view(value) != name(modality)) continue;
    member = modality;
    return;
  }
  wrong(path, "its value is not one of those allowed", "use one of actual, planned");
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path, Bound& member) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kBounds; ++i) {
    const auto bound = static_cast<Bound>(i);
    names.push_back(name(bound));
    if (!value.IsString() || as_view(value) != names.back()) continue;
    member = bound;
    return;
  }
  wrong(path, "its value is not one of those allowed", "use one of " + listed(names));
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path, Accrual& member) {
  if (!value.IsBool())
    return wrong(path, "it must be true or false",
                 "write true where further figures add to it, false where they take its place");
  member = value.GetBool() ? Accrual::flow : Accrual::level;
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path, double& member) {
  if (!value.IsNumber()) return wrong(path, "it must be a number");
  member = value.GetDouble();
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path,
                            std::uint64_t& member) {
  if (!value.IsUint64()) return wrong(path, "it must be a whole number, 0 or more");
  member = value.GetUint64();
}

void JsonObjectReader::read(const JsonValue& value, const std::string& path,
                            RawJson<std::string>& member) {
  if (!value.IsObject()) return wrong(path, "it must be an object {…}");
  auto text = compact_object(value);
  if (!text) return wrong(path, "it is nested too deep");
  member.text = std::move(*text);
}

}  // namespace solnoma
