#include "tools/report/svg/writer.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "tools/report/markup.hpp"
#include "tools/report/svg/style.hpp"

namespace solnoma {
namespace {

std::string tip(std::string_view tooltip) {
  return tooltip.empty() ? "" : fmt::format("<title>{}</title>", markup_escape(tooltip));
}

std::string close(std::string_view element, std::string_view tooltip) {
  return tooltip.empty() ? "/>\n" : fmt::format(">{}</{}>\n", tip(tooltip), element);
}

std::string filled(std::string_view fill) {
  if (fill.empty()) return "";
  return fill.starts_with("url(") ? fmt::format(" fill=\"{}\"", markup_escape(fill))
                                  : fmt::format(" style=\"{}\"", svg_paint("fill", fill));
}

/// How wide letters are in DejaVu Sans, of the usual fonts the widest, in hundredths of their size:
/// from space to tilde, and from А to я.
constexpr std::array<std::uint8_t, 95> kLatin{
    32, 40, 46, 84, 64, 95, 78, 27, 39,  39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69,  61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63,  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84};
constexpr unsigned kFirstCyrillic = 0x410;
constexpr std::array<std::uint8_t, 64> kCyrillic{
    68, 69, 69,  61,  78, 63, 108, 64, 75,  75, 71, 75, 86, 75, 79, 75, 60, 70, 61, 61, 86, 69,
    78, 69, 107, 109, 83, 88, 69,  70, 108, 69, 61, 62, 59, 53, 69, 62, 90, 53, 65, 65, 60, 64,
    75, 65, 61,  65,  63, 55, 58,  59, 85,  59, 68, 59, 92, 94, 71, 79, 59, 55, 84, 60};

double cyrillic(unsigned letter) {
  const unsigned at = letter - kFirstCyrillic;
  return letter >= kFirstCyrillic && at < kCyrillic.size() ? kCyrillic[at] : 70;
}

/// Never a negative zero.
double tenths(double value) {
  const double rounded = std::round(value * 10);
  return rounded == 0 ? 0.0 : rounded / 10;
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::string classes(std::string_view style) {
  std::string text;
  for (std::size_t at = 0; at < style.size();) {
    const std::size_t end = std::min(style.find(' ', at), style.size());
    text += (text.empty() ? "sn-" : " sn-") + std::string(style.substr(at, end - at));
    at = end + 1;
  }
  return text;
}

}  // namespace

std::string svg_number(double value) {
  std::string text = fmt::format("{:.1f}", tenths(value));
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::string svg_text(Point at, std::string_view text, std::string_view style, Anchor anchor) {
  constexpr std::array<std::string_view, 3> kAnchors{"", " text-anchor=\"middle\"",
                                                     " text-anchor=\"end\""};
  return fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\"{}>{}</text>\n", classes(style),
                     svg_number(at.x), svg_number(at.y), kAnchors[static_cast<std::size_t>(anchor)],
                     markup_escape(text));
}

std::string svg_line(Point from, Point to, std::string_view style) {
  return fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n",
                     classes(style), svg_number(from.x), svg_number(from.y), svg_number(to.x),
                     svg_number(to.y));
}

std::string svg_rect(Point at, double width, double height, std::string_view style,
                     std::string_view fill, std::string_view tooltip) {
  return fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}{}",
                     classes(style), svg_number(at.x), svg_number(at.y),
                     svg_number(std::max(width, 0.0)), svg_number(std::max(height, 0.0)),
                     filled(fill), close("rect", tooltip));
}

std::string svg_path(std::string_view data, std::string_view style, std::string_view fill,
                     std::string_view tooltip) {
  return fmt::format("<path class=\"{}\" d=\"{}\"{}{}", classes(style), data, filled(fill),
                     close("path", tooltip));
}

double svg_text_width(std::string_view text, double size, Weight weight) {
  double width = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (is_continuation(text[at])) continue;
    if (byte >= ' ' && byte < ' ' + kLatin.size())
      width += kLatin[byte - ' '];
    else if ((byte == 0xD0 || byte == 0xD1) && at + 1 < text.size())
      width += cyrillic(static_cast<unsigned>((byte & 0x1F) << 6) |
                        (static_cast<unsigned char>(text[at + 1]) & 0x3F));
    else
      width += byte >= 0xE3 ? 104 : 70;
  }
  return width / 100 * size * (weight == Weight::bold ? 1.12 : 1);
}

std::string svg_fitted(std::string_view text, double size, double width, Weight weight) {
  if (svg_text_width(text, size, weight) <= width) return std::string(text);
  std::size_t end = text.size();
  while (end > 0 && svg_text_width(text.substr(0, end), size, weight) + size > width) {
    --end;
    while (end > 0 && is_continuation(text[end])) --end;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string svg_paper(double width, double height) {
  return svg_rect({0, 0}, width, height, "paper");
}

SvgPicture svg_document(const SvgFrame& frame, std::string_view definitions,
                        std::string_view body) {
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sn-picture\" role=\"img\" lang=\"{}\" "
      "width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">\n<title>{}</title>\n<desc>{}</desc>\n"
      "{}<defs>\n{}</defs>\n{}{}</svg>\n",
      code_of(frame.language), svg_number(frame.width), svg_number(frame.height),
      svg_number(frame.width), svg_number(frame.height), markup_escape(frame.title),
      markup_escape(frame.description), svg_styles(), definitions,
      svg_paper(frame.width, frame.height), body);
  return {std::move(text), tenths(frame.height)};
}

}  // namespace solnoma
