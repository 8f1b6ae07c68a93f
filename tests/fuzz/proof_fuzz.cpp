#include "engine/head_note.hpp"
#include "engine/head_stamp.hpp"
#include "engine/proof/record.hpp"
#include "engine/proof_text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace solnoma;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  if (const auto head = tree_head_from(text))
    SOLNOMA_PROMISE(tree_head_from(to_string(*head)) == head);
  if (const auto event = from_record(text)) SOLNOMA_PROMISE(to_record(*event) == text);
  if (const auto note = head_note_from(text)) {
    (void)stamps_of(*note);
    const auto again = head_note_from(to_string(*note));
    SOLNOMA_PROMISE(again && again->head == note->head && again->body == note->body);
  }
  if (const auto proof = proof_text_from(text)) {
    (void)check(proof->proof);
    const auto again = proof_text_from(to_string(*proof));
    SOLNOMA_PROMISE(again && again->proof.record == proof->proof.record &&
                    again->proof.path == proof->proof.path);
  }
  return 0;
}
