// What is sent is recorded once, whole or not at all, by clients of others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CloudEvent, HTTP } from "cloudevents";
import { event, lines, makeStore, run, serve } from "./support.js";

const server = await serve(makeStore("recording"));
const head = async () => Number(/@(\d+)/.exec(await (await server.get("/v1/head")).text())[1]);

test("an event is recorded, and told of as recorded already when it comes again", async () => {
  const before = await head();
  const first = await server.record(event("a"));
  assert.equal(first.status, 201, await first.clone().text());
  assert.deepEqual(await first.json(), { recorded: 1, already: 0, positions: [before + 1], head: before + 1 });
  const again = await server.record(event("a"));
  assert.equal(again.status, 200);
  assert.deepEqual(await again.json(), { recorded: 0, already: 1, positions: [before + 1], head: before + 1 });
  const shown = await (await server.get(`/v1/show/a.txt`)).text();
  assert.match(shown, /Visit a/);
});

test("a batch, lines, and an array are taken whole or not at all", async () => {
  const before = await head();
  const wrong = await server.record([event("b1"), event("b2", { type: "solnoma.danced" })], "application/cloudevents-batch+json");
  assert.equal(wrong.status, 422);
  assert.match(JSON.stringify(await wrong.json()), /event 2/);
  assert.equal(await head(), before);
  const batch = await server.record([event("b1"), event("b2")], "application/cloudevents-batch+json");
  assert.equal((await batch.json()).recorded, 2);
  const many = [event("b3"), event("b4")].map((each) => JSON.stringify(each)).join("\n");
  const ndjson = await server.record(`${many}\n`, "application/x-ndjson");
  assert.equal((await ndjson.json()).recorded, 2);
  const broken = await server.record(`${JSON.stringify(event("b5"))}\n{`, "application/x-ndjson");
  assert.equal(broken.status, 422);
  assert.match((await broken.json()).where, /line 2/);
  assert.equal(await head(), before + 4);
});

test("the SDK of CloudEvents is understood in both modes", async () => {
  const before = await head();
  for (const mode of [HTTP.structured, HTTP.binary]) {
    const sent = new CloudEvent(event(`sdk-${mode === HTTP.binary ? "binary" : "structured"}`, { data: { title: { ru: "Визит" } } }));
    const message = mode(sent);
    const body = typeof message.body === "string" ? message.body : JSON.stringify(message.body);
    const { "content-type": type, ...headers } = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), encodeURI(String(value))]),
    );
    const answer = await server.record(body, decodeURI(type), headers);
    assert.equal(answer.status, 201, await answer.clone().text());
  }
  const read = lines(await (await server.get(`/v1/events?after=${before}`)).text());
  assert.deepEqual(read.map((each) => each.data.title.ru), ["Визит", "Визит"]);
  for (const each of read) assert.equal(new CloudEvent(each).validate(), true);
});

test("an expectation that fails is told of, and nothing is recorded", async () => {
  const newest = (await (await server.get("/v1/status/park/chirchik")).json()).subjects[0];
  assert.ok(newest);
  const before = await head();
  const all = lines(await (await server.get("/v1/events?subject=park/chirchik")).text());
  const revision = all.length;
  const stale = await server.record(event("c1"), undefined, { "if-match": `"${revision - 1}"` });
  assert.equal(stale.status, 412);
  assert.equal((await server.record(event("c2"), undefined, { "if-none-match": "*" })).status, 412);
  assert.equal((await server.record(event("c3", { subject: "park/new" }), undefined, { "if-none-match": "*" })).status, 201);
  assert.equal((await server.record(event("c4"), undefined, { "if-match": `"${revision}"` })).status, 201);
  const both = [event("c5"), event("c6", { subject: "park/new" })];
  const type = "application/cloudevents-batch+json";
  assert.equal((await server.record(both, type, { "if-match": '"1"' })).status, 400);
  assert.equal((await server.record(both, type, { "solnoma-expect": `park/chirchik=${revision + 1}, park/new=9` })).status, 412);
  assert.equal((await server.record(both, type, { "solnoma-expect": `park/chirchik=${revision + 1}, park/new=1` })).status, 201);
  assert.equal(await head(), before + 4);
  assert.equal((await server.record(event("c4", { occurred: "2020" }))).status, 409);
});

test("a trial records nothing and says what would be", async () => {
  const before = await head();
  const trial = await server.record(event("d"), undefined, {}, "?dry-run");
  assert.equal(trial.status, 200);
  assert.equal((await trial.json()).recorded, 1);
  assert.equal(await head(), before);
});

test("nobody records without the token, and a page of another server does not", async () => {
  const before = await head();
  for (const authorization of ["", "Bearer", "Bearer x", `Basic ${server.token}`, `Bearer ${server.token}x`, `Bearer ${server.token.slice(1)}`]) {
    const answer = await server.record(event("e"), undefined, { authorization });
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get("www-authenticate"), /^Bearer/);
  }
  assert.equal((await server.record(event("e"), undefined, { origin: "http://evil.example" })).status, 403);
  assert.equal((await server.record(event("e"), "text/plain")).status, 415);
  assert.equal((await fetch(`${server.url}/v1/events`, { method: "DELETE" })).status, 405);
  assert.equal(await head(), before);
});

test("who records while the server runs waits for it, and what reads does not", () => {
  assert.match(run("--store", server.store, "status", "park/chirchik"), /operating|construction/);
  assert.throws(() => run("--store", server.store, "--wait", "0", "rebuild"), /in use/);
});
