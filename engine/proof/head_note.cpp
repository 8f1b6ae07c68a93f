#include "engine/head_note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "engine/base/check.hpp"
#include "engine/proof/base64.hpp"
#include "engine/proof/key_id.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kSignature = "\u2014 ";  // an em dash begins each signature's line

/// Type 1 is Ed25519.
std::string signature_id(std::string_view name, const PublicKey& key) {
  return key_id(name, "\x01", key.raw());
}

std::unexpected<Error> wrong_note(std::size_t line, std::string what) {
  return at(fmt::format("line {}", line),
            Error{Errc::invalid, std::move(what), {}, "give the file as 'solnoma sign' wrote it"});
}

/// Takes a line and its end off `text`; nothing where no line's end is left.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

bool is_origin(std::string_view name) {
  return !name.empty() && std::ranges::none_of(name, [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '+' || c == '\x7f';
  });
}

HeadNote note_of(const TreeHead& head, std::string_view origin) {
  SOLNOMA_CHECK(is_origin(origin));
  return {std::string(origin),
          head,
          fmt::format("{}\n{}\n{}\n", origin, head.position.value, to_base64(bytes_of(head.root))),
          {}};
}

void sign(HeadNote& note, const PrivateKey& key) {
  note.signatures.push_back(
      {note.origin, signature_id(note.origin, key.public_key()) + key.sign(note.body)});
}

std::string to_string(const HeadNote& note) {
  std::string text = note.body;
  if (!note.signatures.empty()) text += '\n';
  for (const auto& [name, bytes] : note.signatures)
    text += fmt::format("{}{} {}\n", kSignature, name, to_base64(bytes));
  return text;
}

Result<HeadNote> head_note_from(std::string_view text) {
  constexpr std::size_t kMost = 64 << 10;
  if (text.size() > kMost) return wrong_note(1, "the file is too large for a head");
  HeadNote note;
  std::string_view rest = text;
  const auto origin = take_line(rest);
  if (!origin || !is_origin(*origin)) return wrong_note(1, "the name of the log is missing");
  note.origin = *origin;

  const auto position = take_line(rest);
  const char* const end = position ? position->data() + position->size() : nullptr;
  if (!position || position->empty() || position->front() == '+' ||
      (position->size() > 1 && position->front() == '0') ||
      std::from_chars(position->data(), end, note.head.position.value).ptr != end ||
      note.head.position > kNewest)
    return wrong_note(2, "the position is not a number");

  const auto digits = take_line(rest);
  const auto root = digits ? from_base64(*digits) : Result<std::string>();
  if (!digits || !root || root->size() != note.head.root.size())
    return wrong_note(3, "the hash is not 32 bytes in base64");
  std::memcpy(note.head.root.data(), root->data(), root->size());

  std::size_t number = 3;
  std::optional<std::string_view> line;
  while ((line = take_line(rest)) && !line->empty()) ++number;
  const std::size_t signatures = line ? 1 : 0;  // the empty line before them
  note.body = text.substr(0, text.size() - rest.size() - signatures);
  if (!line && !rest.empty()) return wrong_note(number + 1, "the last line has no end");
  for (++number; !rest.empty();) {
    ++number;
    line = take_line(rest);
    const std::size_t space = line ? line->rfind(' ') : std::string_view::npos;
    if (!line || !line->starts_with(kSignature) || space < kSignature.size())
      return wrong_note(number, "this is no signature");
    auto bytes = from_base64(line->substr(space + 1));
    if (!bytes || bytes->size() <= kKeyIdSize)
      return wrong_note(number, "the signature is not base64");
    note.signatures.push_back(
        {std::string(line->substr(kSignature.size(), space - kSignature.size())),
         std::move(*bytes)});
  }
  return note;
}

Result<void> check(const HeadNote& note, const PublicKey& key) {
  bool by_key = false;
  for (const auto& [name, bytes] : note.signatures) {
    if (!bytes.starts_with(signature_id(name, key))) continue;
    by_key = true;
    if (key.verifies(note.body, std::string_view(bytes).substr(kKeyIdSize))) return {};
  }
  return by_key ? fail(Errc::invalid, "the signature does not fit what is signed",
                       "the head was changed after it was signed")
                : fail(Errc::invalid, "the head is not signed with this key",
                       "give the public key of who signed it");
}

}  // namespace solnoma
