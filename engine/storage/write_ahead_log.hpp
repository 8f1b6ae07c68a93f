#pragma once

#include <functional>
#include <string_view>

namespace solnoma {

/// The records of a write-ahead log of RocksDB (its log_format.h: blocks of 32 KiB, in them
/// fragments with a CRC-32C each), of all that is intact: what is damaged is passed over, while
/// RocksDB ends there. Each record is the bytes of one write batch. Pure.
void each_record(std::string_view file, const std::function<void(std::string_view)>& visit);

}  // namespace solnoma
