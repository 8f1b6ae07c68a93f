// No test: prints what recording costs where three members of etcd or of NATS are asked, beside a store of one's own, in turns in
// one run, and how long one that was away takes. What was acknowledged is counted. tests/serve/run.sh PROGRAM cluster_figures.js

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { allAlike, isReady, until } from "./cluster.js";
import { Etcd } from "./etcd.js";
import { Nats } from "./nats.js";
import { directory, event, makeStore, serve } from "./support.js";

const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const late = (all) => all.sort((a, b) => a - b)[Math.floor(all.length * 0.99)];

/** So many events by so many clients at a time; what each took, in milliseconds, and how many a second in all. */
async function record(server, name, clients, count) {
  const took = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = client; i < count; i += clients) {
        const sent = performance.now();
        const answer = await server.record(event(`${name}-${i}`));
        assert.equal(answer.status, 201, await answer.text());
        took.push(performance.now() - sent);
      }
    }),
  );
  return { took, rate: (count / (performance.now() - begun)) * 1000 };
}

test("figures", async (context) => {
  const servers = { "a store of its own": [await serve(makeStore("alone"))] };
  for (const Cluster of [Etcd, Nats].filter((each) => !each.missing)) {
    const { called } = Cluster;
    const members = await Cluster.start("figures");
    after(() => members.end());
    const a = await serve(makeStore(called), "--journal", members.journal());
    const b = await serve(join(directory, `${called}-b.store`), "--journal", members.journal(), "--peer", a.url);
    await until(() => isReady(b), "it is ready");
    servers[`${called}, three members`] = [a, b];
  }
  for (const clients of [1, 16]) {
    const all = Object.fromEntries(Object.keys(servers).map((each) => [each, { took: [], rates: [] }]));
    for (let round = 0; round < 5; ++round) {
      for (const [name, [server]] of Object.entries(servers)) {
        const { took, rate } = await record(server, `${clients}-${round}`, clients, clients * 40);
        all[name].took.push(...took);
        all[name].rates.push(rate);
      }
    }
    for (const [name, { took, rates }] of Object.entries(all)) context.diagnostic(`${clients} at a time, ${name}: median ${median(took).toFixed(1)} ms, 99 of 100 within ${late(took).toFixed(1)} ms, ${median(rates).toFixed(0)} a second`);
  }
  for (const [name, [a, b]] of Object.entries(servers)) {
    if (!b) continue;
    // Two machines compete.
    const both = await Promise.all([record(a, "both-a", 8, 320), record(b, "both-b", 8, 320)]);
    context.diagnostic(`${name}: 8 at a time at each of two machines: ${both.map((each) => median(each.took).toFixed(1)).join(" and ")} ms, ${both.map((each) => each.rate.toFixed(0)).join(" + ")} a second`);
    const log = await allAlike([a, b]);
    assert.equal(log.length, 50 + 5 * 40 * 17 + 640);
    // What is read meanwhile.
    let end = false;
    let reads = 0;
    const reading = Array.from({ length: 8 }, async () => {
      while (!end) {
        const answer = await b.get("/v1/status/park/chirchik");
        assert.equal(answer.status, 200);
        await answer.arrayBuffer();
        ++reads;
      }
    });
    const begun = performance.now();
    const { rate } = await record(a, "beside", 8, 640);
    end = true;
    await Promise.all(reading);
    context.diagnostic(`${name}: beside ${rate.toFixed(0)} recorded a second at one machine, the other answered ${((reads / (performance.now() - begun)) * 1000).toFixed(0)} questions a second`);
  }
  for (const server of Object.values(servers).flat()) await server.stop();
});
