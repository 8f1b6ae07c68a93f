// Whatever a client sends, others are answered, and what it meant is not guessed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { attacks } from "./attacks.js";
import { event, lines, makeStore, plainly, run, serve } from "./support.js";

const server = await serve(makeStore("attacks"), "--host", "chronicle.example");
attacks(server, plainly(server.port));

test("a server that is killed while it records loses nothing that it has acknowledged", async () => {
  const own = makeStore("killed");
  let acknowledged = [];
  for (let round = 0; round < 5; ++round) {
    const other = await serve(own);
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let i = 0; ; ++i) {
        const id = `k-${round}-${writer}-${i}`;
        const answer = await other.record(event(id));
        if (answer.status === 201) acknowledged.push(id);
        else throw new Error(`${answer.status}`);
      }
    });
    setTimeout(() => other.child.kill("SIGKILL"), 150 + 60 * round);
    await Promise.allSettled(writers);
  }
  const there = new Set(lines(run("--store", own, "export")).map((each) => each.id));
  assert.ok(acknowledged.length > 20);
  for (const id of acknowledged) assert.ok(there.has(id), id);
  assert.match(run("--store", own, "verify"), /./);
});
