#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "tools/report/article/article.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/markup.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {

/// What the two forms in HTML share.
class Pen {
 public:
  Pen(Language language, const Sink& sink) : language_(language), sink_(sink) {}

  template <class... Values>
  void operator()(fmt::format_string<Values...> pattern, Values&&... values) const {
    sink_(fmt::format(pattern, std::forward<Values>(values)...));
  }

  [[nodiscard]] std::string word(std::string_view english) const {
    return markup_escape(translate(language_, english));
  }

 private:
  Language language_;
  const Sink& sink_;
};

/// A link where it can be read: `attributes` are of that.
[[nodiscard]] inline std::string html_piece(const Piece& piece, std::string_view attributes) {
  const std::string address = web_address(piece.url);
  return address.empty()
             ? html_data(piece.text)
             : fmt::format(R"(<a href="{}"{}>{}</a>)", address, attributes, html_data(piece.text));
}

[[nodiscard]] inline bool is_empty(const Cell& cell) {
  return std::ranges::all_of(cell, [](const Piece& each) { return each.text.empty(); });
}

}  // namespace solnoma
