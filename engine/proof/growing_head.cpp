#include "engine/growing_head.hpp"

#include "engine/base/check.hpp"
#include "engine/proof/merkle.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {

GrowingHead::GrowingHead() : tree_(std::make_unique<GrowingTree>()) {}
GrowingHead::~GrowingHead() = default;
GrowingHead::GrowingHead(const GrowingHead& other)
    : tree_(std::make_unique<GrowingTree>(*other.tree_)) {}
GrowingHead::GrowingHead(GrowingHead&&) noexcept = default;
GrowingHead& GrowingHead::operator=(GrowingHead&&) noexcept = default;

void GrowingHead::add(const RecordedEvent& event) {
  SOLNOMA_CHECK(event.position.value == tree_->size() + 1);
  tree_->add(leaf_of(event));
}

void GrowingHead::add_subtree(unsigned level, const Hash& root) {
  tree_->add_subtree(level, root);
}

TreeHead GrowingHead::head() const {
  return {Position{tree_->size()}, tree_->root()};
}

}  // namespace solnoma
