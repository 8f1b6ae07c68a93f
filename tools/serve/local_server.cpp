#include "tools/serve/local_server.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <utility>

#include "tools/io/http.hpp"
#include "tools/io/json_values.hpp"
#include "tools/io/output_file.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/serve/hmac.hpp"
#include "tools/serve/random_hex.hpp"

namespace solnoma {
namespace {

std::string file_of(const std::string& store) {
  return store + "/server.json";
}

/// Which directory it is: a copy is another one.
std::string identity_of(const std::string& store) {
  struct stat status{};
  if (::stat(store.c_str(), &status) != 0) return {};
  return fmt::format("{}:{}", status.st_dev, status.st_ino);
}

/// Whether nobody else can have written it, or can read it.
bool is_ours_alone(const std::string& file) {
  constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
  struct stat status{};
  return ::stat(file.c_str(), &status) == 0 && (status.st_mode & kOthers) == 0 &&
         (status.st_uid == ::getuid() || ::getuid() == 0);
}

}  // namespace

Announcement::Announcement(std::string file) : file_(std::move(file)) {}
Announcement::Announcement(Announcement&& other) noexcept
    : file_(std::exchange(other.file_, std::string())) {}
Announcement::~Announcement() {
  if (!file_.empty()) (void)std::remove(file_.c_str());
}

Try<Announcement> Announcement::of(const std::string& store, const LocalServer& server) {
  const std::string file = file_of(store);
  auto output = OutputFile::open(file, OutputFile::Readers::owner);
  if (!output) return refuse(output);
  JsonWriter json;
  json.begin_object();
  json.key("url").text(server.url);
  json.key("token").text(server.token);
  json.key("directory").text(identity_of(store));
  json.end_object();
  output->output().line(std::string(json.text()));
  if (auto ok = output->finish(); !ok) return refuse(ok);
  return Announcement(file);
}

std::string proof_of(std::string_view token, std::string_view challenge) {
  return to_hex(hmac_sha256(token, challenge));
}

std::optional<LocalServer> find_local_server(const std::string& store) {
  const std::string file = file_of(store);
  if (!is_ours_alone(file)) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  rapidjson::Document json;
  json.Parse(text.str().c_str());
  if (json.HasParseError() || !json.IsObject()) return std::nullopt;
  if (member_text(json, "directory") != identity_of(store)) return std::nullopt;
  LocalServer server{member_text(json, "url"), member_text(json, "token")};
  constexpr std::chrono::seconds kPatience{5};
  constexpr long kAlive = 200;
  const std::string challenge = random_hex(16);
  const auto alive = call({.url = server.url + "/livez",
                           .headers = {fmt::format("{}: {}", kChallenge, challenge)},
                           .patience = kPatience,
                           .most = 1'000,
                           .direct = true});
  if (!alive || alive->status != kAlive ||
      alive->header(kProof) != proof_of(server.token, challenge))
    return std::nullopt;
  return server;
}

}  // namespace solnoma
