// What the server says of itself is OpenAPI, and is what it does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { makeStore, serve } from "./support.js";

const server = await serve(makeStore("openapi"));
const described = await (await server.get("/.well-known/openapi")).json();

test("the description is OpenAPI 3.1", async () => {
  const result = await new Validator().validate(described);
  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
  assert.equal(described.openapi, "3.1.0");
});

// A value for each that makes sense; the rest are dates or words.
const kValues = {
  q: { status: "park/chirchik", timeline: "park/chirchik", diff: "park/chirchik", explain: "park/chirchik", report: "park/chirchik", plans: "park/chirchik", story: "park/chirchik", log: "park/chirchik", review: "park/chirchik", show: "s1-chirchik-start", prove: "s1-chirchik-start", agenda: "2025", search: "park" },
  lang: "ru",
  subject: "park/chirchik",
  kind: "park",
  region: "Tashkent",
  country: "UZ",
  partner: "Tatarstan",
  type: "opened",
  publisher: "RIA",
  state: "met",
  tz: "Asia/Tashkent",
  at: "@50",
  source: "",
  since: "as-of=2024",
  to: "2025",
  after: { changes: "10/2020-01-01" },
  before: "40",
};

test("every path answers, with every option that it is said to take", async () => {
  let asked = 0;
  for (const [path, { get }] of Object.entries(described.paths)) {
    if (!get) continue;
    const headers = get.security ? { authorization: `Bearer ${server.token}` } : {};
    const required = (get.parameters ?? []).filter((each) => each.required && each.in === "query");
    const value = (parameter) => {
      const known = kValues[parameter.name];
      if (known?.[get.operationId]) return known[get.operationId];
      if (typeof known === "string") return known;
      if (parameter.schema.enum) return parameter.schema.enum.at(-1);
      return parameter.schema.type === "integer" ? "1" : "2024-01-01";
    };
    const said = (parameters) =>
      path + (parameters.length ? "?" : "") + parameters.map((each) => `${each.name}=${encodeURIComponent(value(each))}`).join("&");
    for (const extra of [null, ...(get.parameters ?? []).filter((each) => each.in === "query" && !each.required)]) {
      const address = said(extra ? [...required, extra] : required);
      const answer = await server.get(address, headers);
      const problem = answer.status === 200 ? {} : await answer.json();
      assert.doesNotMatch(problem.detail ?? "", /cannot be asked|nothing at this address/, address);
      assert.ok(answer.status < 500, `${address}: ${JSON.stringify(problem)}`);
      if (answer.status !== 200) continue;
      ++asked;
      const type = answer.headers.get("content-type").split(";")[0];
      const types = Object.keys(get.responses[200].content).map((each) => each.split(";")[0]);
      assert.ok(types.includes(type), `${address}: ${type} is none of ${types}`);
      await answer.arrayBuffer();
    }
  }
  assert.ok(asked > 80, `only ${asked} were answered`);
});

test("every command that records takes each option that it is said to take", async () => {
  let sent = 0;
  for (const [path, { post }] of Object.entries(described.paths)) {
    const form = post?.requestBody.content["application/x-www-form-urlencoded"];
    if (!form) continue;
    assert.deepEqual(post.security, [{ token: [] }], path);
    for (const name of Object.keys(form.schema.properties)) {
      const answer = await fetch(server.url + path, { method: "POST", body: new URLSearchParams([[name, "true"], ...("dry-run" in form.schema.properties ? [["dry-run", ""]] : [])]), headers: { authorization: `Bearer ${server.token}` } });
      const { detail } = await answer.json();
      assert.doesNotMatch(detail, /is no option of|there is no option/, `${path} ${name}`);
      assert.ok(String(answer.status) in post.responses, `${path} ${name}: ${answer.status} ${detail}`);
      ++sent;
    }
  }
  assert.ok(sent > 80, `only ${sent}`);
});

test("what needs the token says so", () => {
  assert.deepEqual(described.paths["/v1/events"].post.security, [{ token: [] }]);
  assert.deepEqual(described.security, [{}, { token: [] }]);
});
