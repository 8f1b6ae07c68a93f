// A server that is killed at random moments while clients record, import, propose and accept: what it
// acknowledged is there once, and who sends again or listens again notices nothing else.
// SOLNOMA_KILLS says how often, SOLNOMA_SEED from which moments on.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { addToken, event, lines, makeStore, run, serve } from "./support.js";

const kills = Number(process.env.SOLNOMA_KILLS ?? 5);
const seed = Number(process.env.SOLNOMA_SEED ?? Date.now() % 1_000_000);
const store = makeStore("kill");
const tokens = {
  recorder: addToken(store, "boris", "--scope", "record"),
  proposer: addToken(store, "bot", "--scope", "propose"),
  steward: addToken(store, "anna", "--scope", "steward"),
};

let state = seed >>> 0;
/** A number from 0 up to below `end` (Steele and Vigna's mulberry32). */
function random(end) {
  state = (state + 0x6d2b79f5) >>> 0;
  let x = state;
  x = Math.imul(x ^ (x >>> 15), x | 1);
  x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
  return Math.floor((((x ^ (x >>> 14)) >>> 0) / 2 ** 32) * end);
}

/** What the server answers, read to its end; null: it is gone before that. */
async function send(server, token, path, body, type) {
  try {
    const answer = await fetch(server.url + path, { method: "POST", body, headers: { "content-type": type, authorization: `Bearer ${token}` } });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return null;
  }
}

/** Who does one thing after another. What was not answered is done again first, when there is a server again. */
class Client {
  constructor(name) {
    this.name = name;
    this.count = 0;
    this.acknowledged = []; // of each thing that it did: the ids of its events, and their positions where they are told
    this.again = 0; // how often something was done again
    this.underway = null;
  }
  async runOn(server) {
    if (this.underway) ++this.again;
    for (;;) {
      this.underway ??= this.next(`${this.name}-${++this.count}`);
      const positions = await this.underway.act(server);
      if (!positions) return;
      this.acknowledged.push({ ids: this.underway.ids, positions });
      this.underway = null;
    }
  }
}

class Recorder extends Client {
  /** Some of them one event, some a batch. */
  next(id) {
    const ids = this.count % 4 === 0 ? [`${id}-a`, `${id}-b`, `${id}-c`] : [id];
    const events = ids.map((each) => event(each, { subject: `park/${this.name}` }));
    const [body, type] = events.length > 1 ? [events, "application/cloudevents-batch+json"] : [events[0], "application/cloudevents+json"];
    const act = async (server) => {
      const answer = await send(server, tokens.recorder, "/v1/events", JSON.stringify(body), type);
      if (!answer) return null;
      assert.ok([200, 201].includes(answer.status), answer.text);
      const told = JSON.parse(answer.text);
      assert.equal(told.recorded + told.already, ids.length);
      assert.ok(told.recorded === 0 || told.already === 0, "a batch is there whole or not at all");
      return told.positions;
    };
    return { ids, act };
  }
}

class Importer extends Client {
  next(id) {
    const ids = [1, 2, 3, 4, 5].map((n) => `${id}-${n}`);
    const file = ids.map((each) => JSON.stringify(event(each, { subject: "park/imported" }))).join("\n");
    const act = async (server) => {
      const answer = await send(server, tokens.recorder, `/v1/import?name=${id}.jsonl`, file, "application/octet-stream");
      if (!answer) return null;
      assert.ok([200, 201].includes(answer.status), answer.text);
      return [];
    };
    return { ids, act };
  }
}

/** Proposes, and accepts what was proposed. */
class Steward extends Client {
  next(id) {
    const act = async (server) => {
      const handed = await send(server, tokens.proposer, "/v1/events", JSON.stringify(event(id, { subject: "park/proposed" })), "application/cloudevents+json");
      if (!handed) return null;
      // Without a number: it was accepted before the server was killed.
      assert.ok(handed.status === 202 || handed.status === 200, handed.text);
      const { proposal } = JSON.parse(handed.text);
      if (!proposal) return [];
      const accepted = await send(server, tokens.steward, "/v1/accept", new URLSearchParams({ q: proposal }).toString(), "application/x-www-form-urlencoded");
      if (!accepted) return null;
      assert.ok([200, 201].includes(accepted.status) || /recorded already/.test(accepted.text), accepted.text);
      return [];
    };
    return { ids: [id], act };
  }
}

/** A stream that is taken up again where it ended, by the id that it told last. */
class Subscriber {
  ids = [];
  last = "0";
  async runOn(server) {
    let text = "";
    try {
      const answer = await fetch(`${server.url}/v1/events`, { headers: { accept: "text/event-stream", "last-event-id": this.last, authorization: `Bearer ${tokens.recorder}` } });
      const decoder = new TextDecoder();
      for await (const chunk of answer.body) {
        text += decoder.decode(chunk, { stream: true });
        for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) this.hear(text.slice(0, end));
      }
    } catch {
      // The server is gone.
    }
  }
  hear(block) {
    const said = Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
    if (said.id) this.last = said.id;
    if (said.event === "event") this.ids.push(JSON.parse(said.data).id);
  }
}

const clients = [new Recorder("north"), new Recorder("south"), new Recorder("east"), new Recorder("west"), new Importer("import"), new Steward("proposal")];
const subscribers = [new Subscriber(), new Subscriber()];

/** The log has what was acknowledged, once and in its place, and of what was not each whole or not at all. */
function check(exported) {
  const places = new Map();
  exported.forEach((each, i) => {
    assert.ok(!places.has(each), `${each} is there twice`);
    places.set(each, i + 1);
  });
  for (const client of clients) {
    let newest = 0;
    for (const { ids, positions } of client.acknowledged) {
      const found = ids.map((id) => places.get(id));
      assert.ok(found.every((place) => place !== undefined), `${ids} was acknowledged and is lost`);
      if (positions.length > 0) assert.deepEqual(found, positions);
      for (const place of found) {
        assert.ok(place > newest, `${ids} is not in the order of ${client.name}`);
        newest = place;
      }
    }
    const pending = client.underway?.ids ?? [];
    assert.ok([0, pending.length].includes(pending.filter((id) => places.has(id)).length), `half of ${pending} is there`);
  }
}

/** Until all that streams have told is what the log holds. */
async function allHeard(exported, server) {
  while (subscribers.some((each) => each.ids.length < exported.length)) {
    assert.equal(server.child.exitCode, null, "the server ended by itself");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const each of subscribers) assert.deepEqual(each.ids, exported);
}

const exportedIds = () => lines(run("--store", store, "export")).map((each) => each.id);

test(`nothing that was acknowledged is lost by ${kills} kills (SOLNOMA_SEED=${seed})`, async (t) => {
  const done = () => clients.reduce((sum, client) => sum + client.acknowledged.length, 0);
  for (let round = 0; round <= kills; ++round) {
    const server = await serve(store);
    assert.match(run("--store", store, "verify"), /./);
    const exported = exportedIds();
    check(exported);
    const streams = subscribers.map((each) => each.runOn(server));
    await allHeard(exported, server);
    // A file that was sent and not imported to its end is not left behind.
    assert.ok(!existsSync(join(store, "importing")));
    if (round === kills) {
      assert.equal((await server.stop()).code, 0);
      await Promise.all(streams);
      break;
    }
    const before = done();
    const work = clients.map((each) => each.runOn(server));
    // However long it takes until something was recorded: then it is killed some moments later.
    const mistake = Promise.all(work).then(() => assert.fail("the server ended by itself"));
    const begun = async () => {
      while (done() < before + clients.length) await new Promise((resolve) => setTimeout(resolve, 2));
    };
    await Promise.race([begun(), mistake]);
    mistake.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, random(250)));
    assert.equal((await server.stop("SIGKILL")).signal, "SIGKILL");
    await Promise.all([...work, ...streams]);
  }
  const exported = exportedIds();
  for (const each of subscribers) assert.deepEqual(each.ids, exported);
  t.diagnostic(`${kills} kills, ${done()} things acknowledged, ${clients.reduce((sum, each) => sum + each.again, 0)} done again, ${exported.length} events`);
});
