#pragma once

#include <capnp/compat/json.h>
#include <capnp/schema.h>

#include <string>

#include "engine/result.hpp"

namespace solnoma {

/// Checks a JSON value against a Cap'n Proto schema before the codec maps it, since the
/// codec's own errors do not say where they are: every field known and given once, every
/// value of its field's JSON type, every enumerant's name known. Empty texts, empty lists
/// and nulls are allowed, and nulls are taken out of the value (CloudEvents: a null
/// attribute is an absent one).
/// Errors: invalid; `where` is the path, as in "data.quantities[1].bound".
[[nodiscard]] Result<void> check_shape(capnp::JsonValue::Builder value, capnp::Type type,
                                       const std::string& path = {});

/// Takes the null fields out of an object. Precondition: value.isObject().
void drop_nulls(capnp::JsonValue::Builder value);

}  // namespace solnoma
