#include "tools/serve/importing.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/proof/sha256.hpp"
#include "events/text/quote.hpp"
#include "events/text/utf8.hpp"
#include "tools/import/tool_source.hpp"
#include "tools/io/output_file.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/serve/asked_zone.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_run.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 8> kTaken{"check",   "set-aside", "known",    "source",
                                                 "dataset", "snapshot",  "vanished", "undo"};

/// A directory of its own for the files of one request, which goes with it.
class Desk {
 public:
  /// Below `room`, which is made where it is not there.
  explicit Desk(const std::string& room) {
    constexpr mode_t kOwner = 0700;
    std::string pattern = room + "/XXXXXX";
    const bool there = ::mkdir(room.c_str(), kOwner) == 0 || errno == EEXIST;
    if (there && mkdtemp(pattern.data()) != nullptr) directory_ = pattern;
  }
  ~Desk() {
    std::error_code error;
    if (!directory_.empty()) std::filesystem::remove_all(directory_, error);
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  [[nodiscard]] Try<std::string> put(const std::string& name, std::string_view content) const {
    if (directory_.empty())
      return refuse(Result<void>(fail(Errc::io, "there is no room for the file",
                                      "look after the disk that holds the store")));
    const std::string path = directory_ + "/" + name;
    auto file = OutputFile::open(path, OutputFile::Readers::owner);
    if (!file) return refuse(file);
    file->output().write(content);
    if (auto ok = file->finish(); !ok) return refuse(ok);
    return path;
  }
  /// A text without the directory before names of files in it.
  [[nodiscard]] std::string without(std::string text) const {
    if (directory_.empty()) return text;
    const std::string prefix = directory_ + "/";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at))
      text.erase(at, prefix.size());
    return text;
  }

 private:
  std::string directory_;
};

/// "parks.csv": of what a client calls its file no more than that, and its end where it is long.
std::string file_name(std::string_view told) {
  constexpr std::size_t kMost = 100;
  constexpr std::uint32_t kDelete = 0x7f;
  std::vector<std::string_view> characters;
  for (std::string_view rest = told.substr(told.find_last_of("/\\") + 1); !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    if (point.size != 0 && point.value >= ' ' && point.value != kDelete)
      characters.push_back(rest.substr(0, point.size));
    rest.remove_prefix(std::max<std::size_t>(point.size, 1));
  }
  std::string name;
  while (!characters.empty() && name.size() + characters.back().size() <= kMost) {
    name.insert(0, characters.back());
    characters.pop_back();
  }
  while (name.starts_with('.') || name.starts_with('-')) name.erase(0, 1);
  return name.empty() ? "file" : name;
}

bool was_overtaken(const Outcome& done) {
  return !done && done.error().error.advice == Advice::look_again;
}

/// Where it stands what an import has recorded; 0: it has recorded nothing.
struct Stretch {
  Position first{0}, last{0};
};

/// What tells of an import names its content and where it begins. Others may have recorded before
/// it, and behind it.
Result<Stretch> imported_since(const Log& log, Position before, std::string_view content) {
  constexpr std::size_t kDigits = 12;
  const std::string told = fmt::format("import-{}-", to_hex(sha256({content})).substr(0, kDigits));
  Stretch own;
  auto read = log.read(log.head(), Direction::backwards, [&](const RecordedEvent& event) {
    if (event.position <= before) return false;
    if (event.source != kToolSource || !event.id.starts_with(told)) return true;
    const std::string_view first = event.id.substr(told.size());
    (void)std::from_chars(first.data(), first.data() + first.size(), own.first.value);
    own.last = event.position;
    return false;
  });
  if (!read) return std::unexpected(read.error());
  return own;
}

Result<Stretch> undone_since(const Log& log, Position before) {
  Stretch own;
  auto read = log.read(log.head(), Direction::backwards, [&](const RecordedEvent& event) {
    if (event.position <= before) return false;
    if (event.source != kToolSource || !event.id.starts_with("undo-")) return true;
    own.first = event.position;
    if (own.last.value == 0) own.last = event.position;
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return own;
}

/// What a command wrote before it refused, as the member `said` of the problem.
void add_said(HttpAnswer& problem, const std::string& said) {
  if (said.empty()) return;
  JsonWriter json;
  json.text(said);
  std::string body = *problem.body;
  body.insert(body.find_last_of('}'), fmt::format(",\"said\":{}", json.text()));
  problem.say(std::move(body));
}

}  // namespace

Importing::Importing(const Context& world, Journal& journal, std::mutex& trials,
                     const ProgramDescription& program, RunCommand run)
    : world_(world),
      journal_(journal),
      trials_(trials),
      program_(program),
      run_(std::move(run)),
      room_(world.store + "/importing") {
  std::error_code ignored;
  std::filesystem::remove_all(room_, ignored);
}

std::span<const std::string_view> Importing::options() {
  return kTaken;
}

HttpAnswer Importing::run(const HttpRequest& request, const Grant& grant, const Viewer& viewer) {
  if (!grant.may(Scope::record)) return not_permitted(grant, Scope::record);
  if (!grant.subjects.empty())
    return problem_answer(403, "a file may tell of any subject, and the token is for some",
                          "ask for one that is for all");
  const CommandDescription& command = *program_.find("import");
  // Each of its own: a file may have any name.
  const Desk desk(room_);
  const Desk mapping_desk(room_);
  const auto without_desks = [&](std::string text) {
    return desk.without(mapping_desk.without(std::move(text)));
  };
  std::vector<std::string> words{"import"};
  std::string_view content = request.body;
  bool undo = false;
  const auto use_mapping = [&](std::string_view mapping) {
    const auto map = mapping_desk.put("mapping.toml", mapping);
    if (map) words.push_back("--map=" + *map);
    return map;
  };
  for (const auto& [name, value] : request.query) {
    if (name == "name" || name == kZoneOption) continue;
    if (name == "map") {
      if (const auto map = use_mapping(value); !map) return problem_answer(map.error());
      continue;
    }
    if (name == "map-bytes") {
      std::size_t bytes = 0;
      const auto read = std::from_chars(value.data(), value.data() + value.size(), bytes);
      if (read.ec != std::errc{} || read.ptr != value.data() + value.size() ||
          bytes > content.size())
        return problem_answer(
            400,
            fmt::format("map-bytes is '{}', of a body of {} bytes", clipped(value), content.size()),
            "say how many bytes of the body are the mapping, before the file");
      if (const auto map = use_mapping(content.substr(0, bytes)); !map)
        return problem_answer(map.error());
      content.remove_prefix(bytes);
      continue;
    }
    const OptionDescription* const known = find_option(command.options, "--" + name);
    if (known == nullptr || std::ranges::find(kTaken, name) == kTaken.end())
      return problem_answer(
          400, fmt::format("'{}' is no option of an import by HTTP", clipped(name)),
          "it takes name, map (the mapping itself) or map-bytes, check, set-aside, known, "
          "source, dataset, snapshot, vanished and undo");
    undo = undo || name == "undo";
    const bool flag = known->type.empty();
    if (flag ? value != "false" : !value.empty())
      words.push_back(flag ? "--" + name : fmt::format("--{}={}", name, value));
  }
  if (!undo) {
    if (content.empty()) return problem_answer(400, "the file is empty", "send it as the body");
    const auto file = desk.put(file_name(request.asked("name").value_or("")), content);
    if (!file) return problem_answer(file.error());
    words.emplace_back("--");
    words.push_back(*file);
  }

  const std::lock_guard alone(trials_);
  const Position before = journal_.log().head();
  const auto run_once = [&] {
    return run_served(world_, viewer, run_, words, [&](Context& context) {
      context.asker = Asker{grant.name, [](std::string_view) { return true; }, false};
      context.served_journal = &journal_;
    });
  };
  // Others record while a large file is tried: then it is decided anew, behind what they recorded.
  constexpr int kTries = 3;
  ServedRun ran = run_once();
  for (int i = 1; i < kTries && was_overtaken(ran.done); ++i) ran = run_once();
  const std::string said = without_desks(ran.said);
  const std::string notes = without_desks(ran.notes);
  HttpAnswer answer;
  if (!ran.done) {
    Failure failure = ran.done.error();
    failure.error.where = without_desks(failure.error.where);
    failure.error.what = without_desks(failure.error.what);
    failure.error.remedy = without_desks(failure.error.remedy);
    answer = problem_answer(failure);
    // What a check says stands in the answer, though it ends in a refusal.
    add_said(answer, said);
    add_notes(answer, notes);
    return answer;
  }
  const auto own =
      undo ? undone_since(journal_.log(), before) : imported_since(journal_.log(), before, content);
  if (!own) return problem_answer(http_status(own.error().code), own.error());
  const bool recorded = own->last.value > 0;
  answer.status = recorded ? 201U : 200U;
  answer.headers = {{"Cache-Control", "no-store"}};
  if (recorded) answer.headers.emplace_back("Solnoma-First", fmt::format("{}", own->first.value));
  answer.headers.emplace_back(
      "Solnoma-Position",
      fmt::format("{}", recorded ? own->last.value : journal_.log().head().value));
  answer.say(said);
  add_notes(answer, notes);
  return answer;
}

}  // namespace solnoma
