#include "tools/import/find_slip.hpp"

#include "tools/import/new_subjects.hpp"

namespace solnoma {

Result<std::optional<Slip>> find_slip(const Log& log, const Event& event, const Event* old) {
  auto subject = slip_of_subject(log, event.subject);
  if (!subject || *subject) return subject;
  KnownNames names;
  if (old != nullptr) names.add(*old);
  bool all_known = true;
  each_name(event,
            [&](NameUse use, const std::string& name) { all_known &= names.has(use, name); });
  std::optional<Slip> slip;
  if (all_known) return slip;
  if (auto ok = names.add_newest(log, log.head()); !ok) return std::unexpected(ok.error());
  if (auto ok = names.add_newest(log, event.subject); !ok) return std::unexpected(ok.error());
  each_name(event, [&](NameUse use, const std::string& typed) {
    if (slip) return;
    if (auto known = names.slip_of(use, typed))
      slip = Slip{std::string(name(use)), typed, std::move(*known)};
  });
  return slip;
}

}  // namespace solnoma
