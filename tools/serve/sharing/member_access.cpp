#include "tools/serve/sharing/member_access.hpp"

#include <string_view>

#include "tools/io/input.hpp"
#include "tools/io/key_files.hpp"

namespace solnoma {

Try<MemberAccess> with_credentials(MemberAccess access, const std::string& file) {
  auto input = Input::open(file);
  if (!input) return refuse(input);
  if (auto ok = check_private_file(file, "what stands in"); !ok) return refuse(ok);
  auto text = input->rest();
  if (!text) return refuse(text);
  std::string_view line = std::string_view(*text).substr(0, text->find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos)
    return usage("the first line of " + file + " does not say who this machine is",
                 "write a user and a password there, as in solnoma:secret");
  access.user = line.substr(0, colon);
  access.password = line.substr(colon + 1);
  return access;
}

}  // namespace solnoma
