#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "tools/command_description.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/questions.hpp"
#include "tools/serve/recording_commands.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// What an assistant's calls are answered by. All outlive it.
struct McpWorld {
  Questions& questions;
  RecordingCommands& commands;
  const ProgramDescription& program;
};

/// The Model Context Protocol (modelcontextprotocol.io), by which assistants ask: JSON-RPC 2.0, one
/// message at a time. Its tools (mcp_tools.hpp) are commands that ask, with their options, and for
/// who may propose those whose events are handed in; none records. An answer is what the address of
/// that question says (questions.hpp), as text, framed as what it is, quotations of what others
/// published; and as `{"notice", "address", "head", "citations", "answer"}`, where the address is
/// the one at which it stays so. Thread-safe.
class Mcp {
 public:
  /// The revisions of the protocol that are spoken, the newest first.
  static constexpr std::array<std::string_view, 3> kVersions{"2025-06-18", "2025-03-26",
                                                             "2024-11-05"};

  explicit Mcp(const McpWorld& world) : world_(world) {}

  /// What is answered to a message, on one line; nullopt: it wants no answer. `site`: what stands
  /// before an address for a person, as in "http://127.0.0.1:8417"; empty: there is no server.
  [[nodiscard]] std::optional<std::string> answer(std::string_view message, const Grant& grant,
                                                  const Viewer& viewer,
                                                  std::string_view site) const;

 private:
  McpWorld world_;
};

}  // namespace solnoma
