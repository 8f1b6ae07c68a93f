// Three machines, each with a member of the cluster that keeps the places and a server, in network namespaces of this one: the network between them is cut in
// every way that leaves a minority, and healed. Where this machine lets nobody make namespaces, the test says so.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, test } from "node:test";
import { allAlike, checkAcknowledged, isReady, until, Writer } from "./cluster.js";
import { Etcd } from "./etcd.js";
import { wait } from "./members.js";
import { Nats } from "./nats.js";
import { addToken, directory, makeStore, run, serveBy, today } from "./support.js";

const call = (program, ...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
// Names and addresses that no other run of this has.
const name = `sol${process.pid % 10_000}`;
const net = (process.pid % 120) * 2;
// Of each: the line to the others, which is cut, and one by which the test asks it, which is not.
const machines = [0, 1, 2].map((i) => ({ namespace: `${name}n${i}`, outer: `${name}v${i}`, asked: `${name}a${i}`, address: `10.213.${net}.${i + 1}` }));
const bridges = [
  { bridge: `${name}b`, address: `10.213.${net}.254/24` },
  { bridge: `${name}c`, address: `10.213.${net + 1}.254/24` },
];

function takeDown() {
  for (const { namespace } of machines) {
    try {
      call("ip", "netns", "delete", namespace);
    } catch {
      // it is not there
    }
  }
  for (const { bridge } of bridges) {
    try {
      call("ip", "link", "delete", bridge);
    } catch {
      // nor is it
    }
  }
}

const noNetworks = (() => {
  try {
    for (const { bridge, address } of bridges) {
      call("ip", "link", "add", bridge, "type", "bridge");
      call("ip", "address", "add", address, "dev", bridge);
      call("ip", "link", "set", bridge, "up");
    }
    for (const [i, { namespace, outer, asked, address }] of machines.entries()) {
      call("ip", "netns", "add", namespace);
      call("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", namespace);
      call("ip", "link", "add", asked, "type", "veth", "peer", "name", "eth1", "netns", namespace);
      call("ip", "link", "set", outer, "master", bridges[0].bridge, "up");
      call("ip", "link", "set", asked, "master", bridges[1].bridge, "up");
      for (const [device, own] of [["eth0", `${address}/24`], ["eth1", `10.213.${net + 1}.${i + 1}/24`], ["lo", ""]]) {
        if (own) call("ip", "-n", namespace, "address", "add", own, "dev", device);
        call("ip", "-n", namespace, "link", "set", device, "up");
      }
    }
    return false;
  } catch (error) {
    takeDown();
    return `no network namespaces can be made here: ${String(error.message).split("\n")[0]}`;
  }
})();
after(takeDown);

/** What a machine does, it does by its own network. */
const within = (i) => ["ip", "netns", "exec", machines[i].namespace];
const cut = (i) => call("ip", "link", "set", machines[i].outer, "down");
// As long as it takes until all hear each other again: TCP asks again as late as it has been cut off, up to two minutes.
const patience = 120_000;
const heal = (i) => call("ip", "link", "set", machines[i].outer, "up");

for (const Cluster of [Etcd, Nats]) {
  test(`${Cluster.called}: a part of the network that is cut off records nothing, the other goes on, and in the end all have one log`, { skip: Cluster.missing || noNetworks }, async (context) => {
    const writers = [];
    const members = await Cluster.start("partition", { hosts: machines.map((each) => each.address), wrap: within });
    try {
      const servers = [];
      for (const i of [0, 1, 2]) {
        const store = i === 0 ? makeStore(`partition-${Cluster.called}`) : join(directory, `partition-${Cluster.called}-${i}.store`);
        if (i > 0) run("--store", store, "init");
        const token = addToken(store, "all", "--scope", "steward");
        const peers = servers.flatMap((_, k) => ["--peer", `http://${machines[k].address}:8417`]);
        const env = { SOLNOMA_TODAY: today, SOLNOMA_TOKEN: servers[0]?.token ?? "" };
        const server = await serveBy(within(i), env, store, "--journal", members.journal("partition"), "--listen", "0.0.0.0:8417", "--host", machines[i].address, "--host", `10.213.${net + 1}.${i + 1}`, ...peers);
        const url = `http://10.213.${net + 1}.${i + 1}:8417`;
        const authorization = `Bearer ${token}`;
        servers.push({
          ...server,
          url,
          token,
          get: (path, headers = {}) => fetch(url + path, { headers: { authorization, ...headers } }),
          record: (body) => fetch(`${url}/v1/events`, { method: "POST", body: JSON.stringify(body), headers: { authorization, "content-type": "application/cloudevents+json" } }),
        });
        await until(() => isReady(servers[i]), "it is ready");
      }
      let end = Infinity;
      writers.push(...servers.map((server, i) => new Writer(`w${i}`, () => server)));
      const writing = writers.map((writer) => writer.write(() => end));
      await wait(1000);
      const leader = Math.max(await members.leader(), 0);
      for (const lone of [leader, (leader + 1) % 3]) {
        cut(lone);
        await wait(5000);
        const before = writers[lone].acknowledged.length;
        const others = writers.filter((_, i) => i !== lone);
        const counts = others.map((each) => each.acknowledged.length);
        await until(() => others.every((each, k) => each.acknowledged.length > counts[k]), "the others go on", patience);
        assert.equal(writers[lone].acknowledged.length, before, "a minority acknowledges nothing");
        await until(async () => !(await isReady(servers[lone])), "it says that it is not ready", patience);
        assert.equal((await servers[lone].get("/v1/status/park/chirchik")).status, 200);
        heal(lone);
        await until(() => writers[lone].acknowledged.length > before, "it goes on when it is heard again", patience);
      }
      end = Date.now();
      await Promise.all(writing);
      checkAcknowledged(writers, await allAlike(servers));
      context.diagnostic(`${writers.map((each) => each.acknowledged.length).join(", ")} events, ${writers.map((each) => each.refused).join(", ")} answers that left it open, no acknowledgement for ${writers.map((each) => each.longest).join(", ")} ms`);
      for (const server of servers) await server.stop();
    } finally {
      for (const writer of writers) {
        writer.stopped = true;
        if (writer.said) context.diagnostic(`${writer.name} was told last: ${writer.said}`);
      }
      members.end();
    }
  });
}
