#include "tools/import/standards/oc4ids.hpp"

#include <fmt/format.h>

#include <set>

#include "tools/import/standards/json_parts.hpp"
#include "tools/import/standards/oc4ids_project.hpp"
#include "tools/import/standards/unpacked.hpp"

namespace solnoma {
namespace {

constexpr const char* kProjects = "projects";

class Oc4idsReader : public RowReader {
 public:
  Oc4idsReader(FileContent file, JsonTree tree, const ReadOptions& options)
      : file_(std::move(file)), tree_(std::move(tree)) {
    const JsonNode root(tree_.root(), {}, package_reading_);
    package_ = read_package(root, repairs_);
    for (const char* required : {"version", "uri", "publishedDate", "publisher"})
      if (!root[required])
        remarks_.push_back(fmt::format("{} is missing in the package", required));
    (void)root["version"].text();
    if (!options.source.empty()) package_.source = options.source;
    if (!package_.known) package_.known = options.known;
    for (const Problem& problem : package_reading_.problems)
      remarks_.push_back(fmt::format("{}: {}", problem.field, text_of(problem)));
  }

  Result<bool> next(ImportRow& row) override {
    row = {};
    const auto& projects = tree_.root()[kProjects];
    if (next_ == projects.Size()) return false;
    const rapidjson::Value& project = projects[next_++];
    row.line = 1;
    row.entry = next_;
    JsonReading reading;
    const JsonNode node(project, kProjects, reading);
    if (project.IsObject()) {
      const JsonTree::Slice& slice = tree_.slices(kProjects)[objects_++];
      row.line = slice.line;
      row.original = slice.text;
      if (const std::string id = node["id"].id(); !id.empty() && !ids_.insert(id).second)
        node["id"].wrong("a project stands twice", id, "give each project an id of its own");
      row.events = Oc4idsProject(package_, subjects_, repairs_).events(node);
    } else {
      node.wrong("a project must be an object {…}", {}, "look at what wrote it");
    }
    row.problems = std::move(reading.problems);
    count_unread(project, kProjects, reading, left_out_);
    return true;
  }

  [[nodiscard]] ReadNotes notes() const override {
    ReadNotes notes;
    notes.repaired.insert(repairs_.counts().begin(), repairs_.counts().end());
    notes.left_out = left_out_;
    for (const auto& member : tree_.root().GetObject())
      if (std::string_view(member.name.GetString()) != kProjects)
        count_unread(member.value, member.name.GetString(), package_reading_, notes.left_out);
    notes.remarks = remarks_;
    notes.remarks.insert(notes.remarks.end(), subjects_.remarks().begin(),
                         subjects_.remarks().end());
    return notes;
  }

  [[nodiscard]] std::string rejects_head() const override {
    return package_head(tree_.root(), kProjects);
  }
  [[nodiscard]] std::string reject(const std::string& original,
                                   const std::vector<Problem>& problems,
                                   const std::string& place) const override {
    return package_row(original, problems, place);
  }
  [[nodiscard]] std::string rejects_tail() const override { return std::string(kPackageTail); }
  [[nodiscard]] std::string stated_date() const override { return package_.published; }

 private:
  FileContent file_;  // the tree's slices are views of it
  JsonTree tree_;
  JsonReading package_reading_;
  JsonPackage package_;
  ProjectSubjects subjects_;
  Repairs repairs_;
  std::set<std::string> ids_;
  std::map<std::string, std::size_t> left_out_;
  std::vector<std::string> remarks_;
  rapidjson::SizeType next_ = 0;
  std::size_t objects_ = 0;
};

}  // namespace

Result<std::unique_ptr<RowReader>> open_oc4ids(const FileContent& file,
                                               const ReadOptions& options) {
  auto plain = plain_content(file);
  if (!plain) return std::unexpected(plain.error());
  auto tree = JsonTree::parse(plain->bytes());
  if (!tree) return at(file.name(), tree.error());
  const rapidjson::Value& root = tree->root();
  if (!root.IsObject() || !root.HasMember(kProjects) || !root[kProjects].IsArray())
    return at(file.name(), Error{Errc::invalid,
                                 "it is no OC4IDS project package",
                                 {},
                                 "it must have a list of projects"});
  return std::make_unique<Oc4idsReader>(std::move(*plain), std::move(*tree), options);
}

}  // namespace solnoma
