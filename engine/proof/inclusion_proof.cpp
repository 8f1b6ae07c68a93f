#include "engine/inclusion_proof.hpp"

#include "engine/proof/merkle.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {

Result<RecordedEvent> check(const InclusionProof& proof) {
  auto event = from_record(proof.record);
  if (!event) return event;
  if (event->position.value == 0) return fail(Errc::invalid, "the record has no position in a log");
  const auto root = root_by_path(leaf_hash(proof.record), event->position.value - 1,
                                 proof.head.position.value, proof.path);
  if (!root) return std::unexpected(root.error());
  if (*root != proof.head.root)
    return fail(Errc::invalid, "the event is not in the log with this head",
                "the event, the proof or the head was changed");
  return event;
}

}  // namespace solnoma
