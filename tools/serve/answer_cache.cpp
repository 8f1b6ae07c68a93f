#include "tools/serve/answer_cache.hpp"

#include <exception>

namespace solnoma {
namespace {

std::size_t size_of(const std::string& question, const HttpAnswer& answer) {
  constexpr std::size_t kAround = 500;  // what holds it
  return question.size() + (answer.body ? answer.body->size() : 0) + kAround;
}

}  // namespace

std::shared_ptr<const HttpAnswer> AnswerCache::look_up(const std::string& question) {
  const auto found = by_question_.find(question);
  if (found == by_question_.end()) return nullptr;
  newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
  return found->second->answer;
}

void AnswerCache::keep(const std::string& question,
                       const std::shared_ptr<const HttpAnswer>& answer) {
  std::list<Kept> newest{{question, answer}};
  by_question_[question] = newest.begin();
  newest_first_.splice(newest_first_.begin(), newest);
  held_ += size_of(question, *answer);
  while (held_ > bytes_ && !newest_first_.empty()) {
    const Kept& oldest = newest_first_.back();
    held_ -= size_of(oldest.question, *oldest.answer);
    by_question_.erase(oldest.question);
    newest_first_.pop_back();
  }
}

std::shared_ptr<const HttpAnswer> AnswerCache::find(const std::string& question) {
  const std::lock_guard lock(mutex_);
  return look_up(question);
}

std::shared_ptr<const HttpAnswer> AnswerCache::get(const std::string& question,
                                                   const std::function<HttpAnswer()>& make) {
  std::promise<Answer> made;
  {
    std::unique_lock lock(mutex_);
    if (auto kept = look_up(question)) return kept;
    if (const auto others = underway_.find(question); others != underway_.end()) {
      const auto awaited = others->second;
      lock.unlock();
      return awaited.get();
    }
    underway_.emplace(question, made.get_future().share());
  }
  Answer answer;
  try {
    answer = std::make_shared<const HttpAnswer>(make());
  } catch (...) {
    const std::lock_guard lock(mutex_);
    underway_.erase(question);
    made.set_exception(std::current_exception());
    throw;
  }
  made.set_value(answer);
  const std::lock_guard lock(mutex_);
  underway_.erase(question);
  if (answer->status == 200) keep(question, answer);
  return answer;
}

}  // namespace solnoma
