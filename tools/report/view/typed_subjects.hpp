#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"
#include "tools/report/view/subject_names.hpp"

namespace solnoma {

/// Subjects as people type them, where that is not the subject itself:
///
/// - `park/*`: a pattern, in which * stands for any letters and ? for one;
/// - `chirchik`, `Чирчик`: the last part of the subject, or a name that it was described by, in any
///   language (folded_name.hpp): of all of it, or where there is none, of its first words;
/// - `park/Чирчик`: the same among one kind. A subject that is written as such is not guessed at.
///
/// The names are read from the log when first needed, and kept. The log must outlive it.
class TypedSubjects {
 public:
  explicit TypedSubjects(const Log& log) : log_(&log) {}

  /// In byte order; a name means one subject. Errors: not_found in "subject", with the nearest
  /// recorded name if one is near; invalid in "subject" where a name may mean several; corrupt, io.
  [[nodiscard]] Result<std::vector<NamedSubject>> find(const std::string& typed);

 private:
  struct Named {
    NamedSubject subject;
    std::vector<std::string> names;  // folded; the last part of the subject first
  };
  [[nodiscard]] Result<void> read_names();
  [[nodiscard]] std::vector<const Named*> of_name(const std::string& kind,
                                                  const std::string& folded) const;
  [[nodiscard]] std::unexpected<Error> nothing(const std::string& typed) const;

  const Log* log_;
  std::optional<std::vector<Named>> named_;
};

}  // namespace solnoma
