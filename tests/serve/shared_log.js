// Servers that share a log by a cluster of three members on this machine, which are killed and paused while two writers
// compete: what was acknowledged is in the log, no id stands there twice, and all have the same log.

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { allAlike, checkAcknowledged, events, isReady, until, Writer } from "./cluster.js";
import { wait } from "./members.js";
import { directory, event, makeStore, run, serve } from "./support.js";

/** By members of that kind. */
export function testSharedLog(Cluster) {
  const skip = Cluster.missing || false;
  const options = { skip };
  const called = Cluster.called;

  let members;
  before(async () => {
    if (!skip) members = await Cluster.start("cluster");
  });
  after(() => members?.end());

  let logs = 0;
  /** Servers of one log, each with the others as its peers; the first has the shipped history. */
  async function cluster(size, ...more) {
    const journal = members.journal(`log-${++logs}`);
    const servers = [await serve(makeStore(`cluster-${logs}-0`), "--journal", journal, ...more)];
    for (let i = 1; i < size; ++i)
      servers.push(await serve(join(directory, `cluster-${logs}-${i}.store`), "--journal", journal, ...servers.flatMap((each) => ["--peer", each.url]), ...more));
    for (const server of servers) await until(() => isReady(server), "it is ready");
    return { journal, servers };
  }

  test(`${called}: what is recorded at any of three servers is the same at all, with what was there before`, options, async () => {
    const { servers } = await cluster(3);
    const [a, b, c] = servers;
    assert.equal((await events(c)).length, 50);
    const positions = [];
    for (let i = 0; i < 30; ++i) {
      const answer = await servers[i % 3].record(event(`e${i}`));
      assert.equal(answer.status, 201);
      positions.push(...(await answer.json()).positions);
    }
    assert.deepEqual(positions, Array.from({ length: 30 }, (_, i) => 51 + i));
    // The same event again, at another; a correction of what was recorded elsewhere a moment ago; what was expected.
    assert.equal((await (await b.record(event("e0"))).json()).already, 1);
    await a.record(event("wrong"));
    assert.equal((await c.record(event("right", { supersedes: "wrong" }))).status, 201);
    assert.equal((await b.record(event("late"), undefined, { "if-none-match": "*" })).status, 412);
    const log = await allAlike(servers);
    assert.equal(log.length, 82);
    for (const server of servers) {
      const answer = await server.get("/v1/status/park/chirchik");
      assert.equal(answer.headers.get("solnoma-behind"), "0");
      assert.match(await (await server.get("/metrics")).text(), /solnoma_follow_behind_events 0/);
    }
    for (const server of servers) {
      await server.stop();
      assert.match(run("--store", server.store, "verify"), /82/);
    }
  });

  test(`${called}: what is recorded at one server is heard at another at once`, options, async () => {
    const { servers } = await cluster(2);
    const [a, b] = servers;
    const stream = await fetch(`${b.url}/v1/events?after=50`, { headers: { accept: "text/event-stream" } });
    const reader = stream.body.getReader();
    const heard = (async () => {
      for (let said = ""; ; ) {
        const { value } = await reader.read();
        said += new TextDecoder().decode(value);
        if (said.includes("news-1")) return Date.now();
      }
    })();
    await wait(300);
    await a.record(event("news-1"));
    const told = Date.now();
    assert.ok((await heard) - told < 2000);
    await reader.cancel();
    for (const server of servers) await server.stop();
  });

  const faults = {
    "the leader is killed": async () => {
      const leader = Math.max(await members.leader(), 0);
      await members.kill(leader);
      await wait(1500);
      members.begin(leader);
    },
    "two members are killed": async () => {
      await Promise.all([members.kill(0), members.kill(1)]);
      await wait(1000);
      members.begin(0);
      members.begin(1);
    },
    "all members are killed": async () => {
      await Promise.all([0, 1, 2].map((i) => members.kill(i)));
      await wait(500);
      for (const i of [0, 1, 2]) members.begin(i);
    },
    "the leader stands still, and comes back": async () => {
      const leader = Math.max(await members.leader(), 0);
      members.signal(leader, "SIGSTOP");
      await wait(2500);
      members.signal(leader, "SIGCONT");
    },
  };

  for (const [what, fault] of Object.entries(faults)) {
    test(`${called}: while ${what}, two writers lose nothing`, options, async (context) => {
      const { servers } = await cluster(2);
      let end = Infinity;
      const writers = servers.map((server, i) => new Writer(`w${i}`, () => server));
      const writing = writers.map((writer) => writer.write(() => end));
      await wait(500);
      await fault();
      await members.ready();
      await wait(1500);
      end = Date.now();
      await Promise.all(writing);
      checkAcknowledged(writers, await allAlike(servers));
      context.diagnostic(`${writers.map((each) => each.acknowledged.length).join(" and ")} events, ${writers.map((each) => each.refused).join(" and ")} answers that left it open, no acknowledgement for ${Math.max(...writers.map((each) => each.longest))} ms at most`);
      for (const server of servers) await server.stop();
    });
  }

  test(`${called}: a server that is killed, or stands still, while it records loses nothing and comes back`, options, async () => {
    const { journal, servers } = await cluster(2);
    let end = Infinity;
    const writers = servers.map((_, i) => new Writer(`w${i}`, () => servers[i]));
    const writing = writers.map((writer) => writer.write(() => end));
    const begun = servers[1];
    for (let i = 0; i < 3; ++i) {
      await wait(400);
      await servers[1].stop("SIGKILL");
      servers[1] = await serve(begun.store, "--journal", journal, "--peer", servers[0].url);
    }
    servers[0].child.kill("SIGSTOP");
    await wait(1000);
    servers[0].child.kill("SIGCONT");
    await wait(500);
    end = Date.now();
    await Promise.all(writing);
    checkAcknowledged(writers, await allAlike(servers));
    for (const server of servers) await server.stop();
  });

  test(`${called}: without a majority it answers on, says so, and records nothing; when there is one again it is settled`, options, async () => {
    const { servers } = await cluster(1);
    const [a] = servers;
    members.signal(0, "SIGSTOP");
    members.signal(1, "SIGSTOP");
    const begun = Date.now();
    const answer = await a.record(event("unknown"));
    assert.equal(answer.status, 503);
    const problem = await answer.json();
    assert.match(problem.title + problem.detail, /nobody knows whether this is recorded/);
    assert.ok(Date.now() - begun < 25_000, "within a deadline");
    await until(async () => !(await isReady(a)), "it says that it is not ready");
    assert.equal((await a.get("/v1/status/park/chirchik")).status, 200);
    members.signal(0, "SIGCONT");
    members.signal(1, "SIGCONT");
    await members.ready();
    await until(() => isReady(a), "it is ready again");
    const again = await a.record(event("unknown"));
    assert.ok([200, 201].includes(again.status));
    const told = await again.json();
    assert.equal(told.recorded + told.already, 1);
    assert.equal((await events(a)).filter((each) => each.id === "unknown").length, 1);
    await a.stop();
  });

  test(`${called}: a server that is ended while there is no majority answers who waits, and ends in order`, options, async () => {
    const { servers } = await cluster(1);
    members.signal(0, "SIGSTOP");
    members.signal(1, "SIGSTOP");
    const waiting = Array.from({ length: 4 }, (_, i) => servers[0].record(event(`waits-${i}`)));
    await wait(300);
    const ended = servers[0].stop();
    for (const answer of await Promise.all(waiting)) assert.equal(answer.status, 503);
    assert.deepEqual(await ended, { code: 0, signal: null });
    members.signal(0, "SIGCONT");
    members.signal(1, "SIGCONT");
    await members.ready();
  });

  test(`${called}: a server that begins while no member leads waits for one`, options, async () => {
    for (const i of [0, 1, 2]) await members.kill(i);
    const beginning = serve(makeStore(`${called}-early`), "--journal", members.journal("early"), "--wait", "60");
    await wait(4500); // longer than it asks before it says so
    for (const i of [0, 1, 2]) members.begin(i);
    const server = await beginning;
    await until(() => isReady(server), "it is ready");
    assert.match(server.complained(), /waiting for those who keep the log that is shared/);
    assert.equal((await server.record(event("first"))).status, 201);
    await server.stop();
  });

  test(`${called}: a window of the log is kept; whoever is new, or comes back after it, copies from another and reads on`, options, async () => {
    const { journal, servers } = await cluster(2);
    const [a, b] = servers;
    await members.mark(`log-${logs}`, "stranger", "no number");
    for (let i = 0; i < 90; ++i) assert.equal((await servers[i % 2].record(event(`w${i}`))).status, 201);
    const log = `log-${logs}`;
    const kept = () => members.kept(log);
    await until(async () => (await kept()) < 60, "places are forgotten");
    assert.ok((await kept()) > 0);
    const c = await serve(join(directory, `cluster-${logs}-new.store`), "--journal", journal, "--peer", a.url);
    await until(() => isReady(c), "the new one is ready");
    assert.equal((await allAlike([a, b, c])).length, 140);
    assert.equal((await c.record(event("of the new one"))).status, 201);
    await allAlike([a, b, c]);
    // One whose disk was lost.
    await b.stop("SIGKILL");
    rmSync(b.store, { recursive: true });
    const anew = await serve(b.store, "--journal", journal, "--peer", a.url, "--peer", c.url);
    await until(() => isReady(anew), "it is ready");
    assert.equal((await allAlike([a, anew, c])).length, 141);
    for (const server of [a, c, anew]) await server.stop();
  });

  test(`${called}: an import is told to the others whole`, options, async () => {
    const { servers } = await cluster(2);
    const [a, b] = servers;
    const rows = Array.from({ length: 3000 }, (_, i) => JSON.stringify(event(`row-${i}`, { subject: `park/p${i % 50}`, data: { title: { en: `Visit ${i} ${"x".repeat(300)}` } } })));
    const answer = await fetch(`${a.url}/v1/import?name=rows.jsonl`, { method: "POST", body: rows.join("\n"), headers: { authorization: `Bearer ${a.token}` } });
    assert.equal(answer.status, 201, await answer.text());
    assert.equal((await allAlike([a, b])).length, 3051);
    for (const server of servers) await server.stop();
  });

  test(`${called}: a store that is part of a shared log is recorded to by itself no more, and other misuse is told`, options, async () => {
    const { journal, servers } = await cluster(1);
    const [a] = servers;
    await a.stop();
    const fails = (...args) => {
      try {
        run(...args);
      } catch (error) {
        return error.stderr;
      }
      assert.fail("it succeeded");
    };
    assert.match(fails("--store", a.store, "append", "visited", "park/chirchik", "--occurred", "2025-06-01", "--title", "x", "--source", "urn:x", "--id", "x"), /part of a log that several machines share/);
    assert.match(run("--store", a.store, "status", "park/chirchik"), /Chirchik/);
    assert.match(fails("--store", a.store, "serve", "--journal", members.journal("another")), /no place is taken yet/);
    assert.match(fails("--store", a.store, "serve", "--journal", "zookeeper://x/y"), /no address of what machines can share/);
    assert.match(fails("--store", a.store, "serve", "--journal", members.journal("")), /does not name the log/);
    assert.match(fails("--store", a.store, "serve", "--peer", "http://127.0.0.1:1"), /--journal/);
    // A store of another history is no beginning of this log.
    const other = makeStore("cluster-other");
    run("--store", other, "append", "visited", "park/chirchik", "--occurred", "2025-06-01", "--title", "Another", "--source", "urn:x", "--id", "another");
    const stranger = await serve(other, "--journal", journal);
    await until(async () => !(await isReady(stranger)) && stranger.complained().includes("another one than this store's"), "it is told");
    assert.notEqual((await stranger.record(event("x"))).status, 201);
    await stranger.stop();
  });
}
