#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"
#include "events/known.hpp"
#include "tools/import/problem.hpp"
#include "tools/import/row_reader.hpp"
#include "tools/import/table/repairs.hpp"

namespace solnoma {

/// What the readers of all standards need to make events.

/// A date or a point in time of a standard (xsd:date, RFC 3339's date-time) as EDTF: its day as it
/// is written, whatever the zone; a month or a year where it says no more. None: it is no date.
[[nodiscard]] std::optional<std::string> date_of_standard(std::string_view text);

/// A text in a language, whose tag need not be canonical; what is no tag at all is undetermined.
/// Clean, one line, cut at the limit for names. The first text of a language stands.
void add_text(LocalText& to, std::string_view language, std::string_view text, Repairs& repairs);
/// The same of a text that keeps its lines, cut at the limit for notes.
void add_note(LocalText& to, std::string_view language, std::string_view text, Repairs& repairs);

/// "publicAuthority", "Public authority": "public-authority".
[[nodiscard]] std::string slug_of_code(std::string_view code);

/// An id of an event from parts, joined by '/'. What is longer than ids may be is cut, and told
/// apart by a hash of the whole.
[[nodiscard]] std::string id_of(const std::vector<std::string_view>& parts);

/// The subjects of a document: "project/SLUG" of each identifier. Two identifiers that fall
/// together are told apart by a hash of the later one, and told of.
class ProjectSubjects {
 public:
  [[nodiscard]] std::string of(const std::string& identifier);
  [[nodiscard]] const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  std::map<std::string, std::string> identifiers_;  // by subject
  std::vector<std::string> remarks_;
};

/// The name of a project in a reference: as ProjectSubjects has it, where nothing falls together.
/// Empty: nothing is left of it.
[[nodiscard]] std::string project_subject(std::string_view identifier);

/// Makes the events of one row: what they have in common is said once.
class Telling {
 public:
  std::string source;
  std::string subject;
  std::string key;  ///< the identifier with which the ids of the events begin
  Known known;
  std::vector<Source> sources;

  /// A new event; `place` tells it from others of its type in the row, for its id. It lives until
  /// the next is made.
  Event& add(std::string_view type, std::string_view place = {});
  /// The same of a plan.
  Event& add_plan(std::string_view type, std::string_view place = {});

  /// Whether a date as EDTF has come by the day that is known.
  [[nodiscard]] bool has_come(const std::string& date) const;

  /// What happened on that date, where it has come by then or is empty, else a plan of it.
  Event& add_on(const std::string& date, std::string_view type, std::string_view place = {});

  /// Puts the source's own word for the status on the last actual event from the given one on.
  void label_last(std::size_t from, std::string_view word, Repairs& repairs);

  /// Hands over all that was made, normalized.
  [[nodiscard]] std::vector<Exchanged> take();
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }

 private:
  std::vector<Event> events_;
  std::set<std::string> ids_;
};

/// The id, with a number where it is in `taken` already; it is put there.
[[nodiscard]] std::string unique_id(std::set<std::string>& taken, const std::string& id);

}  // namespace solnoma
