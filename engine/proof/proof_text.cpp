#include "engine/proof_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>

#include "engine/proof/base64.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kHead = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::size_t kMost = 4 << 20;
constexpr std::size_t kMostHashes = 63;

std::unexpected<Error> wrong_proof(std::size_t line, std::string what) {
  return at(fmt::format("line {}", line),
            Error{Errc::invalid, std::move(what), {}, "give the file as 'solnoma prove' wrote it"});
}

}  // namespace

std::string to_string(const ProofText& text) {
  const Position position = from_record(text.proof.record).value().position;
  std::string out = fmt::format("{}\n{}{}\n{}{}\n", kHead, kExtra, to_base64(text.proof.record),
                                kIndex, position.value - 1);
  for (const Hash& hash : text.proof.path) out += to_base64(bytes_of(hash)) + "\n";
  return out + "\n" + to_string(text.note);
}

Result<ProofText> proof_text_from(std::string_view text) {
  if (text.size() > kMost) return wrong_proof(1, "the file is too large for a proof");
  ProofText result;
  std::size_t number = 0;
  const auto next_line = [&]() -> std::string_view {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
  };
  if (next_line() != kHead) return wrong_proof(number, "the file is not a proof");

  const std::string_view extra = next_line();
  auto record = extra.starts_with(kExtra) ? from_base64(extra.substr(kExtra.size()))
                                          : Result<std::string>(fail(Errc::invalid, ""));
  const auto event = record ? from_record(*record) : std::unexpected(record.error());
  if (!event) return wrong_proof(number, "the record of the event is missing or damaged");

  const std::string_view index = next_line();
  if (index != fmt::format("{}{}", kIndex, event->position.value - 1))
    return wrong_proof(number, "the index is not that of the event's position");

  for (std::string_view line = next_line(); !line.empty(); line = next_line()) {
    const auto bytes = from_base64(line);
    if (!bytes || bytes->size() != sizeof(Hash) || result.proof.path.size() == kMostHashes)
      return wrong_proof(number, "this is no hash of a path");
    std::memcpy(result.proof.path.emplace_back().data(), bytes->data(), sizeof(Hash));
  }
  auto note = head_note_from(text);
  if (!note) return at("the head", note.error());
  result.proof.record = std::move(*record);
  result.proof.head = note->head;
  result.note = std::move(*note);
  return result;
}

}  // namespace solnoma
