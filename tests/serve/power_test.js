// The power fails for what the places of a shared log are kept by, whose members have a file system each: what their disks held at one moment is all that is
// left of them. Where this machine lets nobody mount a file system, the test says so.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { checkAcknowledged, allAlike, isReady, until, Writer } from "./cluster.js";
import { Etcd } from "./etcd.js";
import { wait } from "./members.js";
import { Nats } from "./nats.js";
import { directory, makeStore, run, serve } from "./support.js";

const room = mkdtempSync(join(tmpdir(), "solnoma-power-"));
const disks = [];

function call(program, ...args) {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** A file system of its own, in a file. */
function mount(image, at) {
  mkdirSync(at, { recursive: true });
  call("mount", "-o", "loop", image, at);
  disks.push(at);
  return at;
}
function unmount(at) {
  call("umount", "--lazy", at);
  disks.splice(disks.indexOf(at), 1);
}
function makeDisk(name) {
  const image = join(room, `${name}.img`);
  call("truncate", "--size", "300M", image);
  call("mkfs.ext4", "-q", "-F", image);
  return { image, at: mount(image, join(room, name)) };
}

const noDisks = (() => {
  try {
    unmount(makeDisk("trial").at);
    return false;
  } catch (error) {
    return `no file system can be mounted here: ${String(error.message).split("\n")[0]}`;
  }
})();

process.on("exit", () => {
  for (const at of [...disks]) {
    try {
      unmount(at);
    } catch {
      // it was gone already
    }
  }
  rmSync(room, { recursive: true, force: true });
});

/** By members of that kind. */
function testPower(Cluster, lost) {
  test(`when the power fails for ${lost} of 3 members of ${Cluster.called}, what was acknowledged is there`, { skip: Cluster.missing || noDisks }, async (context) => {
    const places = [0, 1, 2].map((i) => makeDisk(`disk-${Cluster.called}-${lost}-${i}`));
    const members = await Cluster.start(`power-${Cluster.called}-${lost}`, { place: (i) => places[i].at });
    try {
      const journal = members.journal(`power-${Cluster.called}-${lost}`);
      const first = await serve(makeStore(`power-${Cluster.called}-${lost}`), "--journal", journal);
      const second = await serve(join(directory, `power-${Cluster.called}-${lost}-b.store`), "--journal", journal, "--peer", first.url);
      const servers = [first, second];
      for (const server of servers) await until(() => isReady(server), "it is ready");
      let end = Infinity;
      const writers = servers.map((server, i) => new Writer(`w${i}`, () => server));
      const writing = writers.map((writer) => writer.write(() => end));
      await wait(3000);
      // All at one moment: nothing more is acknowledged, and nothing more gets to a disk.
      const dead = [0, 1, 2].slice(0, lost);
      for (const i of dead) members.signal(i, "SIGSTOP");
      const acknowledged = writers.map((each) => each.acknowledged.length);
      for (const i of dead) {
        const copy = `${places[i].image}.copy`;
        call("cp", "--sparse=always", places[i].image, copy);
        await members.kill(i);
        unmount(places[i].at);
        mount(copy, places[i].at);
      }
      for (const i of dead) members.begin(i);
      await members.ready();
      await wait(1500);
      end = Date.now();
      await Promise.all(writing);
      checkAcknowledged(writers, await allAlike(servers));
      assert.ok(acknowledged.every((count) => count > 0));
      context.diagnostic(`${acknowledged.join(" and ")} events acknowledged before, ${writers.map((each) => each.acknowledged.length).join(" and ")} in the end`);
      for (const server of servers) {
        await server.stop();
        assert.match(run("--store", server.store, "verify"), /whole|verified|\d/);
      }
    } finally {
      members.end();
      await wait(200);
      for (const { at } of places) unmount(at);
    }
  });
}

for (const Cluster of [Etcd, Nats]) for (const lost of [3, 2]) testPower(Cluster, lost);
