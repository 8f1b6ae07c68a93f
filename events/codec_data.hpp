#pragma once

#include "events/event.capnp.h"
#include "events/event.hpp"

namespace solnoma {

/// Between the schema's `Data` and the plain event; used by both wire formats.
void write_data(const Event& event, schema::Data::Builder data);
void read_data(schema::Data::Reader data, Event& event);

}  // namespace solnoma
