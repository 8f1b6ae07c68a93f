#include "tools/import/table/table_reader.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <unordered_map>
#include <unordered_set>

#include "events/text/text.hpp"
#include "tools/import/slug.hpp"
#include "tools/import/table/cell_date.hpp"
#include "tools/import/table/cell_text.hpp"
#include "tools/import/table/cells.hpp"
#include "tools/import/table/csv_record.hpp"
#include "tools/import/table/row_events.hpp"

namespace solnoma {
namespace {

std::uint64_t hash_of(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

class TableReader : public RowReader {
 public:
  TableReader(std::unique_ptr<CellReader> cells, Header header, RowEvents events,
              std::optional<Known> known, KnownSubjects known_subjects, bool originals,
              char separator)
      : cells_(std::move(cells)),
        header_(std::move(header)),
        events_(std::move(events)),
        known_(known),
        known_subjects_(std::move(known_subjects)),
        originals_(originals),
        separator_(separator),
        unused_(header_.names().size()) {}

  Result<bool> next(ImportRow& row) override {
    row.events.clear();
    row.problems.clear();
    row.entry = 0;
    do {
      auto more = cells_->next(cell_row_);
      row.line = cell_row_.line;
      if (!more) return std::unexpected(more.error());
      if (!*more) return false;
      events_.begin(cell_row_, row);
    } while (is_passed_over());
    for (std::size_t i = 0; i < header_.names().size(); ++i)
      if (header_.is_remark(i) && i < cell_row_.cells.size()) cell_row_.cells[i].clear();
    if (!cell_row_.problem.empty()) {
      // Its cells are not known: the whole row is one more cell than there are columns, so that it
      // is no row of a file of rejected ones until somebody has divided it.
      std::vector<std::string> cells(table_names().size());
      cells.push_back(cell_row_.original);
      row.original = csv_record(cells, separator_);
      row.problems.push_back({"", cell_row_.problem, "", "look at the quotes of the row"});
      return true;
    }
    if (originals_) row.original = csv_record(table_cells(), separator_);
    count_unused();
    if (auto ok = fill(row); !ok) return std::unexpected(ok.error());
    return true;
  }

  ReadNotes notes() const override {
    ReadNotes notes;
    for (const auto& [what, count] : events_.repairs().counts()) notes.repaired[what] = count;
    for (std::size_t i = 0; i < unused_.size(); ++i)
      if (unused_[i] > 0)
        notes.left_out[fmt::format("column '{}'", header_.names()[i])] = unused_[i];
    if (skipped_ > 0) notes.left_out["rows that the mapping skips"] = skipped_;
    if (told_apart_ > 0)
      notes.remarks.push_back(fmt::format(
          "{} keys had the slug of another, and got a longer one: {}", told_apart_, apart_));
    return notes;
  }

  // As the mapping says that the table is, but for the encoding: a byte order mark tells of that.
  std::string rejects_head() const override {
    std::vector<std::string> names = table_names();
    names.insert(names.end(), std::begin(kRejectColumns), std::end(kRejectColumns));
    return "\xEF\xBB\xBF" + csv_record(names, separator_) + "\n";
  }

  std::string reject(const std::string& original, const std::vector<Problem>& problems,
                     const std::string& place) const override {
    std::string fields, texts;
    for (const Problem& problem : problems) {
      const std::string_view between = fields.empty() && texts.empty() ? "" : "; ";
      fields += fmt::format("{}{}", between, problem.field);
      texts += fmt::format("{}{}", between, visible(solnoma::text_of(problem)));
    }
    return original + separator_ + csv_record({place, fields, texts}, separator_) + "\n";
  }

  std::string stated_date() const override { return known_ ? to_string(*known_) : std::string(); }

 private:
  bool is_passed_over() {
    if (!cell_row_.problem.empty()) return false;
    if (std::ranges::all_of(cell_row_.cells, [](const auto& c) { return c.empty(); })) return true;
    if (!events_.is_skipped()) return false;
    ++skipped_;
    return true;
  }

  /// Without the remarks that a file of rejected rows has.
  std::vector<std::string> table_names() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < header_.names().size(); ++i)
      if (!header_.is_remark(i)) names.push_back(header_.names()[i]);
    return names;
  }
  std::vector<std::string> table_cells() const {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < header_.names().size(); ++i)
      if (!header_.is_remark(i))
        cells.push_back(i < cell_row_.cells.size() ? cell_row_.cells[i] : std::string());
    return cells;
  }

  void count_unused() {
    for (std::size_t i = 0; i < std::min(unused_.size(), cell_row_.cells.size()); ++i)
      if (!header_.is_used(i) && !header_.is_remark(i) && !cell_row_.cells[i].empty()) ++unused_[i];
  }

  Result<void> fill(ImportRow& row) {
    const auto wrong = [&](std::string what, std::string value,
                           std::string remedy) -> Result<void> {
      row.problems.push_back({"", std::move(what), std::move(value), std::move(remedy)});
      return {};
    };
    if (cell_row_.cells.size() > header_.names().size() &&
        std::ranges::any_of(
            cell_row_.cells.begin() + static_cast<std::ptrdiff_t>(header_.names().size()),
            cell_row_.cells.end(), [](const auto& c) { return !c.empty(); }))
      return wrong("the row has more cells than the header",
                   fmt::format("{}", cell_row_.cells.size()),
                   "look for a separator in a cell that has no quotes");
    const std::string key = events_.key();
    if (key.empty()) return wrong("the row has no key", "", "fill in the columns of the key");
    if (!keys_.insert(hash_of(key)).second)
      return wrong("the key stands twice", key,
                   "give each row a key of its own, or more columns to the key");
    auto subject = subject_for(key);
    if (!subject) return std::unexpected(subject.error());
    if (subject->empty())
      return wrong("no slug can be made of the key", key, "name a slug in the mapping");
    auto known = known_for(row);
    if (!known) return wrong(known.error().what, known.error().where, known.error().remedy);
    if (*known) events_.fill(key, *subject, **known);
    return {};
  }

  Result<std::string> subject_for(const std::string& key) {
    if (known_subjects_.of_key) {
      auto known = known_subjects_.of_key(key);
      if (!known) return std::unexpected(known.error());
      if (*known) return **known;
    }
    std::string subject = events_.subject_of(key);
    if (subject.empty() || takes(subject, key)) return subject;
    const std::string of_key = slug_of(key);
    std::string apart = subject + "-" + of_key;
    if (of_key.empty() || !takes(apart, key)) apart = fmt::format("{}-{:x}", subject, hash_of(key));
    if (told_apart_++ < 3) apart_ += (apart_.empty() ? "" : ", ") + apart;
    return apart;
  }

  /// Whether a name can be that of the key's subject; no other key gets it then.
  bool takes(const std::string& subject, const std::string& key) {
    if (known_subjects_.is_taken && known_subjects_.is_taken(subject)) return false;
    const auto [found, is_new] = slugs_.emplace(hash_of(subject), hash_of(key));
    return is_new || found->second == hash_of(key);
  }

  /// Errors: `where` is what was not understood. None: the row has a problem that is told already.
  Result<std::optional<Known>> known_for(const ImportRow& row) {
    const std::string said = events_.known();
    if (!row.problems.empty()) return std::nullopt;
    if (said.empty() && known_) return known_;
    if (said.empty())
      return fail(Errc::invalid, "the row does not say when it became known",
                  "fill in that column, or give --known");
    auto known = known_from_text(said);
    if (!known)
      return at(said, Error{Errc::invalid,
                            "it is no day, month or year on which something became known",
                            {},
                            "write it as in 2024-03-15, 2024-03 or 2024"});
    return *known;
  }

  std::unique_ptr<CellReader> cells_;
  Header header_;
  RowEvents events_;
  std::optional<Known> known_;
  KnownSubjects known_subjects_;
  bool originals_;
  char separator_;  // of a file of rejected rows
  CellRow cell_row_;
  std::vector<std::size_t> unused_;
  std::size_t skipped_ = 0, told_apart_ = 0;
  std::string apart_;
  std::unordered_set<std::uint64_t> keys_;
  std::unordered_map<std::uint64_t, std::uint64_t> slugs_;  // and whose
};

/// By the name of the file, or by whoever imports it.
Result<std::optional<Known>> known_of_file(const FileContent& file, const Mapping& mapping,
                                           const ReadOptions& options) {
  if (!mapping.known_in_name.empty()) {
    const std::string name = std::filesystem::path(file.name()).filename().string();
    std::smatch found;
    if (std::regex_search(name, found, std::regex(mapping.known_in_name)) && found[1].matched) {
      Repairs ignored;
      auto date = date_of_cell(found[1].str(), mapping.dates, ignored);
      auto known = date ? known_from_text(*date) : Result<Known>(std::unexpected(date.error()));
      if (!known) return at(file.name(), known.error());
      return *known;
    }
  }
  if (!options.known && mapping.known_column.empty())
    return at(file.name(),
              Error{Errc::invalid,
                    "nothing says when this table became known",
                    {},
                    "give the day on which it was published: --known DAY, or [known] in "
                    "the mapping"});
  return options.known;
}

/// The first row that has all columns of the key, among those at the top, where titles may stand
/// before it. Errors: those of the first row.
Result<Header> find_header(CellReader& cells, const Mapping& mapping, const std::string& file) {
  constexpr int kTop = 20;
  CellRow row;
  std::optional<Error> error;
  for (int i = 0; i < kTop; ++i) {
    auto more = cells.next(row);
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
    Repairs ignored;
    for (std::string& cell : row.cells) cell = cleaned_text(cell, ignored);
    Header header(row.cells);
    auto found = std::ranges::find_if_not(
        mapping.key, [&](const Column& column) { return header.find(column).has_value(); });
    if (found == mapping.key.end()) return Header(row.cells);
    if (!error) error = header.find(*found).error();
  }
  if (!error) error = Error{Errc::invalid, "the table has no rows", {}, "look into it"};
  return at(file, *error);
}

}  // namespace

Result<std::unique_ptr<RowReader>> open_table(const FileContent& file, const Mapping& mapping,
                                              const ReadOptions& options,
                                              KnownSubjects known_subjects) {
  auto known = known_of_file(file, mapping, options);
  if (!known) return std::unexpected(known.error());
  auto cells = open_cells(file, {mapping.encoding, mapping.separator, mapping.sheet});
  if (!cells) return std::unexpected(cells.error());
  auto header = find_header(**cells, mapping, file.name());
  if (!header) return std::unexpected(header.error());
  Mapping whole = mapping;
  if (!options.source.empty()) whole.source = options.source;
  if (whole.source.empty() && !whole.dataset.empty())
    whole.source = "urn:solnoma:dataset:" + whole.dataset;
  if (whole.source.empty())
    return at(file.name(),
              Error{Errc::invalid,
                    "nothing says whose events these are",
                    {},
                    "name the source or the dataset in the mapping, or give --source"});
  auto events = RowEvents::of(std::move(whole), *header);
  if (!events) return at(file.name(), events.error());
  return std::make_unique<TableReader>(std::move(*cells), std::move(*header), std::move(*events),
                                       *known, std::move(known_subjects), options.originals,
                                       mapping.separator != 0 ? mapping.separator : ',');
}

}  // namespace solnoma
