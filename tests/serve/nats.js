// A cluster of NATS on this machine, of servers that sync what they acknowledge. There is one where $NATS_SERVER, or
// nats-server, is of version 2.15.1 or later; Debian 12's own is older. ./get_nats.sh fetches one that is not.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { Members } from "./members.js";

export const natsServer = process.env.NATS_SERVER || "nats-server";

/** Why the program is none that may be used; "": it is. */
function missing() {
  try {
    const said = execFileSync(natsServer, ["--version"], { encoding: "utf8" });
    const [, ...parts] = /v(\d+)\.(\d+)\.(\d+)/.exec(said);
    const [major, minor, patch] = parts.map(Number);
    return major * 1e6 + minor * 1e3 + patch >= 2_015_001 ? "" : `NATS is too old: ${said.trim()}`;
  } catch {
    return "no server of NATS is installed";
  }
}

export class Nats extends Members {
  static called = "nats";
  static ports = [4222, 6222, 8222];
  static missing = missing();

  /** What `serve --journal` takes. */
  journal(log = "test") {
    return `nats://${this.at(0).join(",")}/${log}?monitor=${this.members.map((each) => each.ports[2]).join(",")}`;
  }

  /** What follows the sync interval in the configuration of a member. */
  sync = "always";

  command({ name, host, ports, directory }) {
    const file = join(directory, "nats.conf");
    const routes = this.at(1).map((each) => `"nats://${each}"`);
    const cluster = this.size > 1 ? `cluster { name: tests, listen: "${host}:${ports[1]}", ping_interval: "2s", ping_max: 2, write_deadline: "2s", routes: [${routes}] }` : "";
    writeFileSync(file, `server_name: ${name}\nlisten: "${host}:${ports[0]}"\nhttp: "${host}:${ports[2]}"\n${cluster}\njetstream { store_dir: "${join(directory, "data")}", sync_interval: ${this.sync}, max_file_store: 200M }\n`);
    return [natsServer, "--config", file];
  }

  async look(i, path) {
    const answer = await fetch(`http://${this.at(2)[i]}${path}`, { signal: AbortSignal.timeout(2000) });
    return answer.json();
  }

  async everything() {
    const all = await Promise.allSettled(this.members.map((_, i) => this.look(i, "/jsz?streams=true&config=true")));
    return all.map((each) => (each.status === "fulfilled" ? each.value : null));
  }

  /** The streams as the members that lead them see them. */
  async streams() {
    return (await this.everything()).flatMap((each, i) => (each?.account_details ?? []).flatMap((account) => account.stream_detail ?? []).filter((stream) => !stream.cluster || stream.cluster.leader === this.members[i].name));
  }

  /** Which member leads the newest log, or all where there is none yet; -1: none that is heard. */
  async leader() {
    const all = await this.everything();
    if (this.size === 1) return all[0] ? 0 : -1;
    const logs = (await this.streams()).filter((each) => !each.name.endsWith("_machines"));
    const newest = logs.sort((a, b) => a.created.localeCompare(b.created)).at(-1);
    const name = newest ? newest.cluster.leader : all.find((each) => each?.meta_cluster?.leader)?.meta_cluster.leader;
    return this.members.findIndex((each) => each.name === name);
  }

  /** As if a machine of that name had said this of what it needs. */
  async mark(log, machine, text) {
    const [host, port] = this.at(0)[0].split(":");
    const socket = net.connect(Number(port), host);
    const stored = new Promise((resolve) => {
      let said = "";
      socket.on("data", (data) => {
        said += data;
        if (/"seq"/.test(said)) resolve();
      });
    });
    socket.write(`CONNECT {"verbose":false}\r\nSUB answer 1\r\nPUB ${log}_machines.${machine} answer ${text.length}\r\n${text}\r\n`);
    await stored;
    socket.destroy();
  }

  /** How many places it keeps of a log. */
  async kept(log) {
    return (await this.streams()).find((each) => each.name === log)?.state.messages ?? 0;
  }
}
