#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "tools/serve/http.hpp"

namespace solnoma {

/// Answers by what was asked, the ones asked last, up to so many bytes. A question that is being
/// answered is not answered twice: who asks it meanwhile waits. Thread-safe.
class AnswerCache {
 public:
  explicit AnswerCache(std::size_t bytes) : bytes_(bytes) {}

  /// Null: it is not there. Does not wait.
  [[nodiscard]] std::shared_ptr<const HttpAnswer> find(const std::string& question);

  /// The answer that is there, or what `make` gives. Only what has the status 200 is kept. What
  /// `make` throws, all get who wait for it.
  [[nodiscard]] std::shared_ptr<const HttpAnswer> get(const std::string& question,
                                                      const std::function<HttpAnswer()>& make);

 private:
  struct Kept {
    std::string question;
    std::shared_ptr<const HttpAnswer> answer;
  };
  using Answer = std::shared_ptr<const HttpAnswer>;
  [[nodiscard]] std::shared_ptr<const HttpAnswer> look_up(const std::string& question);
  void keep(const std::string& question, const std::shared_ptr<const HttpAnswer>& answer);

  const std::size_t bytes_;
  std::mutex mutex_;
  std::list<Kept> newest_first_;
  std::unordered_map<std::string, std::list<Kept>::iterator> by_question_;
  std::unordered_map<std::string, std::shared_future<Answer>> underway_;
  std::size_t held_ = 0;
};

}  // namespace solnoma
