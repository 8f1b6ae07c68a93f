#include "tools/shared/import_files.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/base/parallel.hpp"
#include "events/event_type.hpp"
#include "tools/import/cloudevents/cloudevents_reader.hpp"
#include "tools/import/slug.hpp"
#include "tools/import/standards/iati.hpp"
#include "tools/import/standards/oc4ids.hpp"
#include "tools/import/standards/ocds.hpp"
#include "tools/import/standards/standard.hpp"
#include "tools/import/table/cells.hpp"
#include "tools/import/tool_source.hpp"
#include "tools/shared/typed_date.hpp"

namespace solnoma {
namespace {

/// A table that nobody has written a mapping for is no file of events with thousands of errors.
Result<void> check_is_events(const FileContent& file) {
  const std::string_view bytes = file.bytes();
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  constexpr std::string_view kBegins = "{[#";
  if (first == std::string_view::npos || kBegins.find(bytes[first]) != std::string_view::npos)
    return {};
  auto table = table_kind_of(file);
  if (!table) return std::unexpected(table.error());
  return at(file.name(),
            Error{Errc::invalid,
                  "it is a table, and nothing says what its columns mean",
                  {},
                  "give a mapping with --map; solnoma import --guess FILE writes one to begin "
                  "with"});
}

Result<std::unique_ptr<RowReader>> open_standard(Standard standard, const FileContent& file,
                                                 const ReadOptions& options) {
  switch (standard) {
    case Standard::oc4ids:
      return open_oc4ids(file, options);
    case Standard::ocds:
      return open_ocds(file, options);
    case Standard::iati:
      break;
  }
  return open_iati(file, options);
}

}  // namespace

void add_reading_options(Command& command, ReadingOptions& options) {
  command.option("--map", options.map, "What the columns of a table mean (CSV, XLSX, ODS, GeoJSON)",
                 "FILE");
  command.option("--known", options.known,
                 "The day on which a table was published, where neither it nor its mapping says so",
                 "DATE");
  command.option("--source", options.source, "Source of events that name none", "URI");
  command.option("--dataset", options.dataset,
                 "Name under which the log tells of the import, as dataset/NAME", "NAME",
                 "that of the mapping, or of the file");
}

Try<Reading> reading_of(ReadingOptions options, Context& context) {
  Reading reading{{.source = options.source}, options.dataset, {}, {}};
  if (auto ok = read_typed("--known", options.known, context); !ok) return refuse(ok);
  if (!options.known.empty()) {
    auto known = known_from_text(options.known);
    if (!known) return usage("--known: " + known.error().what, known.error().remedy);
    reading.read.known = *known;
  }
  if (options.map.empty()) return reading;
  auto file = open_file(options.map);
  if (!file) return refuse(file);
  auto mapping = mapping_from_toml(std::string(file->bytes()), options.map);
  if (!mapping) return refuse(mapping);
  if (reading.dataset.empty()) reading.dataset = mapping->dataset;
  reading.mapping = std::move(*mapping);
  reading.mapping_hash = to_hex(file->sha256());
  return reading;
}

Try<FileContent> open_file(const std::string& path) {
  auto file = FileContent::of(path);
  if (!file) return std::unexpected(Failure(file.error(), Exit::usage));
  return std::move(*file);
}

Result<std::unique_ptr<RowReader>> open_rows(const FileContent& file, const Reading& reading,
                                             const KnownSubjects& known_subjects) {
  if (reading.mapping) return open_table(file, *reading.mapping, reading.read, known_subjects);
  if (const auto standard = standard_of(file.bytes()))
    return open_standard(*standard, file, reading.read);
  if (auto ok = check_is_events(file); !ok) return std::unexpected(ok.error());
  return open_cloudevents(file, reading.read);
}

static Event event_of_import(const FileContent& file, const Reading& reading, Day today) {
  const std::filesystem::path path(file.name());
  const std::string name =
      reading.dataset.empty() ? slug_of(path.stem().string()) : reading.dataset;
  Event event;
  event.source = kToolSource;
  event.subject = "dataset/" + (name.empty() ? "unnamed" : name);
  event.type = event_type(kImported).name;
  event.known = today;
  const auto standard = reading.mapping ? std::nullopt : standard_of(file.bytes());
  event.import_record =
      ImportRecord{path.filename().string(), to_hex(file.sha256()),
                   standard ? std::string(solnoma::name(*standard)) : reading.mapping_hash};
  return event;
}

std::future<Event> import_event(const FileContent& file, const Reading& reading, Day today) {
  return beside([file, &reading, today] { return event_of_import(file, reading, today); });
}

Result<std::unique_ptr<RowReader>> open_together(std::span<const FileContent> files,
                                                 const Reading& reading) {
  const bool together = files.size() > 1 && !reading.mapping &&
                        std::ranges::all_of(files, [](const FileContent& file) {
                          return standard_of(file.bytes()) == Standard::ocds;
                        });
  if (!together) return nullptr;
  return open_ocds_files(files, reading.read);
}

static Event event_of_import(std::span<const FileContent> files, const Reading& reading,
                             Day today) {
  Event event = event_of_import(files.front(), reading, today);
  std::string names, sums;
  for (const FileContent& file : files) {
    names += (names.empty() ? "" : ", ") + std::filesystem::path(file.name()).filename().string();
    sums += to_hex(file.sha256()) + "  " + file.name() + "\n";
  }
  constexpr std::size_t kMostNames = 400;
  if (names.size() > kMostNames) names = names.substr(0, names.rfind(',', kMostNames)) + ", …";
  event.import_record->file = names;
  event.import_record->sha256 = to_hex(FileContent::of_text("", sums).sha256());
  return event;
}

std::future<Event> import_event(std::span<const FileContent> files, const Reading& reading,
                                Day today) {
  return beside([own = std::vector<FileContent>(files.begin(), files.end()), &reading, today] {
    return event_of_import(own, reading, today);
  });
}

}  // namespace solnoma
