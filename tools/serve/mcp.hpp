#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "tools/command_description.hpp"
#include "tools/serve/questions.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// The Model Context Protocol (modelcontextprotocol.io), by which assistants ask: JSON-RPC 2.0, one
/// message at a time. Its tools are commands that ask, with their options; none records. A tool's
/// answer is what the address of that question says (questions.hpp): as text, framed as what it is,
/// quotations of what others published; and as `{"address", "head", "citations", "answer"}`, where
/// the address is the one at which it stays so. Thread-safe.
class Mcp {
 public:
  /// The revisions of the protocol that are spoken, the newest first.
  static constexpr std::array<std::string_view, 3> kVersions{"2025-06-18", "2025-03-26",
                                                             "2024-11-05"};

  /// Both outlive this.
  Mcp(Questions& questions, const ProgramDescription& program)
      : questions_(questions), program_(program) {}

  /// What is answered to a message, on one line; nullopt: it wants no answer. `site`: what stands
  /// before an address for a person, as in "http://127.0.0.1:8417"; empty: there is no server.
  [[nodiscard]] std::optional<std::string> answer(std::string_view message, const Viewer& viewer,
                                                  std::string_view site) const;

 private:
  Questions& questions_;
  const ProgramDescription& program_;
};

}  // namespace solnoma
