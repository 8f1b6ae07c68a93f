// As whom a machine comes to what keeps the places of a shared log: by a certificate, and by a password in a file.

import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import { authority, makeCertificate } from "./certificates.js";
import { allAlike, isReady, until } from "./cluster.js";
import { Etcd } from "./etcd.js";
import { Nats } from "./nats.js";
import { directory, event, makeStore, serveIn, today } from "./support.js";

const certificate = makeCertificate("member");
// The gateway of etcd takes none that has a common name.
const own = makeCertificate("machine", { subject: "/O=machine" });

class SecureEtcd extends Etcd {
  static password = 'dif"ficult: \\ пароль';
  journal(log = "test") {
    return super.journal(log).replace("etcd:", "etcds:");
  }
  command(member) {
    const tls = ["--cert-file", certificate.certificate, "--key-file", certificate.key, "--client-cert-auth", "--trusted-ca-file", authority];
    return [...super.command(member).map((each) => each.replace(`http://${this.at(0)[0]}`, `https://${this.at(0)[0]}`)), ...tls];
  }
  token = "";
  ask(i, path, body) {
    const [host, port] = this.at(0)[i].split(":");
    const known = { cert: readFileSync(own.certificate), key: readFileSync(own.key), ca: readFileSync(authority) };
    return new Promise((resolve, reject) => {
      const headers = this.token ? { authorization: this.token } : {};
      const request = https.request({ host, port, path, method: "POST", timeout: 3000, headers, ...known }, (answer) => {
        let text = "";
        answer.on("data", (data) => (text += data));
        answer.on("end", () => resolve(JSON.parse(text)));
      });
      request.on("error", reject).end(JSON.stringify(body));
    });
  }
  /** A user who may reach one log alone. */
  async protect(name, log) {
    const key = Buffer.from(`${log}/`).toString("base64");
    const end = Buffer.from(`${log}0`).toString("base64");
    for (const [path, body] of [
      ["user/add", { name: "root", password: "root" }],
      ["role/add", { name: "root" }],
      ["user/grant", { user: "root", role: "root" }],
      ["user/add", { name, password: SecureEtcd.password }],
      ["role/add", { name: "one" }],
      ["role/grant", { name: "one", perm: { permType: "READWRITE", key, range_end: end } }],
      ["user/grant", { user: name, role: "one" }],
      ["enable", {}],
    ]) {
      const answer = await this.ask(0, `/v3/auth/${path}`, body);
      assert.ok(!answer.error, `${path}: ${answer.error}`);
    }
  }
  /** As when it has forgotten all tokens. */
  async forgetTokens() {
    await this.kill(0);
    this.begin(0);
    await until(async () => (await this.leader().catch(() => -1)) >= 0 || (await this.ask(0, "/v3/auth/authenticate", { name: "root", password: "root" }).catch(() => null))?.token, "it is there again");
  }
}

class SecureNats extends Nats {
  static password = "difficult: пароль";
  journal(log = "test") {
    return super.journal(log).replace("nats:", "tls:");
  }
  command(member) {
    const command = super.command(member);
    const file = command.at(-1);
    const tls = `{ cert_file: "${certificate.certificate}", key_file: "${certificate.key}", ca_file: "${authority}", verify: true }`;
    const users = `authorization { users: [{ user: machine, password: ${JSON.stringify(SecureNats.password)} }] }`;
    writeFileSync(file, `${readFileSync(file, "utf8").replace("http:", "https:")}\ntls ${tls}\n${users}\n`);
    return command;
  }
  look(i, path) {
    const [host, port] = this.at(2)[i].split(":");
    const known = { cert: readFileSync(own.certificate), key: readFileSync(own.key), ca: readFileSync(authority) };
    return new Promise((resolve, reject) => {
      https.get({ host, port, path, timeout: 3000, ...known }, (answer) => {
        let text = "";
        answer.on("data", (data) => (text += data));
        answer.on("end", () => resolve(JSON.parse(text)));
      }).on("error", reject);
    });
  }
}

const file = (name, text, mode = 0o600) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};
const byCertificate = ["--journal-certificate", own.certificate, "--journal-key", own.key];
const serve = (store, ...options) => serveIn({ SOLNOMA_TODAY: today, SOLNOMA_CA: authority }, store, ...options);

async function refusal(store, journal, ...options) {
  try {
    await (await serve(store, "--journal", journal, ...options)).stop();
  } catch (error) {
    return error.message;
  }
  return assert.fail("it was begun");
}

for (const Cluster of [SecureEtcd, SecureNats]) {
  const options = { skip: Cluster.missing || false };
  const { called } = Cluster;
  const byPassword = ["--journal-credentials", file(`credentials-${called}`, `machine:${Cluster.password}\n`)];
  const byBoth = [...byCertificate, ...byPassword];
  test(`${called}: machines come with a certificate and a password, and nobody comes without`, options, async () => {
    const members = await Cluster.start("access", { size: 1 });
    try {
      await members.protect?.("machine", "log");
      const a = await serve(makeStore(`access-${called}`), "--journal", members.journal("log"), ...byBoth);
      const b = await serve(join(directory, `access-${called}-b.store`), "--journal", members.journal("log"), ...byBoth, "--peer", a.url);
      for (const each of [a, b]) await until(() => isReady(each), "it is ready");
      assert.equal((await a.record(event("by a"))).status, 201);
      assert.equal((await b.record(event("by b"))).status, 201);
      if (members.forgetTokens) {
        await members.forgetTokens();
        await until(async () => [200, 201].includes((await a.record(event("after it was begun again"))).status), "it is known again");
        await until(() => isReady(b), "so is the other");
      }
      assert.ok((await allAlike([a, b])).length >= 52);
      for (const each of [a, b]) await each.stop();
      for (const some of [byCertificate, byPassword, []])
        assert.match(await refusal(makeStore(`access-${called}-${some.length}`), members.journal("log"), ...some), /does not answer|shows whether it syncs/);
      const wrong = file(`wrong-${called}`, "machine:wrong\n");
      const said = await refusal(makeStore(`access-${called}-wrong`), members.journal("log"), ...byCertificate, "--journal-credentials", wrong);
      assert.match(said, called === "etcd" ? /authentication failed[^]*'machine'/ : /[Aa]uthorization/);
      if (called === "etcd") assert.match(await refusal(makeStore(`access-${called}-other`), members.journal("other"), ...byBoth), /permission denied/);
    } finally {
      members.end();
    }
  });
}

test("what says who a machine is, is for its owner's eyes alone, and whole", async () => {
  const store = makeStore("access-files");
  const journal = "etcd://127.0.0.1:1/log";
  const open = file("open", "machine:secret\n", 0o644);
  assert.match(await refusal(store, journal, "--journal-credentials", open), /not for its owner's eyes alone/);
  assert.match(await refusal(store, journal, "--journal-credentials", file("half", "machine\n")), /does not say who this machine is[^]*solnoma:secret/);
  assert.match(await refusal(store, "nats://127.0.0.1:1/log", "--journal-credentials", file("quoted", 'machine:a"b\n')), /may have no "/);
  assert.match(await refusal(store, journal, "--journal-certificate", own.certificate), /--journal-key belong together/);
  chmodSync(own.key, 0o644);
  assert.match(await refusal(store, journal, ...byCertificate), /not for its owner's eyes alone/);
  chmodSync(own.key, 0o600);
  for (const option of [["--journal-credentials", open], byCertificate])
    await assert.rejects(serve(store, ...option), /is of a log that is shared[^]*--journal/);
});
