#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/frame.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// The position of the first event in the block at a cursor in the log. Errors: corrupt.
[[nodiscard]] Result<Position> block_first(const Store::Cursor& cursor);

/// The log does not hold what it must. Errors: corrupt.
[[nodiscard]] std::unexpected<Error> gap(Position position);
[[nodiscard]] std::unexpected<Error> never_introduced(Position position);

/// A block copied to where Cap'n Proto can read it in place.
class AlignedBlock {
 public:
  void assign(std::string_view bytes);
  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(words_.data()), size_};
  }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

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

  AlignedBlock block_;
  std::string_view rest_;  // what was not taken yet
  Position next_{0};       // of the first frame of `rest_`
  Frame frame_;            // the one before it
};

}  // namespace solnoma
