// Members of a cluster on this machine that can be killed, paused and started again, whatever program they are.

import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { directory } from "./support.js";

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

/** Of a kind that says by `ports` which ports a member takes where it has a machine of its own, and how it is started. */
export class Members {
  /** `place(i)`: the directory of a member; `hosts`: their addresses; `wrap`: how each is started, as [program, …]. */
  static async start(name, { size = 3, place, hosts, wrap = () => [] } = {}) {
    const members = [];
    for (let i = 0; i < size; ++i) {
      const ports = hosts ? this.ports : await Promise.all(this.ports.map(freePort));
      members.push({ name: `m${i}`, host: hosts?.[i] ?? "127.0.0.1", ports, wrap: wrap(i), directory: place?.(i) ?? join(directory, `${name}-${this.called}-${i}`) });
    }
    const cluster = new this(members);
    for (let i = 0; i < size; ++i) cluster.begin(i);
    await cluster.ready();
    return cluster;
  }

  constructor(members) {
    this.members = members;
  }

  get size() {
    return this.members.length;
  }

  /** Where the port of that number of each member is. */
  at(port) {
    return this.members.map((each) => `${each.host}:${each.ports[port]}`);
  }

  begin(i) {
    const member = this.members[i];
    mkdirSync(member.directory, { recursive: true });
    const [program, ...args] = [...member.wrap, ...this.command(member)];
    const child = spawn(program, args, { stdio: "ignore" });
    member.child = child;
    child.on("exit", () => {
      if (member.child === child) member.child = null;
    });
  }

  signal(i, signal) {
    this.members[i].child?.kill(signal);
  }
  async kill(i) {
    const { child } = this.members[i];
    if (!child) return;
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  async ready() {
    for (let tries = 0; tries < 600; ++tries) {
      if ((await this.leader()) >= 0) return;
      await wait(100);
    }
    throw new Error("no member leads");
  }

  end() {
    for (const { child } of this.members) child?.kill("SIGKILL");
  }
}
