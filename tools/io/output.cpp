#include "tools/io/output.hpp"

#include <fmt/format.h>

#include <utility>

namespace solnoma {

void Output::write(std::string_view text) {
  used_ = used_ || !text.empty();
  if (paged_ && !text.empty()) {
    paged_ = false;
    if ((running_ = Pager::start(pager_))) terminal_file_ = std::exchange(file_, running_->input());
  }
  if (!failed_ && std::fwrite(text.data(), 1, text.size(), file_) != text.size()) failed_ = true;
}

void Output::flush() {
  if (!failed_ && std::fflush(file_) != 0) failed_ = true;
}

Outcome Output::finish() {
  flush();
  if (running_) {
    running_->finish();
    running_.reset();
    file_ = terminal_file_;
  }
  if (!failed_) return {};
  return std::unexpected(
      Failure(Error{Errc::io, "the output could not be written", {}, "check the disk space"}));
}

void ProgressLine::at(std::uint64_t count) {
  if (!shown_) return;
  written_ = true;
  (void)std::fputs(fmt::format("\r{} {}", what_, count).c_str(), stderr);
  (void)std::fflush(stderr);
}

void ProgressLine::clear() {
  if (written_) (void)std::fputs("\r\x1b[K", stderr);
  written_ = false;
}

}  // namespace solnoma
