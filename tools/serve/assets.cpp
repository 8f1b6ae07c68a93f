#include "tools/serve/assets.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "tools/report/html/page_files.hpp"
#include "tools/report/html/status_style.hpp"
#include "tools/serve/problem_answer.hpp"

namespace solnoma {

HttpAnswer asset_answer(const HttpRequest& request) {
  const std::string style = std::string(page_style()) + status_style();
  const Asset report{"report.css", style};
  const auto own = std::ranges::find(assets(), request.path.back(), &Asset::name);
  const Asset* const found = own != assets().end()                ? &*own
                             : request.path.back() == report.name ? &report
                                                                  : nullptr;
  if (found == nullptr) return problem_answer(404, "there is nothing at this address");
  const std::string tag =
      fmt::format("\"{:016x}\"", XXH3_64bits(found->content.data(), found->content.size()));
  HttpAnswer answer;
  answer.type =
      found->name.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
  answer.headers = {{"ETag", tag}, {"Cache-Control", "no-cache"}};
  if (request.header("if-none-match").value_or("") == tag)
    answer.status = 304;
  else
    answer.say(std::string(found->content));
  return answer;
}

}  // namespace solnoma
