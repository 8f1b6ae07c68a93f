#include "tools/import/standards/iati.hpp"

#include <fmt/format.h>

#include <set>

#include "events/text/text.hpp"
#include "events/text/web_address.hpp"
#include "tools/import/standards/iati_activity.hpp"
#include "tools/import/standards/iati_rules.hpp"
#include "tools/import/standards/unpacked.hpp"

namespace solnoma {
namespace {

/// A point in time, with a space before its time of day where some write one.
std::optional<Known> known_of_standard(std::string text) {
  constexpr std::size_t kDay = 10;
  if (text.size() > kDay && text[kDay] == ' ') text[kDay] = 'T';
  const auto date = date_of_standard(text);
  const auto known = known_from_text(date.value_or(""));
  return known ? std::optional(*known) : std::nullopt;
}

class IatiReader : public RowReader {
 public:
  IatiReader(FileContent file, ReadOptions options)
      : file_(std::move(file)),
        pass_(file_),
        options_(std::move(options)),
        activities_(file_.bytes(), "iati-activities", "iati-activity") {}

  [[nodiscard]] Result<void> begin() {
    if (auto ok = activities_.find_wrapper(); !ok) return at(file_.name(), ok.error());
    if (activities_.wrapper().name.empty())
      return at(file_.name(), Error{Errc::invalid,
                                    "there are no IATI activities in it",
                                    {},
                                    "it must have an element iati-activities"});
    return {};
  }

  Result<bool> next(ImportRow& row) override {
    row = {};
    XmlElements::Found found;
    const auto more = activities_.next(found);
    if (!more) return at(file_.name(), more.error());
    if (!*more) return false;
    row.line = found.line;
    row.original = found.original;
    pass_.at(found.original.data());
    const XmlElement& activity = found.element;
    read(activity, row);
    count_unread(activity, "iati-activity", left_out_);
    return true;
  }

  [[nodiscard]] ReadNotes notes() const override {
    ReadNotes notes;
    notes.repaired.insert(repairs_.counts().begin(), repairs_.counts().end());
    notes.left_out = left_out_;
    notes.remarks = subjects_.remarks();
    return notes;
  }

  [[nodiscard]] std::string rejects_head() const override {
    const std::string& encoding = activities_.encoding();
    std::string head = fmt::format("<?xml version=\"1.0\" encoding=\"{}\"?>\n<iati-activities",
                                   encoding.empty() ? "UTF-8" : encoding);
    for (const auto& attribute : activities_.wrapper().attributes)
      head += fmt::format(" {}=\"{}\"", attribute.name, escaped(attribute.value));
    return head + ">\n";
  }
  [[nodiscard]] std::string reject(const std::string& original,
                                   const std::vector<Problem>& problems,
                                   const std::string& place) const override {
    std::string lines;
    for (const Problem& problem : problems) {
      std::string told = fmt::format("{}: {}: {}", place, problem.field, visible(text_of(problem)));
      for (std::size_t i = 0; (i = told.find("--", i)) != std::string::npos;) told[i] = ' ';
      lines += fmt::format("<!-- {} -->\n", told);
    }
    return lines + original + "\n";
  }
  [[nodiscard]] std::string rejects_tail() const override { return "</iati-activities>\n"; }
  [[nodiscard]] std::string stated_date() const override {
    const auto known = known_of_standard(generated());
    return known ? to_string(*known) : std::string();
  }

 private:
  static std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) {
      if (c == '&')
        safe += "&amp;";
      else if (c == '<')
        safe += "&lt;";
      else if (c == '"')
        safe += "&quot;";
      else
        safe += c;
    }
    return safe;
  }

  [[nodiscard]] std::string generated() const {
    return plain_attribute(activities_.wrapper(), "generated-datetime");
  }

  void read(const XmlElement& activity, ImportRow& row) {
    const bool old = is_old_iati(activity, plain_attribute(activities_.wrapper(), "version"));
    row.problems = iati_problems(activity, old);
    const auto wrong = [&](const char* path, std::string what, std::string value,
                           std::string remedy) {
      row.problems.push_back({path, std::move(what), std::move(value), std::move(remedy)});
    };
    Telling telling;
    telling.key = activity.child("iati-identifier").text();
    if (!telling.key.empty() && !identifiers_.insert(telling.key).second)
      wrong("iati-activity/iati-identifier", "an activity stands twice", telling.key,
            "give each activity an identifier of its own");
    telling.subject = subjects_.of(telling.key);

    const std::string& updated = activity.attribute("last-updated-datetime");
    auto known = known_of_standard(updated);
    if (!known && !updated.empty())
      wrong("iati-activity/@last-updated-datetime", "the date is not understood", updated,
            "write it as in 2024-05-31T00:00:00Z");
    if (!known) known = known_of_standard(generated());
    if (!known) known = options_.known;
    if (known)
      telling.known = *known;
    else
      wrong("iati-activity/@last-updated-datetime", "nothing says when it became known", {},
            "give the activity its last-updated-datetime, or the file its generated-datetime");

    const XmlElement& reporter = activity.child("reporting-org");
    const std::string& reference = reporter.attribute("ref");
    telling.source = options_.source.empty() ? "urn:iati:" + reference : options_.source;
    if (options_.source.empty() && (reference.empty() || !is_like_uri(telling.source)))
      wrong("iati-activity/reporting-org/@ref", "nothing says whose data it is", reference,
            "give the reporting organization its reference, or name a source for all of it");
    Source source;
    const std::string& language = activity.attribute("xml:lang");
    const auto narratives = reporter.all("narrative");
    for (const XmlElement* each : narratives) {
      const std::string& own = each->attribute("xml:lang");
      add_text(source.publisher, own.empty() ? language : own, each->text(), repairs_);
    }
    if (narratives.empty()) add_text(source.publisher, language, reporter.text(), repairs_);
    if (source.publisher.empty()) add_text(source.publisher, kUndetermined, reference, repairs_);
    if (known) source.published = to_string(*known);
    telling.sources = {std::move(source)};
    row.events = IatiActivity(std::move(telling), repairs_, row.problems).events(activity);
  }

  FileContent file_;
  PassOver pass_;
  ReadOptions options_;
  XmlElements activities_;
  ProjectSubjects subjects_;
  Repairs repairs_;
  std::set<std::string> identifiers_;
  std::map<std::string, std::size_t> left_out_;
};

}  // namespace

Result<std::unique_ptr<RowReader>> open_iati(const FileContent& file, const ReadOptions& options) {
  auto plain = plain_content(file);
  if (!plain) return std::unexpected(plain.error());
  auto reader = std::make_unique<IatiReader>(std::move(*plain), options);
  if (auto ok = reader->begin(); !ok) return std::unexpected(ok.error());
  return reader;
}

}  // namespace solnoma
