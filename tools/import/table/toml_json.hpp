#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/result.hpp"

namespace solnoma {

/// How people edit a JSON object.
enum class Notation { toml, json };

/// An object of JSON in that notation, to be read and edited by people; members of the outermost
/// object that are named in `without` are left out. Errors: invalid, where it is no object, or has
/// a null, which TOML has not.
[[nodiscard]] Result<std::string> notated(std::string_view json, Notation notation,
                                          std::span<const std::string_view> without = {});

/// The JSON of what people have edited, with further texts in its outermost object in place of what
/// stands there. Errors: invalid; `where` is FILE:LINE.
[[nodiscard]] Result<std::string> json_of(
    const std::string& text, Notation notation, const std::string& file,
    std::span<const std::pair<std::string_view, std::string_view>> with = {});

}  // namespace solnoma
