// The inspector of the Model Context Protocol, as people call it, on standard input and over HTTP.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { addToken, makeStore, serve, today } from "./support.js";

const inspector = fileURLToPath(new URL("node_modules/@modelcontextprotocol/inspector-cli/build/index.js", import.meta.url));
const store = makeStore("inspector");
const token = addToken(store, "inspector");
const server = await serve(store);

async function inspect(where, ...what) {
  const env = { ...process.env, SOLNOMA_TODAY: today };
  const said = await promisify(execFile)(process.execPath, [inspector, ...where, ...what], { env });
  return JSON.parse(said.stdout);
}
const near = [process.env.SOLNOMA_PROGRAM, "--store", store, "mcp"];
const far = [`${server.url}/mcp`, "--transport", "http", "--header", `Authorization: Bearer ${token}`];

for (const [name, where] of Object.entries({ "standard input": near, HTTP: far })) {
  test(`over ${name} it lists the tools, and is answered`, async () => {
    const { tools } = await inspect(where, "--method", "tools/list");
    for (const tool of ["status", "timeline", "explain", "diff", "plans", "search", "agenda"]) {
      const found = tools.find((each) => each.name === tool);
      assert.equal(found?.inputSchema.type, "object", tool);
    }
    const status = await inspect(where, "--method", "tools/call", "--tool-name", "status", "--tool-arg", 'subject=["park/navoi"]', "--tool-arg", "as-of=2025-12-31");
    assert.equal(status.structuredContent.answer.subjects[0].subject, "park/navoi");
    assert.match(status.structuredContent.head, /@50$/);
    assert.match(status.content[0].text, /Navoi/);
    const wrong = await inspect(where, "--method", "tools/call", "--tool-name", "status", "--tool-arg", "as-of=someday");
    assert.equal(wrong.isError, true);
    assert.match(wrong.content[0].text, /someday/);
  });
}
