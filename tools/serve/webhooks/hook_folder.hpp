#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/outcome.hpp"
#include "tools/serve/webhooks/checkpoint.hpp"
#include "tools/serve/webhooks/dead_letter.hpp"

namespace solnoma {

/// What is kept of one webhook, in a folder of the store beside the log: its checkpoint, the
/// messages that were given up (`dead`), and those of them that are to be delivered after all
/// (`again`). The checkpoint is written by who delivers while that is so, by commands otherwise;
/// all else by both, each in its turn. Thread-safe.
class HookFolder {
 public:
  HookFolder(const std::string& store, std::string_view hook_id);

  /// Makes it. Errors: io.
  [[nodiscard]] Outcome make(const Checkpoint& checkpoint) const;
  /// Takes it away with all that is in it.
  void remove() const;

  /// Errors: invalid, io; usage where there is none.
  [[nodiscard]] Try<Checkpoint> checkpoint() const;
  /// On return it is there whole, and safe on the disk. Errors: usage where the folder is gone, io.
  [[nodiscard]] Outcome write(const Checkpoint& checkpoint) const;

  /// Where the messages lie (HookMessage::at), in the order of the log.
  [[nodiscard]] std::vector<std::string> dead() const { return letters_in("dead"); }
  [[nodiscard]] std::vector<std::string> again() const { return letters_in("again"); }

  /// Errors: not_found, invalid, io.
  [[nodiscard]] Try<DeadLetter> dead_letter(const std::string& at) const;
  [[nodiscard]] Try<DeadLetter> letter_again(const std::string& at) const;

  /// Puts a letter among the dead, and takes it from those that are delivered again. Errors: io.
  [[nodiscard]] Outcome bury(const DeadLetter& letter) const;
  /// A dead letter is to be delivered again. Errors: not_found, io.
  [[nodiscard]] Outcome raise(const std::string& at) const;
  /// It is there no more, dead. Errors: not_found.
  [[nodiscard]] Outcome drop(const std::string& at) const;
  /// It was delivered.
  void settle(const std::string& at) const;

 private:
  [[nodiscard]] std::vector<std::string> letters_in(const char* folder) const;
  [[nodiscard]] std::string letter_file(const char* folder, std::string at) const;
  [[nodiscard]] bool has_letter(const char* folder, const std::string& at) const;
  [[nodiscard]] Try<DeadLetter> letter(const char* folder, const std::string& at) const;

  std::string directory_;
};

}  // namespace solnoma
