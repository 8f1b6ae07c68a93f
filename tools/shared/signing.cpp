#include "tools/shared/signing.hpp"

#include <fmt/format.h>

#include "tools/io/key_files.hpp"

namespace solnoma {

void add_signing(Command& command, SigningOptions& options) {
  command.option("--key", options.key,
                 "Sign the head with this private key, as 'solnoma keygen' makes it", "FILE");
  command.option("--origin", options.origin, "Name of the log and of who signs", "NAME", "solnoma");
  command.may_be_set("--origin", Setting::origin, options.origin);
  add_stamp(command, options.stamp);
}

Outcome check_signing(const SigningOptions& options) {
  if (is_origin(options.origin)) return {};
  return usage(fmt::format("'{}' cannot name a log", options.origin),
               "use a word without spaces and plus signs, such as example.org/chronicle");
}

Try<HeadNote> vouched_for(const TreeHead& head, const SigningOptions& options) {
  HeadNote note = note_of(head, options.origin);
  if (!options.key.empty()) {
    auto key = read_private_key(options.key);
    if (!key) return refuse(key);
    sign(note, *key);
  }
  if (auto ok = stamp(note, options.stamp); !ok) return refuse(ok);
  return note;
}

}  // namespace solnoma
