// A cluster of etcd on this machine, whose members can be killed, paused and started again.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { directory } from "./support.js";

/** Why there is none; "": there is. */
export const noEtcd = (() => {
  try {
    execFileSync("etcd", ["--version"], { stdio: "ignore" });
    return "";
  } catch {
    return "etcd is not installed";
  }
})();

export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One that is free, and that the machine gives to no connection meanwhile. */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await new Promise((resolve) => {
      const server = net.createServer().on("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

export class Etcd {
  /** `place(i)`: the directory of a member; `hosts`: their addresses; `wrap`: how each is started, as [program, …]. */
  static async start(name, { size = 3, place, hosts, wrap = () => [] } = {}) {
    const members = [];
    for (let i = 0; i < size; ++i) {
      const host = hosts?.[i] ?? "127.0.0.1";
      const [client, peer] = hosts ? [2379, 2380] : [await freePort(), await freePort()];
      members.push({ name: `m${i}`, client: `http://${host}:${client}`, peer: `http://${host}:${peer}`, wrap: wrap(i), directory: place?.(i) ?? join(directory, `${name}-etcd-${i}`) });
    }
    const etcd = new Etcd(members);
    for (let i = 0; i < size; ++i) etcd.begin(i);
    await etcd.ready();
    return etcd;
  }

  constructor(members) {
    this.members = members;
  }

  get size() {
    return this.members.length;
  }

  /** What `serve --journal` takes. */
  journal(log = "test") {
    return `etcd://${this.members.map((each) => new URL(each.client).host).join(",")}/${log}`;
  }

  begin(i) {
    const member = this.members[i];
    mkdirSync(member.directory, { recursive: true });
    const everyone = this.members.map((each) => `${each.name}=${each.peer}`).join(",");
    const [program, ...args] = [...member.wrap, "etcd", "--name", member.name, "--data-dir", join(member.directory, "data"), "--listen-client-urls", member.client, "--advertise-client-urls", member.client, "--listen-peer-urls", member.peer, "--initial-advertise-peer-urls", member.peer, "--initial-cluster", everyone, "--log-level", "error", "--auto-compaction-retention", "5m"];
    const child = spawn(program, args, { stdio: "ignore" });
    member.child = child;
    child.on("exit", () => {
      if (member.child === child) member.child = null;
    });
  }

  signal(i, signal) {
    const { child } = this.members[i];
    child?.kill(signal);
  }
  async kill(i) {
    const { child } = this.members[i];
    if (!child) return;
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  async ask(i, path, body, patience = 2000) {
    const answer = await fetch(this.members[i].client + path, { method: "POST", body: JSON.stringify(body), signal: AbortSignal.timeout(patience) });
    return answer.json();
  }

  /** Which member leads; -1: none that is heard. */
  async leader() {
    for (let i = 0; i < this.size; ++i) {
      try {
        const status = await this.ask(i, "/v3/maintenance/status", {});
        if (status.leader && status.leader === status.header.member_id) return i;
      } catch {
        // another may
      }
    }
    return -1;
  }

  async ready() {
    for (let tries = 0; tries < 300; ++tries) {
      if ((await this.leader()) >= 0) return;
      await wait(100);
    }
    throw new Error("etcd has no leader");
  }

  end() {
    for (const { child } of this.members) child?.kill("SIGKILL");
  }
}
