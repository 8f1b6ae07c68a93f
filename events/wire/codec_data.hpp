#pragma once

#include "engine/result.hpp"
#include "events/event.hpp"
#include "events/wire/event.capnp.h"

namespace solnoma {

/// Between the schema's `Data` and the plain event; used by both wire formats.
/// Precondition of read_data: the event has no data yet. Errors of both reads: unsupported,
/// when a newer program wrote an enumerant that is not in our schema; `where` is the field.
void write_data(const Event& event, schema::Data::Builder data);
[[nodiscard]] Result<void> read_data(schema::Data::Reader data, Event& event);
[[nodiscard]] Result<Modality> read_modality(schema::Data::Reader data);

}  // namespace solnoma
