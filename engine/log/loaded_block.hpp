#pragma once

#include <string_view>

#include "engine/aligned_bytes.hpp"
#include "engine/format/frame.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// The block that was read last, for reading single events: cheapest where one follows
/// another in it.
class LoadedBlock {
 public:
  /// The frame views into this object until the next call. Errors: corrupt, io.
  [[nodiscard]] Result<Frame> find(const Store& store, Position position);

 private:
  void use(std::string_view bytes, Position first);
  /// False where the block ends before the position.
  Result<bool> go_to(Position position);

  AlignedBytes block_;
  std::string_view rest_;  // what was not taken yet
  Position next_{0};       // of the first frame of `rest_`
  Frame frame_;            // the one before it
};

}  // namespace solnoma
