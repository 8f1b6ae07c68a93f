#include "tools/io/input.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace solnoma {
namespace {

int keep_open(std::FILE*) {
  return 0;
}

}  // namespace

Input::Input(std::FILE* file, std::string name)
    : file_(file, file == stdin ? keep_open : std::fclose), name_(std::move(name)) {}

Try<Input> Input::open(const std::string& path) {
  if (path == "-") return Input(stdin, "standard input");
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return usage(fmt::format("{} is a directory", path), "name the files in it");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr)
    return usage(fmt::format("cannot read {}: {}", path, std::strerror(errno)),
                 "check the name and the permissions");
  Input input(file, path);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // some editors begin with it
  if (auto ok = input.fill(); !ok) return refuse(ok);
  if (input.buffer_.starts_with(kByteOrderMark)) input.next_ = kByteOrderMark.size();
  return input;
}

std::string Input::place() const {
  return place(line_);
}

std::string Input::place(std::size_t line) const {
  return line == 0 ? name_ : fmt::format("{}:{}", name_, line);
}

Try<bool> Input::fill() {
  buffer_.erase(0, next_);
  next_ = 0;
  constexpr std::size_t kPiece = 64 << 10;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kPiece);
  // What a pipe has by now, and not what it may have some time: its events are waited for.
  ssize_t got = 0;
  do got = ::read(fileno(file_.get()), buffer_.data() + before, kPiece);
  while (got < 0 && errno == EINTR);
  buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got < 0)
    return std::unexpected(
        Failure(Error{Errc::io, fmt::format("cannot read {}", name_), {}, "check the disk"}));
  return got > 0;
}

Try<char> Input::peek() {
  for (std::size_t i = next_;; ++i) {
    if (i == buffer_.size()) {
      // Only white space so far: it need not be kept, but its lines count.
      for (const char c : std::string_view(buffer_).substr(next_)) line_ += c == '\n' ? 1 : 0;
      next_ = buffer_.size();
      auto more = fill();
      if (!more) return refuse(more);
      if (!*more) return '\0';
      i = 0;
    }
    if (const char c = buffer_[i]; c != ' ' && c != '\t' && c != '\r' && c != '\n') return c;
  }
}

Try<bool> Input::line(std::string& text) {
  std::size_t searched = next_;
  for (;;) {
    const auto end = buffer_.find('\n', searched);
    if (end != std::string::npos || buffer_.size() - next_ > kMaxLine) {
      const std::size_t size = (end == std::string::npos ? buffer_.size() : end) - next_;
      ++line_;
      if (size > kMaxLine)
        return std::unexpected(Failure(
            Error{Errc::invalid, fmt::format("the line is longer than {} MiB", kMaxLine >> 20),
                  place(), "write one event a line"}));
      text.assign(buffer_, next_, size);
      next_ = end + 1;
      return true;
    }
    const std::size_t unread = buffer_.size() - next_;
    auto more = fill();
    if (!more) return refuse(more);
    searched = unread;
    if (*more) continue;
    if (unread == 0) return false;
    ++line_;
    text.assign(buffer_, 0, unread);
    next_ = buffer_.size();
    return true;
  }
}

Try<std::string> Input::rest() {
  for (;;) {
    if (buffer_.size() - next_ > kMaxArray)
      return std::unexpected(Failure(
          Error{Errc::invalid, fmt::format("the array is larger than {} MiB", kMaxArray >> 20),
                name_, "write it as JSON Lines, one event a line"}));
    auto more = fill();
    if (!more) return refuse(more);
    if (!*more) break;
  }
  ++line_;
  next_ = 0;
  return std::move(buffer_);
}

}  // namespace solnoma
