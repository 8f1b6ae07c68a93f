#include "tools/import/standards/ocds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/event_type.hpp"
#include "events/validate.hpp"
#include "tools/import/standards/json_parts.hpp"
#include "tools/import/standards/ocds_facts.hpp"
#include "tools/import/standards/ocds_merge.hpp"
#include "tools/import/standards/retelling.hpp"
#include "tools/import/standards/unpacked.hpp"

namespace solnoma {
namespace {

using rapidjson::Document;
using rapidjson::Value;

constexpr const char* kReleases = "releases";
constexpr const char* kRecords = "records";

std::string text_of(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() && found->value.IsString() ? found->value.GetString() : "";
}

/// One file.
struct Package {
  FileContent file;  // the tree's slices are views of it
  JsonTree tree;
  JsonPackage told;
  JsonReading reading = {};
};

/// One release, and where it stands.
struct Release {
  const Package* package = nullptr;
  const Value* value = nullptr;    // the release; null where it is a version
  const Value* version = nullptr;  // the versioned release
  std::string ocid, date, id;
  std::size_t line = 1;
  std::size_t entry = 0;
  std::string_view original;
  std::string path = kReleases;
};

/// A contracting process as far as its releases have been read.
struct Process {
  Document merged;
  Retelling retelling;
  std::map<std::string, std::size_t> left_out;
};

class OcdsReader : public RowReader {
 public:
  OcdsReader(std::vector<std::unique_ptr<Package>> packages, ReadOptions options)
      : packages_(std::move(packages)), options_(std::move(options)) {
    for (const auto& package : packages_) {
      const JsonNode root(package->tree.root(), {}, package->reading);
      package->told = read_package(root, repairs_);
      for (const Problem& problem : package->reading.problems)
        remarks_.push_back(fmt::format("{}: {}", problem.field, solnoma::text_of(problem)));
      collect(*package);
    }
    std::ranges::stable_sort(releases_, {}, &Release::date);
  }

  Result<bool> next(ImportRow& row) override {
    row = {};
    if (next_ == releases_.size()) return false;
    const Release& release = releases_[next_++];
    row.line = release.line;
    row.entry = release.entry;
    row.original = release.original;
    read(release, row);
    return true;
  }

  [[nodiscard]] ReadNotes notes() const override {
    ReadNotes notes;
    notes.repaired.insert(repairs_.counts().begin(), repairs_.counts().end());
    for (const auto& [ocid, process] : processes_)
      for (const auto& [path, count] : process.left_out) notes.left_out[path] += count;
    notes.remarks = remarks_;
    notes.remarks.insert(notes.remarks.end(), subjects_.remarks().begin(),
                         subjects_.remarks().end());
    return notes;
  }

  [[nodiscard]] std::string rejects_head() const override {
    const Value& root = packages_.front()->tree.root();
    return package_head(root, root.HasMember(kRecords) ? kRecords : kReleases);
  }
  [[nodiscard]] std::string reject(const std::string& original,
                                   const std::vector<Problem>& problems,
                                   const std::string& place) const override {
    return package_row(original, problems, place);
  }
  [[nodiscard]] std::string rejects_tail() const override { return std::string(kPackageTail); }
  [[nodiscard]] std::string stated_date() const override {
    return packages_.front()->told.published;
  }

 private:
  void add(Release release) {
    release.entry = ++entries_;
    releases_.push_back(std::move(release));
  }

  void add_release(const Package& package, const Value& value, const JsonTree::Slice& slice,
                   const char* path) {
    Release release;
    release.package = &package;
    release.value = &value;
    release.line = slice.line;
    release.original = slice.text;
    release.path = path;
    if (value.IsObject()) {
      release.ocid = text_of(value, "ocid");
      release.date = text_of(value, "date");
      release.id = text_of(value, "id");
    }
    add(std::move(release));
  }

  void collect(const Package& package) {
    const Value& root = package.tree.root();
    const JsonTree::Slice whole{1, package.file.bytes()};
    const bool has_releases = root.HasMember(kReleases) && root[kReleases].IsArray();
    if (root.HasMember("ocid") && has_releases) return collect_record(package, root, whole);
    if (root.HasMember("ocid")) return add_release(package, root, whole, "");
    const char* const list = has_releases ? kReleases : kRecords;
    const auto& slices = package.tree.slices(list);
    std::size_t objects = 0;
    for (const Value& each : root[list].GetArray()) {
      const JsonTree::Slice slice = each.IsObject() ? slices[objects++] : JsonTree::Slice{1, {}};
      if (has_releases || !each.IsObject())
        add_release(package, each, slice, list);
      else
        collect_record(package, each, slice);
    }
  }

  void collect_record(const Package& package, const Value& record, const JsonTree::Slice& slice) {
    const auto member = [&](const char* name) -> const Value* {
      const auto found = record.FindMember(name);
      return found != record.MemberEnd() ? &found->value : nullptr;
    };
    const Value* const releases = member(kReleases);
    const bool embedded = releases != nullptr && releases->IsArray() && !releases->Empty() &&
                          std::ranges::all_of(releases->GetArray(), [](const Value& each) {
                            return each.IsObject() && each.HasMember("ocid");
                          });
    if (embedded) {
      for (const Value& each : releases->GetArray())
        add_release(package, each, slice, "records/releases");
      return;
    }
    const Value* const versioned = member("versionedRelease");
    if (versioned != nullptr && versioned->IsObject()) {
      for (auto& [date, id] : versions_of(*versioned)) {
        Release release;
        release.package = &package;
        release.version = versioned;
        release.ocid = text_of(*versioned, "ocid");
        if (release.ocid.empty()) release.ocid = text_of(record, "ocid");
        release.date = date;
        release.id = id;
        release.line = slice.line;
        release.original = slice.text;
        release.path = "records/versionedRelease";
        add(std::move(release));
      }
      return;
    }
    const Value* const compiled = member("compiledRelease");
    add_release(package, compiled != nullptr ? *compiled : record, slice,
                compiled != nullptr ? "records/compiledRelease" : kRecords);
  }

  void read(const Release& release, ImportRow& row) {
    const JsonPackage& package = release.package->told;
    const auto wrong = [&](const char* field, std::string what, std::string value,
                           std::string remedy) {
      const std::string path = release.path + (release.path.empty() ? "" : "/") + field;
      row.problems.push_back({path, std::move(what), std::move(value), std::move(remedy)});
    };
    if (release.value != nullptr && !release.value->IsObject())
      return wrong("", "a release must be an object {…}", {}, "look at what wrote it");
    if (release.ocid.empty())
      return wrong("ocid", "the release has no ocid", {}, "give it that of its process");
    const auto date = date_of_standard(release.date);
    const auto known = known_from_text(date.value_or(""));
    if (!known)
      wrong("date", release.date.empty() ? "the release has no date" : "the date is not understood",
            release.date, "write it as in 2024-05-31T00:00:00Z");
    const std::string& source = options_.source.empty() ? package.source : options_.source;
    if (source.empty())
      wrong("", "nothing says whose data it is", {},
            "give the package its uri, or name a source for all of it");
    if (!row.problems.empty()) return;

    Telling telling;
    telling.key = release.ocid;
    telling.subject = subjects_.of(release.ocid);
    telling.source = source;
    telling.known = *known;
    telling.sources = {package.citation};
    tell(release, std::move(telling), row);
  }

  /// What a row tells counts only where it has no problem: else the next one tells it.
  void tell(const Release& release, Telling telling, ImportRow& row) {
    Process& process = processes_[release.ocid];
    Document merged = release.value != nullptr
                          ? merged_release(process.merged, *release.value, ocds_merge_rules())
                          : version_at(*release.version, release.date);
    JsonReading reading;
    const JsonNode node(merged, release.path, reading);
    for (const char* known : {"ocid", "id", "date", "tag", "initiationType"}) node[known].use();
    std::vector<Event> facts = OcdsFacts(repairs_).of(node, telling);
    Event retraction;
    retraction.source = telling.source;
    retraction.subject = telling.subject;
    retraction.known = telling.known.day;
    retraction.known_precision = telling.known.precision;
    retraction.sources = telling.sources;
    for (const Event& fact : facts)
      if (const auto ok = validate(fact); !ok) reading.problems.push_back(problem_of(ok.error()));
    row.problems = std::move(reading.problems);
    if (!row.problems.empty()) return;
    const std::string version = release.id.empty() ? release.date : release.id;
    for (Event& event : process.retelling.next(std::move(facts), version, retraction))
      row.events.push_back({std::move(event), {}, {}});
    process.left_out.clear();
    count_unread(merged, release.path, reading, process.left_out);
    process.merged = std::move(merged);
  }

  std::vector<std::unique_ptr<Package>> packages_;
  ReadOptions options_;
  std::vector<Release> releases_;
  std::map<std::string, Process> processes_;
  ProjectSubjects subjects_;
  Repairs repairs_;
  std::vector<std::string> remarks_;
  std::size_t entries_ = 0;
  std::size_t next_ = 0;
};

bool is_ocds(const Value& root) {
  if (!root.IsObject()) return false;
  for (const char* list : {kReleases, kRecords})
    if (root.HasMember(list) && root[list].IsArray()) return true;
  return root.HasMember("ocid");
}

}  // namespace

Result<std::unique_ptr<RowReader>> open_ocds_files(std::span<const FileContent> files,
                                                   const ReadOptions& options) {
  std::vector<std::unique_ptr<Package>> packages;
  for (const FileContent& file : files) {
    auto plain = plain_content(file);
    if (!plain) return std::unexpected(plain.error());
    auto tree = JsonTree::parse(plain->bytes());
    if (!tree) return at(file.name(), tree.error());
    if (!is_ocds(tree->root()))
      return at(file.name(), Error{Errc::invalid,
                                   "it is no OCDS release or record package",
                                   {},
                                   "it must have a list of releases or records, or an ocid"});
    packages.push_back(std::make_unique<Package>(
        Package{.file = std::move(*plain), .tree = std::move(*tree), .told = {}}));
  }
  if (packages.empty()) return fail(Errc::invalid, "there is no file", "name one");
  return std::make_unique<OcdsReader>(std::move(packages), options);
}

Result<std::unique_ptr<RowReader>> open_ocds(const FileContent& file, const ReadOptions& options) {
  return open_ocds_files({&file, 1}, options);
}

}  // namespace solnoma
