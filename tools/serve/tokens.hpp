#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/day.hpp"
#include "tools/outcome.hpp"
#include "tools/serve/grant.hpp"

namespace solnoma {

/// Whether somebody may be called so: a short text on one line, so that two of them fit into who
/// recorded an event ("anna for bot").
[[nodiscard]] bool is_name(const std::string& text);

/// What is kept of a token: never the token itself.
struct Token {
  std::string id;  ///< stands in the token: which of them it claims to be
  Grant grant;     ///< with its name
  Day created;
  std::optional<Day> expires;  ///< the last day on which it is taken
  std::string verifier;        ///< what scrypt (RFC 7914) makes of it, as a PHC string
};

/// A new one, "solnoma_ID_SECRET", with 256 bits that nobody guesses; its text is kept nowhere.
struct NewToken {
  Token kept;
  std::string text;
};
[[nodiscard]] NewToken make_token(Grant grant, Day created, std::optional<Day> expires);

/// "3f9a01bc" of "solnoma_3f9a01bc_…"; empty: it is no token.
[[nodiscard]] std::string_view token_id(std::string_view text);
/// Whether that is the token. Takes some 50 ms and 16 MB, whatever it is.
[[nodiscard]] bool is_token(const Token& token, std::string_view text);

/// The file of a store's tokens: TOML, for its owner's eyes alone.
[[nodiscard]] std::string token_file(const std::string& store);
/// No file: no tokens. Errors: invalid, naming the line; usage where it cannot be read, or others
/// may write it.
[[nodiscard]] Try<std::vector<Token>> read_tokens(const std::string& file);
/// Whole or not at all. Errors: usage, io.
[[nodiscard]] Outcome write_tokens(const std::string& file, const std::vector<Token>& tokens);

}  // namespace solnoma
