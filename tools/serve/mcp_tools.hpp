#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include <rapidjson/document.h>

#include "tools/command_description.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/specification_writer.hpp"

namespace solnoma {

/// What an assistant may call: a command that asks, or one whose events are handed in as a
/// proposal.
struct McpTool {
  std::string_view name, command;
  bool proposes = false;
};
/// Those that `grant` may call.
[[nodiscard]] std::span<const McpTool> mcp_tools(const Grant& grant);

/// The tool as `tools/list` tells of it: a schema of the command's words and options.
void write_tool(SpecificationWriter& to, const McpTool& tool, const CommandDescription& command);

/// The request of a call with these arguments (null: none), or what is wrong with them.
[[nodiscard]] std::expected<HttpRequest, std::string> request_of(const McpTool& tool,
                                                                 const CommandDescription& command,
                                                                 const rapidjson::Value* arguments);

}  // namespace solnoma
