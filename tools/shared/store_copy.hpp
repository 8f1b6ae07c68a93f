#pragma once

#include <string>
#include <string_view>

#include "tools/context.hpp"

namespace solnoma {

struct StoreCopy {
  std::string from, to;    ///< directories
  std::string upto = {};   ///< as --at takes it; empty: all
  bool may_exist = false;  ///< `to` may be a whole store already: it gets what is new
};

/// Copies a log into another store, which is made if it is missing, and writes how many events
/// were `done`. A copy that was interrupted is finished. Errors: usage; conflict when `to` is there
/// and may not be; corrupt, io.
[[nodiscard]] Outcome copy_store(Context& context, const StoreCopy& copy, std::string_view done);

}  // namespace solnoma
