#include "tools/serve/webhooks/hook_folder.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

#include "events/text/quote.hpp"
#include "tools/io/directory_lock.hpp"
#include "tools/io/input.hpp"
#include "tools/io/output_file.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kEnding = ".json";
constexpr const char* kDead = "dead";
constexpr const char* kAgain = "again";

Try<std::string> text_of(const std::string& file) {
  auto input = Input::open(file);
  if (!input) return refuse(input);
  return input->rest();
}

Outcome write_text(const std::string& file, const std::string& text) {
  auto output = OutputFile::open(file, OutputFile::Readers::owner);
  if (!output) return refuse(output);
  output->output().line(text);
  return output->finish();
}

/// "52/2026-11-25" before "100/2026-11-25".
bool comes_before(const std::string& one, const std::string& other) {
  const auto position_of = [](const std::string& at) {
    std::uint64_t position = 0;
    (void)std::from_chars(at.data(), at.data() + at.size(), position);
    return position;
  };
  const std::uint64_t first = position_of(one);
  const std::uint64_t second = position_of(other);
  return first != second ? first < second : one < other;
}

/// Whether a text that somebody typed can be where a message lies, and no other file.
bool is_place(std::string_view at) {
  return !at.empty() && at.find_first_not_of("0123456789-/") == std::string_view::npos;
}

std::unexpected<Failure> no_such_letter(const std::string& at) {
  return refuse(Result<void>(fail(Errc::not_found,
                                  fmt::format("there is no dead letter of '{}'", clipped(at)),
                                  "'solnoma webhook dead NAME' shows them")));
}

Outcome make_directory(const std::string& directory) {
  if (::mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST) return {};
  return refuse(Result<void>(
      fail(Errc::io, fmt::format("cannot make {}: {}", directory, std::strerror(errno)))));
}

}  // namespace

HookFolder::HookFolder(const std::string& store, std::string_view hook_id)
    : directory_(fmt::format("{}/webhooks/{}", store, hook_id)) {}

Outcome HookFolder::make(const Checkpoint& checkpoint) const {
  const std::string above = directory_.substr(0, directory_.rfind('/'));
  for (const std::string& each :
       {above, directory_, directory_ + "/" + kDead, directory_ + "/" + kAgain})
    if (auto ok = make_directory(each); !ok) return ok;
  return write(checkpoint);
}

void HookFolder::remove() const {
  std::error_code error;
  std::filesystem::remove_all(directory_, error);
}

Try<Checkpoint> HookFolder::checkpoint() const {
  const std::string file = directory_ + "/checkpoint.json";
  auto text = text_of(file);
  if (!text) return refuse(text);
  auto checkpoint = checkpoint_from_json(*text);
  if (!checkpoint) return refuse(at(file, checkpoint.error()));
  return std::move(*checkpoint);
}

Outcome HookFolder::write(const Checkpoint& checkpoint) const {
  return write_text(directory_ + "/checkpoint.json", to_json(checkpoint));
}

std::vector<std::string> HookFolder::letters_in(const char* folder) const {
  std::vector<std::string> letters;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(fmt::format("{}/{}", directory_, folder), error)) {
    std::string at = entry.path().filename();
    if (!at.ends_with(kEnding)) continue;
    at.resize(at.size() - kEnding.size());
    std::ranges::replace(at, '_', '/');
    letters.push_back(std::move(at));
  }
  std::ranges::sort(letters, &comes_before);
  return letters;
}

std::string HookFolder::letter_file(const char* folder, std::string at) const {
  std::ranges::replace(at, '/', '_');
  return fmt::format("{}/{}/{}{}", directory_, folder, at, kEnding);
}

bool HookFolder::has_letter(const char* folder, const std::string& at) const {
  std::error_code error;
  return is_place(at) && std::filesystem::exists(letter_file(folder, at), error);
}

Try<DeadLetter> HookFolder::letter(const char* folder, const std::string& at) const {
  if (!has_letter(folder, at)) return no_such_letter(at);
  const std::string file = letter_file(folder, at);
  auto text = text_of(file);
  if (!text) return refuse(text);
  auto letter = dead_letter_from_json(*text);
  if (!letter) return refuse(solnoma::at(file, letter.error()));
  return std::move(*letter);
}

Try<DeadLetter> HookFolder::dead_letter(const std::string& at) const {
  return letter(kDead, at);
}

Try<DeadLetter> HookFolder::letter_again(const std::string& at) const {
  return letter(kAgain, at);
}

Outcome HookFolder::bury(const DeadLetter& letter) const {
  const DirectoryLock turn(directory_);
  const std::string& at = letter.message.at;
  if (auto ok = write_text(letter_file(kDead, at), to_json(letter)); !ok) return ok;
  std::error_code error;
  std::filesystem::remove(letter_file(kAgain, at), error);
  return {};
}

Outcome HookFolder::raise(const std::string& at) const {
  const DirectoryLock turn(directory_);
  if (!has_letter(kDead, at)) return no_such_letter(at);
  std::error_code error;
  std::filesystem::rename(letter_file(kDead, at), letter_file(kAgain, at), error);
  if (!error) return {};
  return refuse(Result<void>(
      fail(Errc::io, fmt::format("cannot move {}: {}", letter_file(kDead, at), error.message()))));
}

Outcome HookFolder::drop(const std::string& at) const {
  const DirectoryLock turn(directory_);
  if (!has_letter(kDead, at)) return no_such_letter(at);
  std::error_code error;
  std::filesystem::remove(letter_file(kDead, at), error);
  return {};
}

void HookFolder::settle(const std::string& at) const {
  const DirectoryLock turn(directory_);
  std::error_code error;
  std::filesystem::remove(letter_file(kAgain, at), error);
}

}  // namespace solnoma
