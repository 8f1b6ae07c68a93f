#include "events/edtf/edtf_typed.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <span>

#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

using namespace typed;

struct Vocable {
  std::string_view word;
  char kind;
  unsigned value = 0;
};

constexpr char kNoise = '\0';

constexpr Vocable kMonths[] = {
    {"january", kMonth, 1},   {"jan", kMonth, 1},       {"январь", kMonth, 1},
    {"января", kMonth, 1},    {"янв", kMonth, 1},       {"yanvar", kMonth, 1},
    {"february", kMonth, 2},  {"feb", kMonth, 2},       {"февраль", kMonth, 2},
    {"февраля", kMonth, 2},   {"фев", kMonth, 2},       {"fevral", kMonth, 2},
    {"march", kMonth, 3},     {"mar", kMonth, 3},       {"март", kMonth, 3},
    {"марта", kMonth, 3},     {"мар", kMonth, 3},       {"mart", kMonth, 3},
    {"april", kMonth, 4},     {"apr", kMonth, 4},       {"апрель", kMonth, 4},
    {"апреля", kMonth, 4},    {"апр", kMonth, 4},       {"aprel", kMonth, 4},
    {"may", kMonth, 5},       {"май", kMonth, 5},       {"мая", kMonth, 5},
    {"june", kMonth, 6},      {"jun", kMonth, 6},       {"июнь", kMonth, 6},
    {"июня", kMonth, 6},      {"июн", kMonth, 6},       {"iyun", kMonth, 6},
    {"july", kMonth, 7},      {"jul", kMonth, 7},       {"июль", kMonth, 7},
    {"июля", kMonth, 7},      {"июл", kMonth, 7},       {"iyul", kMonth, 7},
    {"august", kMonth, 8},    {"aug", kMonth, 8},       {"август", kMonth, 8},
    {"августа", kMonth, 8},   {"авг", kMonth, 8},       {"avgust", kMonth, 8},
    {"september", kMonth, 9}, {"sep", kMonth, 9},       {"sept", kMonth, 9},
    {"сентябрь", kMonth, 9},  {"сентября", kMonth, 9},  {"сен", kMonth, 9},
    {"сент", kMonth, 9},      {"sentabr", kMonth, 9},   {"sentyabr", kMonth, 9},
    {"october", kMonth, 10},  {"oct", kMonth, 10},      {"октябрь", kMonth, 10},
    {"октября", kMonth, 10},  {"окт", kMonth, 10},      {"oktabr", kMonth, 10},
    {"oktyabr", kMonth, 10},  {"november", kMonth, 11}, {"nov", kMonth, 11},
    {"ноябрь", kMonth, 11},   {"ноября", kMonth, 11},   {"ноя", kMonth, 11},
    {"noyabr", kMonth, 11},   {"december", kMonth, 12}, {"dec", kMonth, 12},
    {"декабрь", kMonth, 12},  {"декабря", kMonth, 12},  {"дек", kMonth, 12},
    {"dekabr", kMonth, 12},   {"январе", kMonth, 1},    {"феврале", kMonth, 2},
    {"марте", kMonth, 3},     {"апреле", kMonth, 4},    {"мае", kMonth, 5},
    {"июне", kMonth, 6},      {"июле", kMonth, 7},      {"августе", kMonth, 8},
    {"сентябре", kMonth, 9},  {"октябре", kMonth, 10},  {"ноябре", kMonth, 11},
    {"декабре", kMonth, 12},  {"январ", kMonth, 1},     {"феврал", kMonth, 2},
    {"апрел", kMonth, 4},     {"сентябр", kMonth, 9},   {"октябр", kMonth, 10},
    {"ноябр", kMonth, 11},    {"декабр", kMonth, 12},
};

constexpr Vocable kPartsOfYears[] = {
    {"spring", kSeason, 1}, {"весна", kSeason, 1},     {"весной", kSeason, 1},
    {"весны", kSeason, 1},  {"bahor", kSeason, 1},     {"bahori", kSeason, 1},
    {"summer", kSeason, 2}, {"лето", kSeason, 2},      {"летом", kSeason, 2},
    {"лета", kSeason, 2},   {"yoz", kSeason, 2},       {"yozi", kSeason, 2},
    {"autumn", kSeason, 3}, {"fall", kSeason, 3},      {"осень", kSeason, 3},
    {"осенью", kSeason, 3}, {"осени", kSeason, 3},     {"kuz", kSeason, 3},
    {"kuzi", kSeason, 3},   {"winter", kSeason, 4},    {"зима", kSeason, 4},
    {"зимой", kSeason, 4},  {"зимы", kSeason, 4},      {"qish", kSeason, 4},
    {"qishi", kSeason, 4},  {"q", kQuarter},           {"quarter", kQuarter},
    {"квартал", kQuarter},  {"квартала", kQuarter},    {"квартале", kQuarter},
    {"кв", kQuarter},       {"chorak", kQuarter},      {"choragi", kQuarter},
    {"h", kHalf},           {"half", kHalf},           {"полугодие", kHalf},
    {"полугодия", kHalf},   {"полугодии", kHalf},      {"yarmi", kHalf},
    {"i", kNumber, 1},      {"ii", kNumber, 2},        {"iii", kNumber, 3},
    {"iv", kNumber, 4},     {"first", kNumber, 1},     {"second", kNumber, 2},
    {"third", kNumber, 3},  {"fourth", kNumber, 4},    {"первый", kNumber, 1},
    {"первое", kNumber, 1}, {"второй", kNumber, 2},    {"второе", kNumber, 2},
    {"третий", kNumber, 3}, {"четвёртый", kNumber, 4}, {"четвертый", kNumber, 4},
    {"early", kEarly},      {"beginning", kEarly},     {"начало", kEarly},
    {"начале", kEarly},     {"boshi", kEarly},         {"boshida", kEarly},
    {"mid", kMiddle},       {"middle", kMiddle},       {"середина", kMiddle},
    {"середине", kMiddle},  {"oʻrtalari", kMiddle},    {"late", kLate},
    {"end", kLate},         {"конец", kLate},          {"конце", kLate},
    {"oxiri", kLate},       {"oxirida", kLate},        {"fy", kFiscal},
};

constexpr Vocable kOthers[] = {
    {"ca", kAbout},
    {"circa", kAbout},
    {"c", kAbout},
    {"about", kAbout},
    {"around", kAbout},
    {"approximately", kAbout},
    {"approx", kAbout},
    {"около", kAbout},
    {"примерно", kAbout},
    {"приблизительно", kAbout},
    {"taxminan", kAbout},
    {"probably", kPerhaps},
    {"possibly", kPerhaps},
    {"perhaps", kPerhaps},
    {"maybe", kPerhaps},
    {"вероятно", kPerhaps},
    {"возможно", kPerhaps},
    {"balki", kPerhaps},
    {"before", kBefore},
    {"до", kBefore},
    {"by", kBy},
    {"until", kBy},
    {"till", kBy},
    {"к", kBy},
    {"after", kAfter},
    {"после", kAfter},
    {"since", kSince},
    {"from", kSince},
    {"с", kSince},
    {"со", kSince},
    {"to", kTo},
    {"through", kTo},
    {"по", kTo},
    {"or", kOr},
    {"или", kOr},
    {"yoki", kOr},
    {"open", kOpen},
    {"now", kOpen},
    {"present", kOpen},
    {"ongoing", kOpen},
    {"today", kOpen},
    {"onwards", kOpen},
    {"onward", kOpen},
    {"s", kDecade},
    {"е", kDecade},
    {"х", kDecade},
    {"yillar", kDecade},
    {"yillari", kDecade},
    {"t", kTime},
    {"unknown", kNothing},
    {"tbd", kNothing},
    {"tba", kNothing},
    {"na", kNothing},
    {"none", kNothing},
    {"null", kNothing},
    {"неизвестно", kNothing},
    {"nomaʼlum", kNothing},
    {"year", kNoise},
    {"years", kNoise},
    {"of", kNoise},
    {"the", kNoise},
    {"in", kNoise},
    {"on", kNoise},
    {"st", kNoise},
    {"nd", kNoise},
    {"rd", kNoise},
    {"th", kNoise},
    {"в", kNoise},
    {"во", kNoise},
    {"г", kNoise},
    {"гг", kNoise},
    {"год", kNoise},
    {"года", kNoise},
    {"году", kNoise},
    {"годы", kNoise},
    {"годов", kNoise},
    {"yil", kNoise},
    {"йил", kNoise},
    {"yili", kNoise},
    {"yilda", kNoise},
    {"yilning", kNoise},
    {"й", kNoise},
    {"ый", kNoise},
};

TypedPart part_of_word(std::string_view word) {
  for (const std::span<const Vocable> vocables :
       {std::span<const Vocable>(kMonths), std::span<const Vocable>(kPartsOfYears),
        std::span<const Vocable>(kOthers)})
    if (const auto found = std::ranges::find(vocables, word, &Vocable::word);
        found != vocables.end())
      return {found->kind, found->value};
  return {kWord};
}

TypedPart part_of_digits(std::string_view digits) {
  unsigned value = 0;
  if (digits.size() > 8) return {kOther};
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  switch (digits.size()) {
    case 1:
    case 2:
      return {kNumber, value};
    case 4:
      return {kYear, value};
    case 6:
      return {kDigits6, value};
    case 8:
      return {kDigits8, value};
    default:
      return {kOther, value};
  }
}

bool is_space(std::uint32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

/// Marks that stand for a dash wherever they are typed; U+2010 and U+2011 are hyphens.
bool is_dash(std::uint32_t c) {
  return (c >= 0x2012 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFF0D;
}

bool is_digit(std::uint32_t c) {
  return c >= '0' && c <= '9';
}

bool is_letter(std::uint32_t c) {
  return c == 0x02BB || c == 0x02BC || u_isalpha(static_cast<UChar32>(c)) != 0;
}

void add_lower(std::uint32_t c, std::string& word) {
  const auto lower = static_cast<std::uint32_t>(u_tolower(static_cast<UChar32>(c)));
  if (lower < 0x80) {
    word.push_back(static_cast<char>(lower));
  } else if (lower < 0x800) {  // no word that is known here has a letter above
    word.push_back(static_cast<char>(0xC0 | lower >> 6));
    word.push_back(static_cast<char>(0x80 | (lower & 0x3F)));
  } else {
    word.push_back('?');
  }
}

}  // namespace

std::optional<std::vector<TypedPart>> typed_parts(std::string_view text) {
  constexpr std::size_t kMost = 24;
  std::vector<CodePoint> points;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    if (point.size == 0) return std::nullopt;
    points.push_back(point);
    rest.remove_prefix(point.size);
  }
  std::vector<TypedPart> parts;
  const auto at = [&](std::size_t i) { return i < points.size() ? points[i].value : U' '; };
  for (std::size_t i = 0; i < points.size();) {
    const std::uint32_t c = at(i);
    std::size_t end = i + 1;
    if (is_digit(c)) {
      std::string digits;
      for (end = i; is_digit(at(end)); ++end) digits.push_back(static_cast<char>(at(end)));
      parts.push_back(part_of_digits(digits));
    } else if (is_letter(c)) {
      std::string word;
      for (end = i; is_letter(at(end)); ++end) add_lower(at(end), word);
      if (at(end) == '.') ++end;  // of an abbreviation
      if (const TypedPart part = part_of_word(word); part.kind != kNoise)
        parts.push_back(part);
      else if (!parts.empty() && parts.back().kind == '-')
        parts.pop_back();  // "2024-yil"
    } else if (is_dash(c)) {
      parts.push_back({kDash});
    } else if (c == '-' || c == 0x2010 || c == 0x2011) {
      const bool apart = i > 0 && is_space(at(i - 1)) && is_space(at(i + 1));
      parts.push_back({apart ? kDash : '-'});
    } else if (!is_space(c) && c != '\'' && c != 0x2019) {
      // Other signs stand for themselves, but must not be taken for one of the letters above.
      parts.push_back({c == '<' || c == '>' || (c < 0x80 && !is_letter(c) && c != '_')
                           ? static_cast<char>(c)
                           : kWord});
    }
    i = end;
    if (parts.size() > kMost) return std::nullopt;
  }
  return parts;
}

std::string shape_of(const std::vector<TypedPart>& parts) {
  std::string shape;
  for (const TypedPart& part : parts) shape.push_back(part.kind);
  return shape;
}

}  // namespace solnoma
