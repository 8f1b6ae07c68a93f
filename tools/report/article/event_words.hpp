#pragma once

#include <set>
#include <string>
#include <vector>

#include "tools/report/article/article.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The events of a subject in the words of an article, and who was cited with them.
class EventWords {
 public:
  EventWords(const SubjectView& view, Language language, Style style)
      : view_(view), language_(language), style_(style) {}

  /// "March 2022"; empty for what has no date: descriptions and retractions.
  [[nodiscard]] std::string when(Revision revision) const;
  /// The title, and each number that comes with it.
  [[nodiscard]] Cell what(Revision revision) const;
  /// The same in a line: "The park opens; residents: more than 10 companies".
  [[nodiscard]] std::string told(Revision revision) const;
  /// "12 November 2025".
  [[nodiscard]] std::string day(Day day) const;
  /// Its sources, which cited() has from now on.
  [[nodiscard]] Cell sources(Revision revision);

  /// Each once: "RIA Novosti, 2 February 2024, ADDRESS".
  [[nodiscard]] const std::set<std::string>& cited() const { return cited_; }

 private:
  [[nodiscard]] bool full() const { return style_ == Style::full; }

  const SubjectView& view_;
  Language language_;
  Style style_;
  std::set<std::string> cited_;
};

}  // namespace solnoma
