#pragma once

#include "tools/serve/pages/preview.hpp"
#include "tools/serve/pages/shell.hpp"
#include "tools/serve/recording_commands.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// The forms with which people record, correct and retract: filled in, shown with what they would
/// change, and then sent (`/record`, `/correct`, `/retract`). What is sent is what the command of
/// that name takes; who may only propose hands in. They need no script. Thread-safe.
class RecordPage {
 public:
  /// Both outlive this.
  RecordPage(RecordingCommands& commands, Preview& preview)
      : commands_(commands), preview_(preview) {}

  [[nodiscard]] static bool is_one(const HttpRequest& request);
  /// Precondition: it is_one().
  [[nodiscard]] HttpAnswer answer(const Shell& shell, const Viewer& viewer);

 private:
  struct Form;
  [[nodiscard]] HttpAnswer sent(const Shell& shell, const Viewer& viewer, const Form& form,
                                const NamedValues& values);
  [[nodiscard]] HttpAnswer shown(const Shell& shell, const Viewer& viewer, const Form& form,
                                 const NamedValues& values, const HttpAnswer* refused = nullptr);

  RecordingCommands& commands_;
  Preview& preview_;
};

}  // namespace solnoma
