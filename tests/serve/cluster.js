// What the tests of shared logs have in common: writers that send until they are told, and what must be so in the end.

import assert from "node:assert/strict";
import { wait } from "./members.js";
import { event, lines } from "./support.js";

/** Asked until it is so, or too long. */
export async function until(what, said, patience = 30_000) {
  for (const end = Date.now() + patience; Date.now() < end; await wait(50)) if (await what()) return;
  assert.fail(`not within ${patience} ms: ${said}`);
}

const head = async (server) => (await (await server.get("/v1/head")).text()).trim();
export async function events(server) {
  const all = [];
  for (;;) {
    const more = lines(await (await server.get(`/v1/events?after=${all.length}`)).text());
    if (more.length === 0) return all;
    all.push(...more);
  }
}
export const isReady = async (server) => (await server.get("/readyz")).status === 200;

export async function allAlike(servers) {
  await until(async () => new Set(await Promise.all(servers.map(head))).size === 1, "all have one head");
  const log = await events(servers[0]);
  const ids = log.map((each) => `${each.source} ${each.id}`);
  assert.equal(new Set(ids).size, ids.length, "no id stands there twice");
  for (const other of servers.slice(1)) assert.deepEqual(await events(other), log);
  return log;
}

/** Records one event after another, at one server; what has no clear answer is sent again until it has one. */
export class Writer {
  acknowledged = [];
  said = ""; // by the last answer that was no acknowledgement
  stopped = false; // it gives up
  refused = 0; // answers that left open whether it is recorded
  longest = 0; // between two acknowledgements, in milliseconds
  constructor(name, server) {
    this.name = name;
    this.server = server;
  }
  async write(until) {
    let last = Date.now();
    for (let n = 1; Date.now() < until() && !this.stopped; ++n) {
      const id = `${this.name}-${n}`;
      while (!this.stopped) {
        const server = this.server();
        const { exitCode, signalCode } = server.child; // a test kills some
        assert.ok(exitCode === null && [null, "SIGKILL"].includes(signalCode), `the server of ${this.name} ended by ${signalCode ?? exitCode}: … ${server.complained().slice(-2000)}`);
        const answer = await server.record(event(id, { subject: `park/${this.name}` })).catch(() => null);
        const text = answer && (await answer.text().catch(() => null));
        if (text !== null && answer && [200, 201].includes(answer.status)) {
          this.acknowledged.push({ id, position: JSON.parse(text).positions[0] });
          break;
        }
        this.said = answer ? `${answer.status} ${text}` : "no answer";
        if (answer && !this.stopped) assert.equal(answer.status, 503, text);
        ++this.refused;
        await wait(20);
      }
      this.longest = Math.max(this.longest, Date.now() - last);
      last = Date.now();
    }
  }
}

export function checkAcknowledged(writers, log) {
  for (const writer of writers) {
    assert.ok(writer.acknowledged.length > 0, `${writer.name} recorded something`);
    for (const { id, position } of writer.acknowledged) assert.equal(log[position - 1]?.id, id);
  }
}
