// Whoever reads events over HTTP misses none and is told none twice, wherever it begins again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EventSource } from "eventsource";
import { event, lines, makeStore, run, serve } from "./support.js";

const store = makeStore("feed");
const server = await serve(store);

/** What a stream says until `enough` of it was heard. */
async function heard(path, enough, headers = {}) {
  const controller = new AbortController();
  const answer = await fetch(server.url + path, { headers: { accept: "text/event-stream", ...headers }, signal: controller.signal });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "text/event-stream");
  const said = [];
  const decoder = new TextDecoder();
  let text = "";
  let finished = false;
  try {
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, { stream: true });
      for (let end; !finished && (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
        const one = Object.fromEntries(
          text
            .slice(0, end)
            .split("\n")
            .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
        );
        said.push(one);
        finished = enough(one, said);
      }
      if (finished) controller.abort();
    }
  } catch (error) {
    if (!finished) throw error;
  }
  return said;
}
const caughtUp = (one) => one.event === "caught-up";

test("pages and the stream tell of the same events as the export, from every position on", async () => {
  const all = lines(run("--store", store, "export")).map((each) => each.id);
  for (let after = 0; after <= all.length; after += 7) {
    const page = await server.get(`/v1/events?after=${after}`);
    assert.deepEqual(lines(await page.text()).map((each) => each.id), all.slice(after));
    assert.equal(page.headers.get("solnoma-next"), String(all.length));
    const said = await heard(`/v1/events?after=${after}`, caughtUp);
    const events = said.filter((one) => one.event === "event");
    assert.deepEqual(events.map((one) => JSON.parse(one.data).id), all.slice(after));
    assert.deepEqual(events.map((one) => Number(one.id)), all.map((_, i) => i + 1).slice(after));
  }
  const paged = [];
  for (let after = 0; ; ) {
    const page = await server.get(`/v1/events?after=${after}&limit=9`);
    const some = lines(await page.text());
    if (some.length === 0) break;
    paged.push(...some.map((each) => each.id));
    after = Number(page.headers.get("solnoma-next"));
  }
  assert.deepEqual(paged, all);
});

test("a filtered stream that is taken up again at every id tells in all what the filter takes", async () => {
  const all = lines(run("--store", store, "export"));
  for (const [query, takes] of [
    ["subject=park/bukhara", (each) => each.subject === "park/bukhara"],
    ["type=opened", (each) => each.type === "solnoma.opened"],
    ["kind=relation", (each) => each.subject.startsWith("relation/")],
  ]) {
    const wanted = all.filter(takes).map((each) => each.id);
    assert.ok(wanted.length > 0);
    const told = [];
    let last = "0";
    for (let done = false; !done; ) {
      let events = 0;
      const said = await heard(`/v1/events?${query}`, (one) => caughtUp(one) || ++events === 2, { "last-event-id": last });
      for (const one of said) {
        if (one.id) {
          assert.ok(Number(one.id) > Number(last), "ids rise");
          last = one.id;
        }
        if (one.event === "event") told.push(JSON.parse(one.data).id);
        done = caughtUp(one);
      }
    }
    assert.deepEqual(told, wanted);
    assert.equal(last, String(all.length));
  }
});

test("what is recorded is heard at once, by many, and by an EventSource that lost its connection", async () => {
  const source = new EventSource(`${server.url}/v1/events?after=50&subject=park/chirchik`);
  const ids = [];
  const first = new Promise((resolve) => source.addEventListener("caught-up", resolve));
  source.addEventListener("event", (message) => ids.push(JSON.parse(message.data).id));
  await first;
  const many = Array.from({ length: 40 }, () => heard("/v1/events?after=50", (one) => one.event === "event" && JSON.parse(one.data).id === "live-2"));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal((await server.record(event("live-1"))).status, 201);
  assert.equal((await server.record(event("live-other", { subject: "park/navoi" }))).status, 201);
  assert.equal((await server.record(event("live-2"))).status, 201);
  for (const said of await Promise.all(many))
    assert.deepEqual(said.filter((one) => one.event === "event").map((one) => JSON.parse(one.data).id), ["live-1", "live-other", "live-2"]);
  while (ids.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(ids, ["live-1", "live-2"]);
  source.close();
});

test("after an interruption all streams come at once, and none is refused", async () => {
  const many = await Promise.all(Array.from({ length: 600 }, () => heard("/v1/events?after=50", caughtUp)));
  for (const said of many) assert.deepEqual(said, many[0]);
});

test("a stream says that its connection ends with it, so that no client asks by that again", async () => {
  const controller = new AbortController();
  const answer = await fetch(`${server.url}/v1/events?after=0`, { headers: { accept: "text/event-stream" }, signal: controller.signal });
  assert.equal(answer.headers.get("connection"), "close");
  controller.abort();
  await answer.body.cancel().catch(() => {});
});

test("a position beyond the log is waited for, and a wrong question is refused", async () => {
  const head = lines(run("--store", store, "export")).length;
  const waits = heard(`/v1/events?after=${head + 1}`, (one) => one.event === "event");
  await new Promise((resolve) => setTimeout(resolve, 200));
  await server.record(event("beyond-1"));
  await server.record(event("beyond-2"));
  assert.deepEqual((await waits).filter((one) => one.event === "event").map((one) => JSON.parse(one.data).id), ["beyond-2"]);
  for (const query of ["after=x", "limit=0", "colour=red", "type=danced"])
    assert.ok([400, 404].includes((await server.get(`/v1/events?${query}`)).status), query);
});

test("a server that is told to end says so to its streams, and ends by itself", async () => {
  const other = await serve(makeStore("ending"));
  const answer = await fetch(`${other.url}/v1/events`, { headers: { accept: "text/event-stream" } });
  const text = answer.text();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = Date.now();
  assert.deepEqual(await other.stop(), { code: 0, signal: null });
  assert.ok(Date.now() - began < 8000, "it does not wait for the streams");
  assert.match(await text, /retry: 1000\n\n$/);
  assert.equal(lines(run("--store", other.store, "export")).length, 50);
});
