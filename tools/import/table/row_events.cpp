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

void set(LocalText& text, const std::string& language, std::string value) {
  for (std::size_t i = 0; i < kLanguages.size(); ++i)
    if (kLanguages[i].code == language) {
      text.*kLocalTexts[i] = std::move(value);
      return;
    }
  text.others.push_back({language, std::move(value)});
  std::ranges::sort(text.others, {}, &TaggedText::language);
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

std::string_view RowEvents::raw(const CellRow& row, const Column& column) const {
  const auto found = index_.find(&column);
  if (found == index_.end() || found->second >= row.cells.size()) return {};
  return row.cells[found->second];
}

/// Cleaned; empty where the cell has nothing to say.
std::string RowEvents::text(const CellRow& row, const Column& column) {
  const std::string_view cell = raw(row, column);
  if (cell.empty()) return {};
  std::string text = cleaned_text(cell, repairs_);
  const std::string folded = folded_name(text);
  const bool nothing =
      folded.empty() || std::ranges::find(mapping_->nothing, folded) != mapping_->nothing.end();
  return nothing ? std::string() : text;
}

std::string RowEvents::text(const CellRow& row, const Template& pattern) {
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
    const std::string cell = text(row, piece.column);
    if (cell.empty()) whole = false;
    to += cell;
  }
  end_group();
  Repairs ignored;  // of cells that vanished
  return cleaned_text(all, ignored);
}

/// As EDTF; empty where there is none, or none that is understood.
std::string RowEvents::date(const CellRow& row, const Column& column) {
  const std::string cell = text(row, column);
  if (cell.empty()) return {};
  auto edtf = date_of_cell(cell, mapping_->dates, repairs_);
  if (edtf) return *edtf;
  wrong(column, edtf.error().what, cell, edtf.error().remedy);
  return {};
}

std::vector<std::string> RowEvents::values(const CellRow& row, const Mapping::Values& values) {
  return divided(text(row, values.column), values.separator);
}

void RowEvents::wrong(const Column& column, std::string what, std::string value,
                      std::string remedy) {
  const auto found = index_.find(&column);
  row_->problems.push_back({found == index_.end() ? std::string() : headers_[found->second],
                            std::move(what), std::move(value), std::move(remedy)});
}

std::string RowEvents::key_of(const CellRow& row) {
  std::string key;
  for (const Column& column : mapping_->key) {
    Repairs ignored;
    const std::string part = cleaned_text(raw(row, column), ignored);
    if (!part.empty()) key += (key.empty() ? "" : ":") + part;
  }
  return key;
}

std::string RowEvents::subject_of(const CellRow& row, const std::string& key) {
  std::string slug = mapping_->slug.empty() ? std::string() : slug_of(text(row, mapping_->slug));
  if (slug.empty()) slug = slug_of(key);
  return slug.empty() ? std::string() : mapping_->kind + "/" + slug;
}

bool RowEvents::is_skipped(const CellRow& row) {
  return std::ranges::any_of(mapping_->skips, [&](const Mapping::Skip& skip) {
    const std::string cell = folded_name(raw(row, skip.column));
    return std::ranges::find(skip.is, cell) != skip.is.end();
  });
}

std::string RowEvents::known_of(const CellRow& row) {
  return date(row, mapping_->known_column);
}

void RowEvents::fill(const CellRow& row, const std::string& key, const std::string& subject,
                     const Known& known, ImportRow& to) {
  row_ = &to;
  key_ = key;
  common_ = {};
  common_.source = mapping_->source;
  common_.subject = subject;
  common_.known = known.day;
  common_.known_precision = known.precision;
  common_.sources = sources(row);
  for (Source& source : common_.sources) source.published = to_string(known);
  add_description(row);
  add_status(row);
  add_dated(row);
  add_quantities(row);
  for (Exchanged& each : to.events) each.event = normalized(std::move(each.event));
}

std::vector<Source> RowEvents::sources(const CellRow& row) {
  Source source;
  source.publisher = mapping_->publisher;
  source.note = mapping_->licence;
  std::vector<std::string> urls;
  if (!mapping_->url.empty()) urls.push_back(text(row, mapping_->url));
  for (const Mapping::Values& each : mapping_->urls)
    std::ranges::move(values(row, each), std::back_inserter(urls));
  std::erase(urls, "");
  std::vector<Source> sources;
  for (std::string& url : urls) {
    source.url = std::move(url);
    sources.push_back(source);
  }
  source.url.clear();
  if (sources.empty() && !source.publisher.empty()) sources.push_back(source);
  return sources;
}

/// Null where the row tells of that already, perhaps without its date.
Event* RowEvents::add(const std::string& what, const std::string& type, std::string occurred) {
  const std::string id = key_ + "/" + what;
  for (Exchanged& each : row_->events) {
    if (each.event.id != id) continue;
    if (each.event.occurred.empty()) each.event.occurred = std::move(occurred);
    return nullptr;
  }
  Event& event = row_->events.emplace_back(Exchanged{common_, {}, {}}).event;
  event.id = id;
  event.type = type;
  event.occurred = std::move(occurred);
  return &event;
}

void RowEvents::add_description(const CellRow& row) {
  Description description;
  description.kind = mapping_->description_kind;
  add_names(row, description);
  description.region = text(row, mapping_->region);
  add_coordinates(row, description);
  add_country(row, description);
  for (const Mapping::Values& each : mapping_->sectors)
    for (std::string& sector : values(row, each))
      description.sectors.emplace_back(std::move(sector));
  add_partners(row, description);
  for (const Mapping::Identifier& each : mapping_->identifiers)
    if (std::string id = text(row, each.column); !id.empty())
      description.identifiers.push_back({each.scheme, std::move(id)});
  if (const std::string_view geometry = raw(row, mapping_->geometry); !geometry.empty())
    description.geometry = geometry;
  add("described", "described", {})->description = std::move(description);
}

void RowEvents::add_names(const CellRow& row, Description& description) {
  for (const auto& [language, pattern] : mapping_->names)
    if (std::string name = text(row, pattern); !name.empty())
      set(description.names, language, std::move(name));
  for (const Mapping::Values& each : mapping_->other_names)
    for (std::string& name : values(row, each))
      description.other_names.emplace_back(std::move(name));
}

void RowEvents::add_coordinates(const CellRow& row, Description& description) {
  std::string latitude = text(row, mapping_->latitude);
  std::string longitude = text(row, mapping_->longitude);
  if (const std::string both = text(row, mapping_->coordinates); !both.empty()) {
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
    auto number = amount_of_cell(cell.empty() ? "?" : cell, 0, repairs_);
    if (number && number->bound == Bound::exact && !number->percent) to = std::move(number->value);
    return !to.empty();
  };
  if (!degrees(latitude, description.latitude) || !degrees(longitude, description.longitude))
    wrong(mapping_->latitude, "these are no coordinates", latitude + ", " + longitude,
          "write decimal degrees in both, or in neither");
}

void RowEvents::add_country(const CellRow& row, Description& description) {
  const std::string name = text(row, mapping_->country);
  if (name.empty()) return;
  const auto said = mapping_->countries.find(folded_name(name));
  const auto code = said != mapping_->countries.end() ? said->second : country_code(name);
  if (code)
    description.country = *code;
  else
    wrong(mapping_->country, "the country is not known", name,
          "give its ISO 3166 code in the mapping, under [countries]; \"\" for none");
}

void RowEvents::add_partners(const CellRow& row, Description& description) {
  for (const Mapping::Partner& each : mapping_->partners)
    for (const std::string& partner : divided(text(row, each.column), each.separator))
      description.partners.push_back(partner_of(partner, each.role, repairs_));
}

void RowEvents::add_status(const CellRow& row) {
  const Mapping::Status& status = mapping_->status;
  const std::string word = text(row, status.column);
  if (word.empty()) return;
  const std::string folded = folded_name(word);
  const auto date_of = [&](const std::string& type) {
    const auto column = status.dates.find(type);
    return column == status.dates.end() ? std::string() : date(row, column->second);
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

void RowEvents::add_dated(const CellRow& row) {
  const auto id_of = [](const Mapping::Milestone& milestone) {
    return milestone.part.empty() ? milestone.type : milestone.type + "/" + milestone.part;
  };
  for (const Mapping::Milestone& each : mapping_->milestones)
    if (std::string day = date(row, each.date); !day.empty())
      if (Event* event = add(id_of(each), each.type, std::move(day))) event->part = each.part;
  for (const Mapping::Milestone& each : mapping_->plans)
    if (std::string day = date(row, each.date); !day.empty())
      if (Event* event = add("plan/" + id_of(each), each.type, std::move(day))) {
        event->part = each.part;
        event->modality = Modality::planned;
      }
}

void RowEvents::add_quantities(const CellRow& row) {
  for (const Mapping::Quantity& each : mapping_->quantities) {
    const std::string cell = text(row, each.column);
    if (cell.empty()) continue;
    auto amount = amount_of_cell(cell, mapping_->decimal, repairs_);
    if (!amount) {
      wrong(each.column, amount.error().what, cell, amount.error().remedy);
      continue;
    }
    Quantity quantity{each.measure, std::move(amount->value), each.unit, amount->bound};
    quantity.upper = std::move(amount->upper);
    quantity.accrual = each.accrual;
    quantity.period = each.period.empty() ? date(row, each.period_column) : each.period;
    if (quantity.unit.empty() && amount->percent) quantity.unit = "percent";
    std::string id = (each.planned ? "plan/" : "") + each.measure;
    if (!quantity.period.empty()) id += "/" + quantity.period;
    if (!each.part.empty()) id += "/" + each.part;
    if (Event* event = add(id, each.type, {})) {
      event->part = each.part;
      if (each.planned) event->modality = Modality::planned;
      event->quantities.push_back(std::move(quantity));
    }
  }
}

}  // namespace solnoma
