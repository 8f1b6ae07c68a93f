#include <array>

#include "tools/commands/commands.hpp"
#include "tools/report/story/story.hpp"
#include "tools/report/view/subject_views.hpp"
#include "tools/shared/question.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {
namespace {

constexpr std::array kForms{&kTextArticle, &kMarkdownArticle, &kPageArticle, &kMailArticle};

Try<std::string> tell_story(const Question& question, const Log& log, const Vantage& vantage) {
  auto subject = find_subject(log, question.subjects.front());
  if (!subject) return refuse_choice(subject);
  auto view = view_subject(log, *subject, {.vantage = vantage});
  if (!view) return refuse(view);
  const auto head = log.tree_head(std::min(vantage.at, log.head()));
  if (!head) return refuse(head);
  const ArticleForm& form =
      **std::ranges::find(kForms, question.format, [](const auto* each) { return each->name; });
  std::string text;
  form.write(story(*view, vantage, *head, language_of(question.language), form.style),
             [&](std::string_view part) { text += part; });
  return text;
}

}  // namespace

void add_story(CommandLine& line, Context& context) {
  Command command = line.command(
      "story", "The story of one subject: what happened, was planned, and is not known");
  auto question = std::make_shared<Question>();
  std::vector<std::string> forms;
  for (const ArticleForm* each : kForms) forms.emplace_back(each->name);
  add_question(command, *question, Subjects::one, forms);
  command.footer(
      "It ends with a sentence and a link to quote it by. Example:\n"
      "  solnoma story park/bukhara --as-of 2025-12-31 --lang uz --format html > bukhara.html");
  command.run([&context, question] {
    return answer(context, *question, [&](const Log& log, const Vantage& vantage) {
      return tell_story(*question, log, vantage);
    });
  });
}

}  // namespace solnoma
