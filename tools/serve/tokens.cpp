#include "tools/serve/tokens.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

#include "engine/base/check.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "tools/io/output_file.hpp"
#include "tools/io/owned_tables.hpp"
#include "tools/serve/random_hex.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kBegin = "solnoma_";
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kTextLength = kBegin.size() + 2 * kIdBytes + 1 + 2 * kSecretBytes;

// What a secret of 256 bits needs, which nobody can try through.
constexpr int kCostLog = 14;
constexpr std::uint64_t kBlockSize = 8;
constexpr std::uint64_t kParallel = 1;

/// "$scrypt$ln=14,r=8,p=1$SALT$": the salt, in hexadecimal digits, is used as it stands.
std::string verifier_head(std::string_view salt) {
  return fmt::format("$scrypt$ln={},r={},p={}${}$", kCostLog, kBlockSize, kParallel, salt);
}

std::string verifier_of(std::string_view text, std::string_view salt) {
  constexpr std::uint64_t kMemory = 64 << 20;
  std::array<unsigned char, kSecretBytes> key{};
  SOLNOMA_CHECK(EVP_PBE_scrypt(text.data(), text.size(),
                               reinterpret_cast<const unsigned char*>(salt.data()), salt.size(),
                               std::uint64_t{1} << kCostLog, kBlockSize, kParallel, kMemory,
                               key.data(), key.size()) == 1);
  return verifier_head(salt) + fmt::format("{:02x}", fmt::join(key, ""));
}

/// One table of the file.
class TokenTable {
 public:
  TokenTable(const toml::table& table, const std::string& file)
      : table_(table), where_(fmt::format("{}:{}", file, table.source().begin.line)) {}

  Result<Token> token() const {
    Token token;
    const auto text = [&](const char* key) { return table_[key].value_or(std::string()); };
    token.grant.name = text("name");
    token.id = text("id");
    token.verifier = text("verifier");
    const auto scope = std::ranges::find(kScopes, text("scope"));
    auto created = day_from_text(text("created"));
    if (token.grant.name.empty() || token.id.size() != 2 * kIdBytes || token.verifier.empty() ||
        scope == kScopes.end() || !created)
      return wrong(
          "a token has a name, an id, a scope, the day on which it was made and what its "
          "secret is known by");
    token.grant.scope = static_cast<Scope>(scope - kScopes.begin());
    token.created = *created;
    if (table_.contains("expires")) {
      auto day = day_from_text(text("expires"));
      if (!day) return wrong("'expires' is a day, as in \"2027-01-31\"");
      token.expires = *day;
    }
    if (!table_.contains("subjects")) return token;
    const toml::array* subjects = table_["subjects"].as_array();
    for (std::size_t i = 0; subjects != nullptr && i < subjects->size(); ++i)
      if (auto subject = (*subjects)[i].value<std::string>())
        token.grant.subjects.push_back(std::move(*subject));
    // Who may see some subjects must never see all of them by a slip.
    if (subjects == nullptr || token.grant.subjects.empty() ||
        token.grant.subjects.size() != subjects->size())
      return wrong("'subjects' is a list of texts, as in [\"park/*\"]");
    return token;
  }

 private:
  std::unexpected<Error> wrong(std::string what) const {
    return at(where_, Error{Errc::invalid,
                            std::move(what),
                            {},
                            "mend it there, or take the token out and add a new one"});
  }

  const toml::table& table_;
  std::string where_;
};

}  // namespace

bool is_name(const std::string& text) {
  constexpr std::size_t kMost = 100;
  return visible(text) == text && text.size() <= kMost;
}

NewToken make_token(Grant grant, Day created, std::optional<Day> expires) {
  NewToken made;
  made.kept = {random_hex(kIdBytes), std::move(grant), created, expires, {}};
  made.text = fmt::format("{}{}_{}", kBegin, made.kept.id, random_hex(kSecretBytes));
  made.kept.verifier = verifier_of(made.text, random_hex(kSaltBytes));
  return made;
}

std::string_view token_id(std::string_view text) {
  constexpr std::size_t kEnd = kBegin.size() + 2 * kIdBytes;
  if (text.size() != kTextLength || !text.starts_with(kBegin) || text[kEnd] != '_') return {};
  return text.substr(kBegin.size(), 2 * kIdBytes);
}

bool is_token(const Token& token, std::string_view text) {
  const std::size_t end = token.verifier.rfind('$');
  const std::size_t begin =
      end == std::string::npos || end == 0 ? std::string::npos : token.verifier.rfind('$', end - 1);
  if (begin == std::string::npos) return false;
  const std::string made =
      verifier_of(text, std::string_view(token.verifier).substr(begin + 1, end - begin - 1));
  return made.size() == token.verifier.size() &&
         CRYPTO_memcmp(made.data(), token.verifier.data(), made.size()) == 0;
}

std::string token_file(const std::string& store) {
  return store + "/tokens.toml";
}

Try<std::vector<Token>> read_tokens(const std::string& file) {
  std::vector<Token> tokens;
  auto read = each_owned_table(file, "token", Guarded::from_writing,
                               [&](const toml::table& table) -> Outcome {
                                 auto token = TokenTable(table, file).token();
                                 if (!token) return refuse(token);
                                 tokens.push_back(std::move(*token));
                                 return {};
                               });
  if (!read) return refuse(read);
  return tokens;
}

Outcome write_tokens(const std::string& file, const std::vector<Token>& tokens) {
  auto output = OutputFile::open(file, OutputFile::Readers::owner);
  if (!output) return refuse(output);
  Output& out = output->output();
  out.line("# Written by 'solnoma token'. The tokens themselves stand nowhere.");
  for (const Token& token : tokens) {
    out.line("\n[[token]]");
    out.line("name = " + toml_quoted(token.grant.name));
    out.line(fmt::format("id = \"{}\"", token.id));
    out.line(fmt::format("scope = \"{}\"", name(token.grant.scope)));
    if (!token.grant.subjects.empty()) {
      std::vector<std::string> subjects;
      for (const std::string& each : token.grant.subjects) subjects.push_back(toml_quoted(each));
      out.line(fmt::format("subjects = [{}]", fmt::join(subjects, ", ")));
    }
    out.line(fmt::format("created = \"{}\"", to_string(token.created)));
    if (token.expires) out.line(fmt::format("expires = \"{}\"", to_string(*token.expires)));
    out.line(fmt::format("verifier = \"{}\"", token.verifier));
  }
  return output->finish();
}

}  // namespace solnoma
