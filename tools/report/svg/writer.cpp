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
  return fill.empty() ? "" : fmt::format(" fill=\"{}\"", markup_escape(fill));
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

double svg_text_width(std::string_view text, double size) {
  double width = 0;
  for (const char c : text) {
    if (is_continuation(c)) continue;
    const bool narrow = std::string_view("iljtfrI.,:;|!'()[] -").contains(c);
    const bool wide = static_cast<unsigned char>(c) >= 0x80 || c == 'm' || c == 'w' || c == 'M';
    width += narrow ? 0.34 : wide ? 0.64 : 0.56;
  }
  return width * size;
}

std::string svg_fitted(std::string_view text, double size, double width) {
  if (svg_text_width(text, size) <= width) return std::string(text);
  std::size_t end = text.size();
  while (end > 0 && svg_text_width(text.substr(0, end), size) + size > width) {
    --end;
    while (end > 0 && is_continuation(text[end])) --end;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

SvgPicture svg_document(const SvgFrame& frame, std::string_view definitions,
                        std::string_view body) {
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sn-picture\" role=\"img\" lang=\"{}\" "
      "width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">\n<title>{}</title>\n<desc>{}</desc>\n"
      "<style>{}</style>\n<defs>\n{}</defs>\n{}{}</svg>\n",
      code_of(frame.language), svg_number(frame.width), svg_number(frame.height),
      svg_number(frame.width), svg_number(frame.height), markup_escape(frame.title),
      markup_escape(frame.description), svg_style(), definitions,
      svg_rect({0, 0}, frame.width, frame.height, "paper"), body);
  return {std::move(text), tenths(frame.height)};
}

}  // namespace solnoma
