#include "tools/report/text/wrapped.hpp"

#include <algorithm>
#include <utility>

#include "tools/report/text/isolated.hpp"

namespace solnoma {
namespace {

bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Where the word at the beginning of `text` ends, or with `within` may be broken first.
std::size_t end_of_word(std::string_view text, bool within) {
  const std::size_t end = std::min(text.find(' '), text.size());
  for (std::size_t i = 1; within && i + 1 < end; ++i)
    if ((text[i] == '-' || text[i] == '/') && is_word_letter(text[i - 1]) &&
        is_word_letter(text[i + 1]))
      return i + 1;
  return end;
}

/// Lines that begin with `first` and `others`.
std::vector<std::string> wrapped(std::string_view text, std::size_t width, const std::string& first,
                                 const std::string& others, Break may) {
  std::vector<std::string> lines{first};
  std::size_t at = first.size();
  bool empty = true;  // nothing stands in the last line
  while (!text.empty()) {
    const std::size_t spaces = std::min(text.find_first_not_of(' '), text.size());
    const std::string_view rest = text.substr(spaces);
    std::string_view word = rest.substr(0, end_of_word(rest, false));
    if (may == Break::within_words && others.size() + columns(word) > width)
      word = rest.substr(0, end_of_word(rest, true));
    const std::size_t end = spaces + word.size();
    const std::size_t wide = columns(word);
    if (!empty && !word.empty() && at + spaces + wide > width) {
      lines.push_back(others + std::string(word));
      at = others.size() + wide;
    } else {
      lines.back() += text.substr(0, end);
      at += spaces + wide;
      empty = empty && word.empty();
    }
    text.remove_prefix(end);
  }
  return lines;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width, Break may) {
  return wrapped(text, width, "", "", may);
}

WrappedLines::WrappedLines(Sink sink, const Screen& screen)
    : sink_(std::move(sink)), width_(screen.width) {}

WrappedLines::~WrappedLines() {
  if (!line_.empty()) pass_line();
}

void WrappedLines::write(std::string_view text) {
  if (width_ == 0) return sink_(text);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    line_ += text.substr(0, end);
    if (end == text.npos) return;
    pass_line();
    sink_("\n");
    text.remove_prefix(end + 1);
  }
}

void WrappedLines::pass_line() {
  const std::string_view line = line_;
  if (line.size() <= width_ || columns(line) <= width_) {
    sink_(line);
  } else {
    constexpr std::size_t kFurtherIn = 4;
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string others(indent + kFurtherIn < width_ / 2 ? indent + kFurtherIn : 0, ' ');
    const auto lines = wrapped(line.substr(indent), width_, std::string(line.substr(0, indent)),
                               others, Break::at_spaces);
    for (std::size_t i = 0; i < lines.size(); ++i) sink_((i == 0 ? "" : "\n") + lines[i]);
  }
  line_.clear();
}

}  // namespace solnoma
