#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tools/import/cloudevents/cloudevents_reader.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// A file, or standard input for "-", read piece by piece.
class Input {
 public:
  /// Errors: usage when it cannot be opened, or is a directory.
  [[nodiscard]] static Try<Input> open(const std::string& path);

  /// Name and line for error messages: "events.jsonl:12".
  [[nodiscard]] std::string place() const;
  /// The same of an earlier line; 0 for the file.
  [[nodiscard]] std::string place(std::size_t line) const;
  [[nodiscard]] std::size_t line_number() const { return line_; }

  /// The first byte that is no white space, without taking it; 0 at the end.
  [[nodiscard]] Try<char> peek();

  /// The next line without its end; false at the end of the file. Errors: invalid for a
  /// line longer than kMaxLine, without reading more of it; io.
  [[nodiscard]] Try<bool> line(std::string& text);

  /// Everything that is left. Errors: invalid beyond kMaxArray; io.
  [[nodiscard]] Try<std::string> rest();

 private:
  Input(std::FILE* file, std::string name);
  Try<bool> fill();

  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string name_;
  std::string buffer_;
  std::size_t next_ = 0;
  std::size_t line_ = 0;
};

}  // namespace solnoma
