#pragma once

#include <rapidjson/document.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace solnoma {

/// Merging of OCDS releases (https://standard.open-contracting.org/1.1/en/schema/merging/).

/// How a field is merged that is not merged as its shape is.
enum class MergeRule {
  omit,        ///< it is of the release, not of the process
  whole_list,  ///< the newest list takes the place of the earlier one
};
/// By path, without numbers of entries: "tender/items/additionalClassifications".
using MergeRules = std::map<std::string, MergeRule, std::less<>>;

/// Those of the release schema 1.1.
[[nodiscard]] const MergeRules& ocds_merge_rules();

/// What holds after a release: `before` (an object, or null at the beginning) with what the release
/// tells put over it. Objects are merged field by field, lists of objects by the ids of their
/// entries, other lists as a whole; null deletes. Pure; linear in both, but for lists of objects,
/// which take the product of their lengths. Precondition: `release` is an object.
[[nodiscard]] rapidjson::Document merged_release(const rapidjson::Value& before,
                                                 const rapidjson::Value& release,
                                                 const MergeRules& rules);

/// The same of all releases, by date; with the id, date and tag of a compiled release.
[[nodiscard]] rapidjson::Document compiled_release(std::vector<const rapidjson::Value*> releases,
                                                   const MergeRules& rules);

/// The releases that a versioned release names, in the order of their dates: date, id.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> versions_of(
    const rapidjson::Value& versioned);

/// What held after the release of that date, as a versioned release has it.
[[nodiscard]] rapidjson::Document version_at(const rapidjson::Value& versioned,
                                             std::string_view date);

}  // namespace solnoma
