#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/report/sink.hpp"
#include "tools/report/text/screen.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {

/// How a form of text writes the few things that a document consists of.
struct TextMarkup {
  std::string (*heading)(const std::string& text, int level);
  std::string (*paragraph)(const std::string&);
  std::string (*item)(const std::string&);
  std::string (*quotation)(const std::string&);
  std::string (*table)(const std::vector<std::vector<std::string>>& rows, const Screen& screen);
  Style style;
};
extern const TextMarkup kMarkdown;
extern const TextMarkup kPlainText;  ///< for a terminal

/// Passes text on. Where two parts both want a blank line between them, one is enough.
class Gaps {
 public:
  explicit Gaps(const Sink& sink) : sink_(sink) {}

  void operator()(std::string_view text);

 private:
  const Sink& sink_;
  int newlines_ = 2;  // a text begins without a gap
};

}  // namespace solnoma
