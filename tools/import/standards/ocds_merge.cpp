#include "tools/import/standards/ocds_merge.hpp"

#include <algorithm>
#include <set>

namespace solnoma {
namespace {

using rapidjson::Document;
using rapidjson::Value;
using Allocator = Document::AllocatorType;

std::string_view text_or_nothing(const Value& text) {
  return text.IsString() ? std::string_view(text.GetString(), text.GetStringLength())
                         : std::string_view();
}

const Value* find(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() ? &found->value : nullptr;
}

std::string_view date_of(const Value& release) {
  const Value* const date = find(release, "date");
  return date != nullptr ? text_or_nothing(*date) : std::string_view();
}

bool all_objects(const Value& list) {
  return std::ranges::all_of(list.GetArray(), [](const Value& each) { return each.IsObject(); });
}

class Merger {
 public:
  Merger(const MergeRules& rules, Allocator& allocator) : rules_(rules), allocator_(allocator) {}

  void merge(Value& into, const Value& from, const std::string& path) {
    for (const auto& member : from.GetObject()) {
      const std::string inner =
          path + (path.empty() ? "" : "/") + std::string(text_or_nothing(member.name));
      const auto rule = rules_.find(inner);
      const bool has_rule = rule != rules_.end();
      if (has_rule && rule->second == MergeRule::omit) continue;
      if (member.value.IsNull())
        into.RemoveMember(member.name);
      else if (member.value.IsObject())
        merge_object(into, member.name, member.value, inner);
      else if (member.value.IsArray() && !has_rule && all_objects(member.value))
        merge_list(into, member.name, member.value, inner);
      else
        slot(into, member.name).CopyFrom(member.value, allocator_);
    }
  }

 private:
  Value& slot(Value& object, const Value& name) {
    const auto found = object.FindMember(name);
    if (found != object.MemberEnd()) return found->value;
    object.AddMember(Value(name, allocator_), Value(), allocator_);
    return (object.MemberEnd() - 1)->value;
  }

  /// What is empty in the end tells nothing, and is not there.
  void merge_object(Value& into, const Value& name, const Value& from, const std::string& path) {
    const auto found = into.FindMember(name);
    if (found != into.MemberEnd() && found->value.IsObject()) {
      merge(found->value, from, path);
      return;
    }
    Value made(rapidjson::kObjectType);
    merge(made, from, path);
    if (!made.ObjectEmpty()) slot(into, name) = std::move(made);
  }

  void merge_list(Value& into, const Value& name, const Value& from, const std::string& path) {
    if (from.Empty()) return;
    Value& list = slot(into, name);
    if (!list.IsArray()) list.SetArray();
    for (const Value& entry : from.GetArray()) {
      Value* const same = same_entry(list, entry);
      if (same != nullptr) {
        merge(*same, entry, path);
        continue;
      }
      Value made(rapidjson::kObjectType);
      merge(made, entry, path);
      list.PushBack(std::move(made), allocator_);
    }
  }

  static Value* same_entry(Value& list, const Value& entry) {
    const Value* const id = find(entry, "id");
    if (id == nullptr) return nullptr;
    for (Value& each : list.GetArray()) {
      const Value* const other = each.IsObject() ? find(each, "id") : nullptr;
      if (other != nullptr && *other == *id) return &each;
    }
    return nullptr;
  }

  const MergeRules& rules_;
  Allocator& allocator_;
};

/// A list of the values that one field had in one release after another.
bool is_history(const Value& value) {
  return value.IsArray() && !value.Empty() &&
         std::ranges::all_of(value.GetArray(), [](const Value& each) {
           return each.IsObject() && each.HasMember("releaseDate") && each.HasMember("value");
         });
}

void collect_versions(const Value& value, std::set<std::pair<std::string, std::string>>& versions) {
  if (is_history(value)) {
    for (const Value& each : value.GetArray()) {
      const Value* const id = find(each, "releaseID");
      versions.emplace(text_or_nothing(each["releaseDate"]),
                       id != nullptr ? text_or_nothing(*id) : "");
    }
  } else if (value.IsArray()) {
    for (const Value& each : value.GetArray()) collect_versions(each, versions);
  } else if (value.IsObject()) {
    for (const auto& member : value.GetObject()) collect_versions(member.value, versions);
  }
}

/// Null where there was nothing on that date.
Value at_date(const Value& value, std::string_view date, Allocator& allocator) {
  Value made;
  if (is_history(value)) {
    for (const Value& each : value.GetArray())
      if (text_or_nothing(each["releaseDate"]) <= date) made.CopyFrom(each["value"], allocator);
  } else if (value.IsArray()) {
    made.SetArray();
    for (const Value& each : value.GetArray())
      if (Value entry = at_date(each, date, allocator); !entry.IsNull())
        made.PushBack(std::move(entry), allocator);
    if (made.Empty()) made.SetNull();
  } else if (value.IsObject()) {
    made.SetObject();
    for (const auto& member : value.GetObject())
      if (Value inner = at_date(member.value, date, allocator); !inner.IsNull())
        made.AddMember(Value(member.name, allocator), std::move(inner), allocator);
    // Ids of entries are not versioned: one that stands alone where there is more was not there
    // yet.
    const bool is_bare = made.MemberCount() == 1 && made.HasMember("id") &&
                         value.MemberCount() > 1 && !is_history(value["id"]);
    if (made.ObjectEmpty() || is_bare) made.SetNull();
  } else {
    made.CopyFrom(value, allocator);
  }
  return made;
}

}  // namespace

const MergeRules& ocds_merge_rules() {
  using enum MergeRule;
  static const MergeRules kRules = {
      {"id", omit},
      {"date", omit},
      {"tag", omit},
      {"parties/additionalIdentifiers", whole_list},
      {"parties/roles", whole_list},
      {"buyer/additionalIdentifiers", whole_list},
      {"tender/procuringEntity/additionalIdentifiers", whole_list},
      {"tender/items/additionalClassifications", whole_list},
      {"tender/additionalProcurementCategories", whole_list},
      {"tender/submissionMethod", whole_list},
      {"tender/tenderers/additionalIdentifiers", whole_list},
      {"tender/amendments/changes", whole_list},
      {"tender/amendment/changes", whole_list},
      {"awards/suppliers/additionalIdentifiers", whole_list},
      {"awards/items/additionalClassifications", whole_list},
      {"awards/amendments/changes", whole_list},
      {"awards/amendment/changes", whole_list},
      {"contracts/items/additionalClassifications", whole_list},
      {"contracts/implementation/transactions/payer/additionalIdentifiers", whole_list},
      {"contracts/implementation/transactions/payee/additionalIdentifiers", whole_list},
      {"contracts/relatedProcesses/relationship", whole_list},
      {"contracts/amendments/changes", whole_list},
      {"contracts/amendment/changes", whole_list},
      {"relatedProcesses/relationship", whole_list},
  };
  return kRules;
}

Document merged_release(const Value& before, const Value& release, const MergeRules& rules) {
  Document merged(rapidjson::kObjectType);
  if (before.IsObject()) merged.CopyFrom(before, merged.GetAllocator());
  Merger(rules, merged.GetAllocator()).merge(merged, release, {});
  return merged;
}

Document compiled_release(std::vector<const Value*> releases, const MergeRules& rules) {
  std::ranges::stable_sort(releases, {}, [](const Value* each) { return date_of(*each); });
  Document compiled(rapidjson::kObjectType);
  Allocator& allocator = compiled.GetAllocator();
  Merger merger(rules, allocator);
  for (const Value* release : releases) merger.merge(compiled, *release, {});
  if (releases.empty()) return compiled;
  const std::string date(date_of(*releases.back()));
  const Value* const ocid = find(compiled, "ocid");
  const std::string id = std::string(ocid != nullptr ? text_or_nothing(*ocid) : "") + "-" + date;
  compiled.AddMember("tag", Value(rapidjson::kArrayType), allocator);
  compiled["tag"].PushBack("compiled", allocator);
  compiled.AddMember("id", Value(id.c_str(), allocator), allocator);
  compiled.AddMember("date", Value(date.c_str(), allocator), allocator);
  return compiled;
}

std::vector<std::pair<std::string, std::string>> versions_of(const Value& versioned) {
  std::set<std::pair<std::string, std::string>> versions;
  collect_versions(versioned, versions);
  return {versions.begin(), versions.end()};
}

Document version_at(const Value& versioned, std::string_view date) {
  Document made(rapidjson::kObjectType);
  Value version = at_date(versioned, date, made.GetAllocator());
  if (version.IsObject()) static_cast<Value&>(made) = std::move(version);
  return made;
}

}  // namespace solnoma
