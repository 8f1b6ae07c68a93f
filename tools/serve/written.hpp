#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "tools/serve/http.hpp"

namespace solnoma {

/// A file in memory that commands write their answer to.
class Written {
 public:
  Written() : file_(open_memstream(&bytes_, &size_)) {}
  ~Written() {
    if (file_ != nullptr) (void)std::fclose(file_);
    std::free(bytes_);  // NOLINT(cppcoreguidelines-no-malloc): it is the library's
  }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;

  [[nodiscard]] std::FILE* file() const { return file_; }
  [[nodiscard]] std::string take() {
    (void)std::fclose(std::exchange(file_, nullptr));
    return {bytes_, size_};
  }

 private:
  char* bytes_ = nullptr;
  std::size_t size_ = 0;
  std::FILE* file_;
};

/// What a command said beside its answer, as the header `Solnoma-Note`, percent-encoded.
inline void add_notes(HttpAnswer& answer, const std::string& notes) {
  if (!notes.empty()) answer.headers.emplace_back("Solnoma-Note", percent_encoded(notes));
}

}  // namespace solnoma
