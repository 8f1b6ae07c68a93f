#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/command_description.hpp"
#include "tools/context.hpp"
#include "tools/serve/answer_cache.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/newest_head.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `GET /v1/COMMAND[/SUBJECT][.FORMAT]?OPTION=VALUE…`: what the commands that ask answer, with the
/// same options, formats and words. An answer names the vantage that it holds for, with each axis
/// as a day or a position, and is the same for ever at that address. Thread-safe.
class Questions {
 public:
  /// `world` gives disk, clock, zone and store, and serves the log. `program` tells of all
  /// commands. Both outlive this.
  Questions(const Context& world, const ProgramDescription& program, RunCommand run);

  /// Whether the request is a question: its path begins as one.
  [[nodiscard]] bool is_question(const HttpRequest& request) const;

  /// An answer that the client or the cache has. Does not read the log.
  [[nodiscard]] std::optional<HttpAnswer> at_once(const HttpRequest& request, const Viewer& viewer);
  [[nodiscard]] HttpAnswer answer(const HttpRequest& request, const Viewer& viewer);

  /// Names of the commands that are answered.
  [[nodiscard]] static std::vector<std::string> commands();
  /// Whether an option of these can be asked: none that is about a file or a terminal.
  [[nodiscard]] static bool is_asked(const OptionDescription& option);
  [[nodiscard]] static std::string media_type(std::string_view command, std::string_view format);

 private:
  struct Asked;
  [[nodiscard]] std::expected<Asked, HttpAnswer> read(const HttpRequest& request,
                                                      const Viewer& viewer) const;
  [[nodiscard]] static bool is_relative(const Asked& asked);
  [[nodiscard]] std::expected<void, HttpAnswer> fix_vantage(Asked& asked, const Viewer& viewer,
                                                            bool may_read) const;
  [[nodiscard]] HttpAnswer run(const Asked& asked, const Viewer& viewer);

  const Context& world_;
  const ProgramDescription& program_;
  RunCommand run_;
  AnswerCache cache_;
  NewestHead head_;
};

}  // namespace solnoma
