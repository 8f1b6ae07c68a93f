#include "tests/fuzz/standard_rows.hpp"
#include "tools/import/standards/iati.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  solnoma::fuzz::check_rows(solnoma::open_iati, solnoma::fuzz::text_of(data, size));
  return 0;
}
