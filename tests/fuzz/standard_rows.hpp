#pragma once

#include <set>
#include <string>
#include <string_view>

#include "events/normalized.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"
#include "tools/import/standards/standard.hpp"

namespace solnoma::fuzz {

/// Reads a document whole. What can be read is normalized, has ids of its own, and every problem
/// says what to do.
template <class Open>
void check_rows(Open open, std::string_view text) {
  (void)standard_of(text);
  const auto reader = open(FileContent::of_text("fuzz", std::string(text)), {.source = "urn:fuzz"});
  if (!reader) {
    SOLNOMA_PROMISE(!reader.error().remedy.empty());
    return;
  }
  std::set<std::string> ids;
  for (ImportRow row;;) {
    const auto more = (*reader)->next(row);
    if (!more || !*more) break;
    for (const Problem& problem : row.problems) SOLNOMA_PROMISE(!problem.remedy.empty());
    if (!row.problems.empty()) {
      (void)(*reader)->reject(row.original, row.problems, "fuzz:1");
      continue;
    }
    for (const Exchanged& each : row.events) {
      SOLNOMA_PROMISE(ids.insert(each.event.id).second);
      SOLNOMA_PROMISE(normalized(each.event) == each.event);
    }
  }
  (void)(*reader)->notes();
  (void)(*reader)->rejects_head();
  (void)(*reader)->stated_date();
}

}  // namespace solnoma::fuzz
