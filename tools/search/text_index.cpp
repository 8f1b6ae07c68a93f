#include "tools/search/text_index.hpp"

#include <fmt/format.h>

#include <xapian.h>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "engine/tree_head.hpp"
#include "events/codec.hpp"
#include "tools/search/words.hpp"

namespace solnoma {
namespace {

/// Of what is written: raised, every index is made anew.
constexpr const char* kVersion = "1";
/// An event has the number of its position counted down from here, so that Xapian, which goes
/// through documents by rising numbers and may stop, meets the newest first.
constexpr Xapian::docid kFirst = 0xFFFF'FFFF;
/// So many events are taken in by one commit.
constexpr std::uint64_t kBatch = 100'000;

constexpr char kWord = 'W', kEnglish = 'E', kRussian = 'R', kUzbek = 'U';

Xapian::docid number_of(Position position) {
  return kFirst - static_cast<Xapian::docid>(position.value);
}
Position position_of(Xapian::docid number) {
  return Position{kFirst - number};
}

std::unexpected<Error> failed(const std::string& directory, const std::string& why) {
  return fail(Errc::io, fmt::format("the search index {}: {}", directory, why),
              "delete that directory: it is made again from the log");
}

void add_words(std::string_view text, Xapian::Document& document) {
  each_word(text, [&](const WordForms& forms) {
    document.add_boolean_term(kWord + forms.word);
    if (!forms.english.empty()) document.add_boolean_term(kEnglish + forms.english);
    if (!forms.russian.empty()) document.add_boolean_term(kRussian + forms.russian);
    if (!forms.uzbek.empty()) document.add_boolean_term(kUzbek + forms.uzbek);
  });
}

void add_texts(const LocalText& text, Xapian::Document& document) {
  for (const LocalPlace& each : kLocalTexts) add_words(text.*each.text, document);
  for (const TaggedText& other : text.others) add_words(other.text, document);
}

Xapian::Document document_of(const Event& event) {
  Xapian::Document document;
  add_words(event.subject, document);
  add_words(event.label, document);
  add_texts(event.title, document);
  add_texts(event.note, document);
  for (const LocalText& party : event.parties) add_texts(party, document);
  for (const Source& source : event.sources) {
    add_texts(source.publisher, document);
    add_texts(source.note, document);
  }
  if (!event.description) return document;
  const Description& described = *event.description;
  add_texts(described.names, document);
  add_texts(described.region, document);
  add_texts(described.partner, document);
  for (const LocalText& name : described.other_names) add_texts(name, document);
  for (const LocalText& sector : described.sectors) add_texts(sector, document);
  for (const Partner& partner : described.partners) add_texts(partner.name, document);
  return document;
}

/// The position up to which an index of this log reaches; none: it is of another log or version.
Result<std::optional<Position>> reach(const Xapian::Database& index, const Log& log) {
  std::optional<Position> none;
  if (index.get_metadata("version") != kVersion) return none;
  const std::string text = index.get_metadata("head");
  const auto at = text.find('@');
  std::uint64_t position = 0;
  if (at == text.npos ||
      std::from_chars(text.data() + at + 1, text.data() + text.size(), position).ec != std::errc{})
    return none;
  if (Position{position} > log.head()) return none;
  auto head = log.tree_head(Position{position});
  if (!head) return std::unexpected(head.error());
  if (to_string(*head) != text) return none;
  return std::optional(Position{position});
}

/// Says up to where it reaches, in the same commit as what it holds.
Result<void> commit(Xapian::WritableDatabase& index, const Log& log, Position upto) {
  auto head = log.tree_head(upto);
  if (!head) return std::unexpected(head.error());
  index.set_metadata("version", kVersion);
  index.set_metadata("head", to_string(*head));
  index.commit();
  return {};
}

Result<void> take_in(Xapian::WritableDatabase& index, const Log& log, Position from,
                     const Progress& progress) {
  std::optional<Error> error;
  Position last = from;
  const Position head = log.head();
  auto read = log.read(from.next(), Direction::forwards, [&](const RecordedEvent& recorded) {
    // What a newer program recorded has words that this one cannot read.
    if (const auto stored = decode(recorded))
      index.replace_document(number_of(recorded.position), document_of(stored->event));
    last = recorded.position;
    if (last.value % kBatch == 0) {
      if (auto ok = commit(index, log, last); !ok) error = ok.error();
      if (progress) progress(last);
    }
    return !error && last < head;
  });
  if (error) return std::unexpected(*error);
  if (!read) return read;
  return commit(index, log, last);
}

Xapian::Query any_form(const WordForms& forms, bool beginning) {
  std::vector<Xapian::Query> any{Xapian::Query(kWord + forms.word)};
  if (!forms.english.empty()) any.emplace_back(kEnglish + forms.english);
  if (!forms.russian.empty()) any.emplace_back(kRussian + forms.russian);
  if (!forms.uzbek.empty()) any.emplace_back(kUzbek + forms.uzbek);
  constexpr Xapian::termcount kMostEndings = 500;
  constexpr std::size_t kShortest = 3;
  if (beginning && forms.word.size() >= kShortest)
    any.emplace_back(Xapian::Query::OP_WILDCARD, kWord + forms.word, kMostEndings,
                     Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_OR);
  return {Xapian::Query::OP_OR, any.begin(), any.end()};
}

}  // namespace

struct TextIndex::Open {
  std::string directory;
  Xapian::Database index;
};

TextIndex::TextIndex(std::unique_ptr<Open> open) : open_(std::move(open)) {}
TextIndex::TextIndex(TextIndex&&) noexcept = default;
TextIndex& TextIndex::operator=(TextIndex&&) noexcept = default;
TextIndex::~TextIndex() = default;

Result<TextIndex> TextIndex::open(const std::string& directory, const Log& log,
                                  const Progress& progress) {
  if (log.head().value >= kFirst)
    return fail(Errc::unsupported, "the log has more events than a search index holds");
  if (std::filesystem::is_symlink(directory)) return failed(directory, "it is a symbolic link");
  auto open = std::make_unique<Open>();
  open->directory = directory;
  // What is up to date needs no writing.
  try {
    open->index = Xapian::Database(directory);
    auto reached = reach(open->index, log);
    if (!reached) return std::unexpected(reached.error());
    if (*reached == log.head()) return TextIndex(std::move(open));
  } catch (const Xapian::Error&) {  // missing or damaged: made below
  }
  std::optional<Xapian::WritableDatabase> writable;
  try {
    try {
      writable.emplace(directory, Xapian::DB_CREATE_OR_OPEN);
    } catch (const Xapian::DatabaseLockError&) {
      return fail(Errc::unavailable, "another process brings the search index up to date",
                  "try again when it has ended");
    } catch (const Xapian::DatabaseError&) {
      try {
        writable.emplace(directory, Xapian::DB_CREATE_OR_OVERWRITE);
      } catch (const Xapian::DatabaseError&) {  // not ours to write
        writable.emplace(std::string(), Xapian::DB_BACKEND_INMEMORY);
      }
    }
    auto reached = reach(*writable, log);
    if (!reached) return std::unexpected(reached.error());
    if (!*reached && writable->get_doccount() > 0)
      writable.emplace(directory, Xapian::DB_CREATE_OR_OVERWRITE);
    if (auto ok = take_in(*writable, log, reached->value_or(Position{0}), progress); !ok)
      return std::unexpected(ok.error());
    open->index = *writable;
  } catch (const Xapian::Error& error) {
    return failed(directory, error.get_description());
  }
  return TextIndex(std::move(open));
}

Result<void> TextIndex::find(const std::string& words,
                             const std::function<bool(Position)>& visit) const {
  std::vector<WordForms> wanted;
  each_word(words, [&](const WordForms& forms) { wanted.push_back(forms); });
  // "Visit of a delegation" is about two words; "the" alone about that one.
  const auto common = [](const WordForms& forms) { return is_common(forms.word); };
  if (!std::ranges::all_of(wanted, common)) std::erase_if(wanted, common);
  if (wanted.empty()) return {};
  std::vector<Xapian::Query> all;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    all.push_back(any_form(wanted[i], i + 1 == wanted.size()));
  try {
    Xapian::Enquire enquire(open_->index);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end()));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    Xapian::doccount piece = 50;
    for (Xapian::doccount first = 0;; first += piece, piece = std::min(piece * 4, 100'000U)) {
      const Xapian::MSet found = enquire.get_mset(first, piece);
      for (auto each = found.begin(); each != found.end(); ++each)
        if (!visit(position_of(*each))) return {};
      if (found.size() < piece) return {};
    }
  } catch (const Xapian::Error& error) {
    return failed(open_->directory, error.get_description());
  }
}

}  // namespace solnoma
