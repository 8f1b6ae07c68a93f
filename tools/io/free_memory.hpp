#pragma once

namespace solnoma {

/// Memory that is free goes back to the system now.
void give_memory_back();

/// From here on memory that is free goes back to the system at once, not within a moment
/// (allocator.cpp). What takes and frees megabytes again and again holds several times what it
/// uses otherwise; what takes a little each time is a third slower so. Does nothing in a program
/// with another allocator.
void give_memory_back_at_once();

}  // namespace solnoma
