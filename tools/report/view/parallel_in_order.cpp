#include "tools/report/view/parallel_in_order.hpp"

#include <utility>

#include "engine/base/parallel.hpp"

namespace solnoma {

std::future<void> begin_beside(std::function<void()> work) {
  return beside(std::move(work));
}

}  // namespace solnoma
