// A cluster of etcd on this machine.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Members } from "./members.js";

export class Etcd extends Members {
  static called = "etcd";
  static ports = [2379, 2380];
  /** Why there is none; "": there is. */
  static missing = (() => {
    try {
      execFileSync("etcd", ["--version"], { stdio: "ignore" });
      return "";
    } catch {
      return "etcd is not installed";
    }
  })();

  /** What `serve --journal` takes. */
  journal(log = "test") {
    return `etcd://${this.at(0).join(",")}/${log}`;
  }

  command({ name, host, ports, directory }) {
    const [client, peer] = ports.map((port) => `http://${host}:${port}`);
    const everyone = this.members.map((each) => `${each.name}=http://${each.host}:${each.ports[1]}`).join(",");
    return ["etcd", "--name", name, "--data-dir", join(directory, "data"), "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", everyone, "--log-level", "error", "--auto-compaction-retention", "5m"];
  }

  async ask(i, path, body, patience = 2000) {
    const answer = await fetch(`http://${this.at(0)[i]}${path}`, { method: "POST", body: JSON.stringify(body), signal: AbortSignal.timeout(patience) });
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

  /** As if a machine of that name had said this of what it needs. */
  async mark(log, machine, text) {
    const base64 = (each) => Buffer.from(each).toString("base64");
    await this.ask(0, "/v3/kv/put", { key: base64(`${log}/machine/${machine}`), value: base64(text) });
  }

  /** How many places it keeps of a log. */
  async kept(log) {
    const key = (text) => Buffer.from(text).toString("base64");
    return Number((await this.ask(0, "/v3/kv/range", { key: key(`${log}/place/`), range_end: key(`${log}/place0`), count_only: true })).count);
  }
}
