#include "tools/import/table/row_events.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/language.hpp"
#include "events/normalized.hpp"
#include "events/text/folded_name.hpp"
#include "events/text/text.hpp"
#include "tools/import/slug.hpp"
#include "tools/import/table/cell_amount.hpp"
#include "tools/import/table/cell_text.hpp"
#include "tools/import/table/country_names.hpp"

namespace solnoma {
namespace {

/// Divides at a separator that stands in no brackets; the parts are trimmed, empty ones left out.
std::vector<std::string> divided(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  const auto take = [&](std::string_view part) {
    const std::size_t first = part.find_first_not_of(' ');
    if (first != std::string_view::npos)
      parts.emplace_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
  };
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if ((text[i] == ')' || text[i] == ']') && depth > 0) --depth;
    if (separator.empty() || depth > 0 || !text.substr(i).starts_with(separator)) continue;
    take(text.substr(begin, i - begin));
    i += separator.size() - 1;
    begin = i + 1;
  }
  take(text.substr(begin));
  return parts;
}

/// "LaGeo [60%]", "X (40.0 %)": a name and its share.
Partner partner_of(const std::string& text, const std::string& role, Repairs& repairs) {
  Partner partner;
  partner.role = role;
  const std::size_t open = text.find_last_of("[(");
  const bool closed = text.ends_with(']') || text.ends_with(')');
  if (open != std::string::npos && open > 0 && closed) {
    auto share = amount_of_cell(text.substr(open + 1, text.size() - open - 2), 0, repairs);
    if (share && share->percent && share->bound == Bound::exact) {
      partner.share = share->value;
      partner.name = divided(text.substr(0, open), "").empty()
                         ? text
                         : divided(text.substr(0, open), "").front();
      return partner;
    }
  }
  partner.name = text;
  return partner;
}

}  // namespace

Result<RowEvents> RowEvents::of(Mapping mapping, Header& header) {
  RowEvents events(std::make_unique<const Mapping>(std::move(mapping)));
  events.headers_ = header.names();
  events.cells_.resize(events.headers_.size());
  std::optional<Error> error;
  each_column(*events.mapping_, [&](const Column& column) {
    if (column.empty() || error) return;
    if (auto at = header.find(column))
      events.index_.emplace(&column, *at);
    else if (!column.optional)
      error = at.error();
  });
  if (error) return std::unexpected(std::move(*error));
  return events;
}

void RowEvents::begin(const CellRow& row, ImportRow& to) {
  row_ = &row;
  to_ = &to;
  ++number_;
}

std::string_view RowEvents::raw(const Column& column) const {
  const auto found = index_.find(&column);
  if (found == index_.end() || found->second >= row_->cells.size()) return {};
  return row_->cells[found->second];
}

/// Cleaned; empty where the cell has nothing to say.
const std::string& RowEvents::text(const Column& column) {
  static const std::string kNone;
  const auto found = index_.find(&column);
  if (found == index_.end() || found->second >= row_->cells.size()) return kNone;
  Cell& cell = cells_[found->second];
  if (cell.read == number_) return cell.text;
  cell.read = number_;
  cell.text = cleaned_text(row_->cells[found->second], repairs_);
  if (cell.text.empty()) return cell.text;
  const std::string folded = folded_name(cell.text);
  if (folded.empty() || std::ranges::find(mapping_->nothing, folded) != mapping_->nothing.end())
    cell.text.clear();
  return cell.text;
}

std::string RowEvents::text(const Template& pattern) {
  std::string all, group_text;
  int group = 0;
  bool whole = true;
  const auto end_group = [&] {
    if (whole) all += group_text;
    group_text.clear();
    whole = true;
  };
  for (const Template::Piece& piece : pattern.pieces) {
    if (piece.group != group) end_group();
    group = piece.group;
    std::string& to = group == 0 ? all : group_text;
    to += piece.text;
    if (piece.column.empty()) continue;
    const std::string cell = text(piece.column);
    if (cell.empty()) whole = false;
    to += cell;
  }
  end_group();
  Repairs ignored;  // of cells that vanished
  return cleaned_text(all, ignored);
}

/// As EDTF; empty where there is none, or none that is understood.
const std::string& RowEvents::date(const Column& column) {
  const std::string& said = text(column);
  if (said.empty()) return said;
  Cell& cell = cells_[index_.at(&column)];
  if (cell.dated == number_) return cell.date;
  cell.dated = number_;
  cell.date.clear();
  auto edtf = date_of_cell(said, mapping_->dates, repairs_);
  if (edtf)
    cell.date = std::move(*edtf);
  else
    wrong(column, edtf.error().what, said, edtf.error().remedy);
  return cell.date;
}

std::vector<std::string> RowEvents::values(const Mapping::Values& values) {
  return divided(text(values.column), values.separator);
}

void RowEvents::wrong(const Column& column, std::string what, std::string value,
                      std::string remedy) {
  const auto found = index_.find(&column);
  to_->problems.push_back({found == index_.end() ? std::string() : headers_[found->second],
                           std::move(what), std::move(value), std::move(remedy)});
}

std::string RowEvents::key() {
  std::string key;
  for (const Column& column : mapping_->key) {
    Repairs ignored;
    const std::string part = cleaned_text(raw(column), ignored);
    if (!part.empty()) key += (key.empty() ? "" : ":") + part;
  }
  return key;
}

std::string RowEvents::subject_of(const std::string& key) {
  std::string slug = mapping_->slug.empty() ? std::string() : slug_of(text(mapping_->slug));
  if (slug.empty()) slug = slug_of(key);
  return slug.empty() ? std::string() : mapping_->kind + "/" + slug;
}

bool RowEvents::is_skipped() const {
  return std::ranges::any_of(mapping_->skips, [&](const Mapping::Skip& skip) {
    const std::string cell = folded_name(raw(skip.column));
    return std::ranges::find(skip.is, cell) != skip.is.end();
  });
}

std::string RowEvents::known() {
  return date(mapping_->known_column);
}

void RowEvents::fill(const std::string& key, const std::string& subject, const Known& known) {
  key_ = key;
  common_ = {};
  common_.source = mapping_->source;
  common_.subject = subject;
  common_.known = known.day;
  common_.known_precision = known.precision;
  common_.sources = sources();
  for (Source& source : common_.sources) source.published = to_string(known);
  add_description();
  add_status();
  add_dated();
  add_quantities();
  if (to_->events.empty() && to_->problems.empty())
    to_->problems.push_back({"", "the row tells of nothing that the mapping asks for", key,
                             "give its subject a name in the mapping, under [name]"});
  for (Exchanged& each : to_->events) each.event = normalized(std::move(each.event));
}

std::vector<Source> RowEvents::sources() {
  Source source;
  source.publisher = mapping_->publisher;
  source.note = mapping_->licence;
  std::vector<std::string> urls;
  if (!mapping_->url.empty()) urls.push_back(text(mapping_->url));
  for (const Mapping::Values& each : mapping_->urls)
    std::ranges::move(values(each), std::back_inserter(urls));
  std::erase(urls, "");
  std::vector<Source> sources;
  for (std::string& url : urls) {
    source.url = std::move(url);
    sources.push_back(source);
  }
  source.url.clear();
  if (sources.empty() && !(source.publisher.empty() && source.note.empty()))
    sources.push_back(source);
  return sources;
}

/// Null where the row tells of that already, perhaps without its date.
Event* RowEvents::add(const std::string& what, const std::string& type, std::string occurred) {
  const std::string id = key_ + "/" + what;
  for (Exchanged& each : to_->events) {
    if (each.event.id != id) continue;
    if (each.event.occurred.empty()) each.event.occurred = std::move(occurred);
    return nullptr;
  }
  Event& event = to_->events.emplace_back(Exchanged{common_, {}, {}}).event;
  event.id = id;
  event.type = type;
  event.occurred = std::move(occurred);
  return &event;
}

void RowEvents::add_description() {
  Description description;
  description.kind = mapping_->description_kind;
  add_names(description);
  description.region = text(mapping_->region);
  add_coordinates(description);
  add_country(description);
  for (const Mapping::Values& each : mapping_->sectors)
    for (std::string& sector : values(each)) description.sectors.emplace_back(std::move(sector));
  add_partners(description);
  for (const Mapping::Identifier& each : mapping_->identifiers)
    if (std::string id = text(each.column); !id.empty())
      description.identifiers.push_back({each.scheme, std::move(id)});
  if (const std::string_view geometry = raw(mapping_->geometry); !geometry.empty())
    description.geometry = geometry;
  if (description != Description{})
    add("described", "described", {})->description = std::move(description);
}

void RowEvents::add_names(Description& description) {
  for (const auto& [language, pattern] : mapping_->names)
    if (std::string name = text(pattern); !name.empty())
      description.names.put(language, std::move(name));
  for (const Mapping::Values& each : mapping_->other_names)
    for (std::string& name : values(each)) description.other_names.emplace_back(std::move(name));
}

void RowEvents::add_coordinates(Description& description) {
  std::string latitude = text(mapping_->latitude);
  std::string longitude = text(mapping_->longitude);
  if (const std::string both = text(mapping_->coordinates); !both.empty()) {
    const auto parts = divided(both, both.find(';') != std::string::npos   ? ";"
                                     : both.find(',') != std::string::npos ? ","
                                                                           : " ");
    if (parts.size() != 2)
      return wrong(mapping_->coordinates, "these are no coordinates", both,
                   "write latitude and longitude, as in 41.47, 69.58");
    latitude = parts[0];
    longitude = parts[1];
  }
  if (latitude.empty() && longitude.empty()) return;
  const auto degrees = [&](const std::string& cell, std::string& to) {
    // No degree has thousands.
    const char decimal = cell.find(',') != std::string::npos ? ',' : '.';
    auto number = amount_of_cell(cell.empty() ? "?" : cell, decimal, repairs_);
    if (number && number->bound == Bound::exact && !number->percent) to = std::move(number->value);
    return !to.empty();
  };
  if (!degrees(latitude, description.latitude) || !degrees(longitude, description.longitude))
    wrong(mapping_->latitude.empty() ? mapping_->coordinates : mapping_->latitude,
          "these are no coordinates", latitude + ", " + longitude,
          "write decimal degrees in both, or in neither");
}

void RowEvents::add_country(Description& description) {
  const std::string name = text(mapping_->country);
  if (name.empty()) return;
  const auto said = mapping_->countries.find(folded_name(name));
  const auto code = said != mapping_->countries.end() ? said->second : country_code(name);
  if (code)
    description.country = *code;
  else
    wrong(mapping_->country, "the country is not known", name,
          "give its ISO 3166 code in the mapping, under [countries]; \"\" for none");
}

void RowEvents::add_partners(Description& description) {
  for (const Mapping::Partner& each : mapping_->partners)
    for (const std::string& partner : divided(text(each.column), each.separator))
      description.partners.push_back(partner_of(partner, each.role, repairs_));
}

void RowEvents::add_status() {
  const Mapping::Status& status = mapping_->status;
  const std::string word = text(status.column);
  if (word.empty()) return;
  const std::string folded = folded_name(word);
  const auto date_of = [&](const std::string& type) {
    const auto column = status.dates.find(type);
    return column == status.dates.end() ? std::string() : date(column->second);
  };
  const auto types = status.words.find(folded);
  const auto plans = status.plans.find(folded);
  if (types == status.words.end() && plans == status.plans.end()) {
    if (status.other == Mapping::OtherWords::problem)
      wrong(status.column, "the mapping does not say what this status means", word,
            "add the word under [status.words]");
    return;
  }
  if (types != status.words.end())
    for (const std::string& type : types->second)
      if (Event* event = add(type, type, date_of(type)); event != nullptr)
        if (&type == &types->second.back()) event->label = word;
  if (plans != status.plans.end())
    for (const std::string& type : plans->second)
      if (std::string target = date_of(type); !target.empty())
        if (Event* event = add("plan/" + type, type, std::move(target)))
          event->modality = Modality::planned;
}

void RowEvents::add_dated() {
  const auto id_of = [](const Mapping::Milestone& milestone) {
    return milestone.part.empty() ? milestone.type : milestone.type + "/" + milestone.part;
  };
  for (const Mapping::Milestone& each : mapping_->milestones)
    if (std::string day = date(each.date); !day.empty())
      if (Event* event = add(id_of(each), each.type, std::move(day))) event->part = each.part;
  for (const Mapping::Milestone& each : mapping_->plans)
    if (std::string day = date(each.date); !day.empty())
      if (Event* event = add("plan/" + id_of(each), each.type, std::move(day))) {
        event->part = each.part;
        event->modality = Modality::planned;
      }
}

void RowEvents::add_quantities() {
  for (const Mapping::Quantity& each : mapping_->quantities) {
    const std::string cell = text(each.column);
    if (cell.empty()) continue;
    auto amount = amount_of_cell(cell, mapping_->decimal, repairs_);
    if (!amount) {
      wrong(each.column, amount.error().what, cell, amount.error().remedy);
      continue;
    }
    Quantity quantity{each.measure, std::move(amount->value), each.unit, amount->bound};
    quantity.upper = std::move(amount->upper);
    quantity.accrual = each.accrual;
    quantity.period = each.period.empty() ? date(each.period_column) : each.period;
    if (quantity.unit.empty() && amount->percent) quantity.unit = "percent";
    std::string id = (each.planned ? "plan/" : "") + each.measure;
    if (!quantity.period.empty()) id += "/" + quantity.period;
    if (!each.part.empty()) id += "/" + each.part;
    if (Event* event = add(id, each.type, {})) {
      event->part = each.part;
      if (each.planned) event->modality = Modality::planned;
      event->quantities.push_back(std::move(quantity));
    } else {
      wrong(each.column, "the row has two figures of one measure, period and part", cell,
            "give one of them in the mapping a part, or a measure of its own");
    }
  }
}

}  // namespace solnoma
