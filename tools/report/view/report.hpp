#pragma once

#include <utility>
#include <vector>

#include "engine/log.hpp"
#include "engine/tree_head.hpp"
#include "engine/vantage.hpp"
#include "tools/report/view/differences.hpp"
#include "tools/report/view/selection.hpp"
#include "tools/report/view/subject_views.hpp"
#include "tools/report/words/kinds.hpp"

namespace solnoma {

/// What is to be told, however it is written: the chosen subjects at a vantage, to be gone
/// through as often as a format likes. Holds names only. The log must outlive it.
class Report {
 public:
  /// Chooses the subjects. Errors: those of choose().
  [[nodiscard]] static Result<Report> of(const Log& log, const Vantage& vantage, Language language,
                                         Selection selection);

  [[nodiscard]] const Vantage& vantage() const { return vantage_; }
  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] const Selection& selection() const { return selection_; }

  [[nodiscard]] std::size_t subjects() const { return subjects_.size(); }
  /// Words for kinds that stand before the program's own (kind_words()).
  [[nodiscard]] const KindNames& kind_names() const { return kind_names_; }
  void call_kinds(KindNames names) { kind_names_ = std::move(names); }

  /// How many there were to choose from.
  [[nodiscard]] std::size_t recorded() const { return recorded_; }

  /// What commits to the log that the report was made from. Errors: corrupt, damaged_index, io.
  [[nodiscard]] Result<TreeHead> head() const;

  /// The same report of no more than so many subjects, the first ones.
  [[nodiscard]] Report first(std::size_t count) const;
  /// The same report of those that have a status, or of those that have none.
  [[nodiscard]] Report with_status(bool has) const;

  /// What differs between a vantage and this report's, of the same subjects and marks.
  [[nodiscard]] Differences since(const Vantage& from) const;

  /// Whether a subject has anything to show: a named one always; any other one if it can be
  /// seen from the vantage and, where only some marks are asked for, has one of these.
  [[nodiscard]] bool shows(const SubjectView& view) const;
  /// The same for a list of marks, which leaves out whatever has none and was not named.
  [[nodiscard]] bool shows_marks(const SubjectView& view) const;

  /// Calls `make(view)` with every chosen subject, several at a time, and `take(part)` with
  /// what each made, one after the other in the order of subjects. Marks that were not asked
  /// for are left out of the views; shows() is the caller's question. Memory: as
  /// each_group(), and few parts. `shown`: which events there must be. Errors: corrupt, io.
  template <class Make, class Take>
  [[nodiscard]] Result<void> each(const Make& make, const Take& take,
                                  Shown shown = Shown::all) const {
    const auto narrowed = [&](SubjectView& view) {
      narrow(view);
      return make(view);
    };
    return each_view(*log_, subjects_, {vantage_, selection_.period, shown, shown == Shown::status},
                     narrowed, take);
  }

  /// All that are shown, at once: for formats that draw one picture of everything.
  [[nodiscard]] Result<std::vector<SubjectView>> views() const;

 private:
  Report() = default;
  void narrow(SubjectView& view) const;

  const Log* log_ = nullptr;
  Vantage vantage_;
  Language language_ = Language::en;
  Selection selection_;
  std::vector<NamedSubject> subjects_;
  std::size_t recorded_ = 0;
  KindNames kind_names_;
};

}  // namespace solnoma
