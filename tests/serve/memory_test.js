// A server that gets less memory than one answer takes: who asks for that is refused, whatever else is
// asked or recorded meanwhile goes on, and when there is memory again, all is answered. Where it has to
// end for it, it says so, and nothing that it acknowledged is lost.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { directory, event, run, serve } from "./support.js";

const subjects = 20_000;
const store = join(directory, "memory.store");
const file = join(directory, "many.jsonl");
writeFileSync(file, Array.from({ length: subjects }, (_, i) => JSON.stringify(event(`e${i}`, { subject: `park/p${i}`, type: "solnoma.opened" }))).join("\n"));
run("--store", store, "init");
run("--store", store, "import", file);

/** How much address space the process may have: `more` than it has now; none: as much as it wants. */
function limit(server, more) {
  const now = Number(/VmSize:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]) * 1024;
  execFileSync("prlimit", [`--pid=${server.child.pid}`, `--as=${more === undefined ? "unlimited" : now + more}:`]);
}

/** Small things have their turn, too, but may come while the large one still has what they want. */
async function atLast(status, act) {
  for (let i = 0; ; ++i) {
    const got = await act();
    if (got === status) return;
    assert.equal(got, 503);
    assert.ok(i < 50, `${i} times refused`);
  }
}

/** Rounds with little memory, and one with all; what was recorded is told to `recorded`. */
async function askWithLittleMemory(server, name, recorded) {
  const ask = async (path) => {
    const answer = await server.get(path, { authorization: `Bearer ${server.token}` });
    return { status: answer.status, text: await answer.text() };
  };
  const record = async (id) => {
    const { status } = await server.record(event(id));
    if (status === 201) recorded(id);
    return status;
  };
  // Threads have their stacks, and what is asked often is in memory.
  await Promise.all(Array.from({ length: 16 }, (_, i) => ask(`/v1/status/park/p${i}`)));
  for (let i = 0; i < 20; ++i) assert.equal(await record(`${name}-before-${i}`), 201);

  limit(server, 24 << 20);
  for (let round = 0; round < 5; ++round) {
    const refused = await ask(`/v1/report.html?as-of=2025-0${round + 1}-01`);
    assert.equal(refused.status, 503, refused.text.slice(0, 200));
    assert.match(refused.text, /not enough memory.*remedy/s);
    await atLast(200, async () => (await ask("/v1/status/park/p7")).status);
    await atLast(201, () => record(`${name}-meanwhile-${round}`));
  }
  limit(server);
  const whole = await ask("/v1/report.html?as-of=2025-07-01");
  assert.equal(whole.status, 200);
  assert.ok(whole.text.length > 1_000_000);
}

test("an answer for which there is no memory is refused, and all others are given", async () => {
  const recorded = [];
  // Where it is the database that lacks it, or who reads from the network, the server ends: begun anew it goes on.
  const most = 6;
  for (let n = 1, over = false; !over; ++n) {
    assert.ok(n <= most, "one of them goes on to the end");
    const server = await serve(store);
    try {
      await askWithLittleMemory(server, `n${n}`, (id) => recorded.push(id));
      assert.deepEqual(await server.stop(), { code: 0, signal: null });
      over = true;
    } catch (error) {
      if (error.message !== "fetch failed" && error.message !== "terminated") throw error;
      assert.deepEqual(await server.stop(), { code: 3, signal: null });
      assert.match(server.complained(), /there is not enough memory for this/);
    }
  }
  const ids = run("--store", store, "export").trim().split("\n").map((line) => JSON.parse(line).id);
  for (const id of recorded) assert.equal(ids.filter((each) => each === id).length, 1, id);
  assert.ok(ids.length >= subjects + recorded.length);
  run("--store", store, "verify");
});
