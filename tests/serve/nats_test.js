// A log that is shared by NATS: as by etcd, and never by a server or a stream that may lose what it has acknowledged.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import net from "node:net";
import { createServer } from "node:http";
import { test } from "node:test";
import { allAlike, isReady, until } from "./cluster.js";
import { wait } from "./members.js";
import { Nats } from "./nats.js";
import { event, makeStore, run, serve } from "./support.js";
import { testSharedLog } from "./shared_log.js";

const options = { skip: Nats.missing || false };

testSharedLog(Nats);

/** Why it does not begin. */
async function refusal(store, journal) {
  try {
    const server = await serve(store, "--journal", journal);
    await server.stop();
  } catch (error) {
    return error.message;
  }
  return assert.fail("it was begun");
}

test("a server that does not sync what it acknowledges is refused by name, and nothing is put there", options, async () => {
  class Lazy extends Nats {
    sync = "2m";
  }
  const lazy = await Lazy.start("lazy", { size: 1 });
  try {
    assert.match(await refusal(makeStore("lazy"), lazy.journal()), /'m0' does not sync what it acknowledges[^]*sync_interval: always/);
    assert.deepEqual(await lazy.streams(), []);
  } finally {
    lazy.end();
  }
});

test("one of three that does not sync is refused too, at once or when it is seen", options, async () => {
  class Mixed extends Nats {
    command(member) {
      this.sync = member.name === "m2" ? "1m" : "always";
      return super.command(member);
    }
  }
  const mixed = await Mixed.start("mixed");
  try {
    assert.match(await refusal(makeStore("mixed"), mixed.journal()), /'m2' does not sync/);
  } finally {
    mixed.end();
  }
});

test("a member that comes back and does not sync is noticed, and nothing is recorded until it does", options, async () => {
  const nats = await Nats.start("back", { size: 3 });
  try {
    const first = await serve(makeStore("back"), "--journal", nats.journal("back"));
    assert.equal((await first.record(event("by three"))).status, 201);
    await first.stop();
    const away = ((await nats.leader()) + 1) % 3;
    await nats.kill(away);
    // Who led may be gone, and another is elected.
    let server = null;
    await until(async () => (server = await serve(first.store, "--journal", nats.journal("back")).catch(() => null)), "two of three are enough");
    await until(() => isReady(server), "it is ready");
    assert.equal((await server.record(event("by two"))).status, 201);
    nats.sync = "1m";
    nats.begin(away);
    const why = async () => (await server.get("/readyz")).text();
    await until(async () => (await why()).includes(`'m${away}' does not sync`), "it is noticed");
    for (let i = 0; i < 20; ++i) {
      assert.equal((await server.record(event(`meanwhile-${i}`))).status, 503);
      await wait(100);
    }
    await nats.kill(away);
    nats.sync = "always";
    nats.begin(away);
    await until(() => isReady(server), "it is ready again");
    assert.equal((await server.record(event("in the end"))).status, 201);
    const log = await allAlike([server]);
    assert.deepEqual(log.slice(50).map((each) => each.id), ["by three", "by two", "in the end"]);
    await server.stop();
  } finally {
    nats.end();
  }
});

test("a server that is too old, or that shows nothing of itself, is refused", options, async () => {
  const nats = await Nats.start("old", { size: 1 });
  let version = "2.9.10";
  const monitor = createServer((_, answer) => answer.end(JSON.stringify({ server_name: "m0", version, jetstream: { config: { sync_always: true } } })));
  await new Promise((resolve) => monitor.listen(0, "127.0.0.1", resolve));
  const journal = (port) => nats.journal().replace(/monitor=.*/, `monitor=${port}`);
  try {
    for (version of ["2.9.10", "2.10.27", "2.15.0", "2.15.1-RC.1", "1.99.99"])
      assert.ok((await refusal(makeStore(`old-${version}`), journal(monitor.address().port))).includes(`'m0' is of version ${version}`), version);
    version = "2.16.0";
    const server = await serve(makeStore("new"), "--journal", journal(monitor.address().port));
    await server.stop();
    assert.match(await refusal(makeStore("hidden"), journal(1)), /shows whether it syncs/);
  } finally {
    monitor.close();
    nats.end();
  }
});

test("a stream that forgets is refused, and so is an address that is none", options, async () => {
  const nats = await Nats.start("stream", { size: 1 });
  try {
    // What another has made, by the protocol's own words.
    const socket = net.connect(nats.members[0].ports[0], "127.0.0.1");
    const made = new Promise((resolve) => {
      let said = "";
      socket.on("data", (data) => (said += data).includes('"created"') && resolve());
    });
    const config = JSON.stringify({ name: "short", subjects: ["short.place"], retention: "limits", storage: "file", max_msgs: 5, num_replicas: 1 });
    socket.write(`CONNECT {}\r\nSUB told 1\r\nPUB $JS.API.STREAM.CREATE.short told ${config.length}\r\n${config}\r\n`);
    await made;
    socket.destroy();
    assert.match(await refusal(makeStore("short"), nats.journal("short")), /stream short may lose what it keeps: it has a limit, max_msgs/);
    const store = makeStore("addresses");
    for (const [address, why] of [
      ["nats://127.0.0.1:4222", /does not name the log/],
      ["nats://127.0.0.1:4222/two/parts", /letters, digits/],
      ["nats://127.0.0.1:4222,/log", /names a member that is empty/],
      ["nats://127.0.0.1:4222/log?monitor=1,2", /more or fewer ports/],
      ["nats://127.0.0.1:4222/log?monitor=x", /a port to look at that is none/],
      ["nats://127.0.0.1:4222/log?sync=no", /says more than it can/],
      ["etcd://127.0.0.1:2379/log?monitor=1", /ports that etcd does not have/],
    ])
      assert.match(await refusal(store, address), why, address);
  } finally {
    nats.end();
  }
});

test("a stream that is gone is found out, and not begun again behind anybody's back", options, async () => {
  const nats = await Nats.start("gone", { size: 1 });
  try {
    const server = await serve(makeStore("gone"), "--journal", nats.journal("gone"));
    assert.equal((await server.record(event("before"))).status, 201);
    await server.stop();
    await nats.kill(0);
    execFileSync("rm", ["-rf", nats.members[0].directory]);
    nats.begin(0);
    await nats.ready();
    assert.match(await refusal(server.store, nats.journal("gone")), /no place is taken yet, though this store is part of a log/);
    const anew = await serve(server.store, "--journal", nats.journal("gone"), "--begin-anew");
    await until(() => isReady(anew), "it is ready");
    assert.equal((await anew.record(event("after"))).status, 201);
    assert.equal((await allAlike([anew])).length, 52);
    await anew.stop();
    assert.match(run("--store", server.store, "verify"), /52/);
  } finally {
    nats.end();
  }
});
