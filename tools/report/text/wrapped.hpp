#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/report/sink.hpp"
#include "tools/report/text/screen.hpp"

namespace solnoma {

/// Where lines may be broken: at spaces, or also within a longer word, behind a hyphen or a slash
/// between letters.
enum class Break { at_spaces, within_words };

/// The text in lines of at most `width` columns; what cannot be broken stays whole. Precondition:
/// `width` > 0.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width,
                                               Break may = Break::at_spaces);

/// Passes text on in lines that the screen has room for: what is longer goes on, further in, in the
/// next line. Where the screen has no width it passes everything on as it comes.
class WrappedLines {
 public:
  WrappedLines(Sink sink, const Screen& screen);
  WrappedLines(const WrappedLines&) = delete;
  WrappedLines& operator=(const WrappedLines&) = delete;
  ~WrappedLines();  ///< passes on what is left of a last line

  void write(std::string_view text);

 private:
  void pass_line();

  Sink sink_;
  std::size_t width_;
  std::string line_;
};

}  // namespace solnoma
