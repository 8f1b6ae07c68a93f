#include "tools/report/text/paint.hpp"

#include <fmt/format.h>

#include "tools/report/catalogue.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kPaintBegin = "\x1b[";
constexpr std::string_view kPaintEnd = "\x1b[0m";

std::string painted(std::string text, std::string_view look, const Screen& screen) {
  if (!screen.colour || look.empty() || text.empty()) return text;
  return fmt::format("{}{}m{}{}", kPaintBegin, look, text, kPaintEnd);
}

}  // namespace

std::string painted(std::string text, Status status, const Screen& screen) {
  return painted(std::move(text), kStatusLooks[static_cast<std::size_t>(status)].terminal, screen);
}

std::string alarming(std::string text, const Screen& screen) {
  return painted(std::move(text), "1;31", screen);
}

PaintedText apart(std::string_view text) {
  if (!text.starts_with(kPaintBegin) || !text.ends_with(kPaintEnd)) return {{}, text, {}};
  const std::size_t begin = text.find('m') + 1;
  return {text.substr(0, begin), text.substr(begin, text.size() - begin - kPaintEnd.size()),
          kPaintEnd};
}

}  // namespace solnoma
