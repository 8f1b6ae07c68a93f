// News is posted to those who are to be told: signed, in order, at least once, until it is given up.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { authority, makeCertificate, read } from "./certificates.js";
import { addToken, event, lines, makeStore, run, serve, today } from "./support.js";

const program = process.env.SOLNOMA_PROGRAM;
const environment = { ...process.env, SOLNOMA_TODAY: today };

/** What `solnoma webhook …` says; of what is refused, its exit code and complaint. */
const webhook = (store, ...words) => execFileSync(program, ["--store", store, "webhook", ...words], { encoding: "utf8", env: environment, stdio: ["ignore", "pipe", "ignore"] });
const refused = (store, ...words) => {
  const { status, stderr } = spawnSync(program, ["--store", store, "webhook", ...words], { encoding: "utf8", env: environment });
  return { status, complaint: stderr };
};
const standing = (store, name) => lines(webhook(store, "list", "--json")).find((each) => each.name === name);

const receivers = [];
after(() => receivers.forEach((each) => each.close()));

/** One who is told: answers what `answer` says of a message, and keeps what came. */
async function receiver(answer = () => 200, tls = undefined) {
  const got = [];
  const take = (request, response) => {
    const body = [];
    request.on("data", (part) => body.push(part));
    request.on("end", async () => {
      const message = { method: request.method, path: request.url, headers: request.headers, id: request.headers["webhook-id"], body: Buffer.concat(body).toString() };
      message.json = JSON.parse(message.body);
      got.push(message);
      const said = await answer(message, got);
      if (said === undefined) return; // never
      const { status, headers = {}, text = "" } = typeof said === "number" ? { status: said } : said;
      response.writeHead(status, headers).end(text);
    });
  };
  const server = tls ? https.createServer(tls, take) : http.createServer(take);
  receivers.push({ close: () => (server.close(), server.closeAllConnections()) });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return { got, port, url: tls ? `https://localhost:${port}/news` : `http://127.0.0.1:${port}/news`, ids: () => got.map((each) => each.id) };
}

/** Waits until something holds, however long that takes. */
async function until(holds) {
  while (!(await holds())) await pause(20);
}
const record = async (server, ...events) => {
  for (const each of events) {
    const answer = await server.record(each);
    assert.equal(answer.status, 201, await answer.clone().text());
  }
};
const add = (store, name, to, ...options) => webhook(store, "add", name, to.url, "--unencrypted", ...options).trim();
const positions = (to) => to.got.map((each) => each.json.position);

test("an event is posted as the stream tells it, signed by Standard Webhooks", async () => {
  const store = makeStore("signed");
  const to = await receiver();
  const secret = add(store, "ministry", to, "--after", "47");
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.equal(statSync(`${store}/webhooks.toml`).mode & 0o777, 0o600);
  assert.doesNotMatch(webhook(store, "list") + webhook(store, "list", "--json"), /whsec_/);
  const server = await serve(store);
  await record(server, event("told"));
  await until(() => to.got.length === 4);
  const streamed = (await (await server.get("/v1/events?after=47")).text()).trim().split("\n");
  assert.deepEqual(to.got.map((each) => each.body), streamed);
  const verifier = new Webhook(secret);
  for (const { method, path, headers, body } of to.got) {
    assert.deepEqual([method, path, headers["content-type"]], ["POST", "/news", "application/cloudevents+json"]);
    verifier.verify(body, headers);
    assert.throws(() => verifier.verify(body + " ", headers));
    assert.throws(() => verifier.verify(body, { ...headers, "webhook-id": "msg_other" }));
  }
  assert.equal(new Set(to.ids()).size, 4);
  await server.stop();
  assert.equal(standing(store, "ministry").position, 51);
});

test("a secret is replaced while messages go on: each is signed by both, until the old one has ended", async () => {
  const store = makeStore("rotated");
  const to = await receiver();
  const old = add(store, "ministry", to);
  const server = await serve(store);
  const by = (secret, { headers, body }) => {
    try {
      return Boolean(new Webhook(secret).verify(body, headers));
    } catch {
      return false;
    }
  };
  const told = async (id) => {
    await record(server, event(id));
    await until(() => to.got.some((each) => each.json.id === id));
    return to.got.find((each) => each.json.id === id);
  };
  const first = await told("by-one");
  assert.deepEqual([by(old, first), first.headers["webhook-signature"].split(" ").length], [true, 1]);

  const fresh = webhook(store, "rotate", "ministry").trim();
  assert.match(fresh, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.notEqual(fresh, old);
  let both;
  for (let i = 0; !both; ++i) {
    const each = await told(`by-both-${i}`); // a server takes the change in within a second
    if (by(fresh, each)) both = each;
    else await pause(100);
  }
  assert.ok(by(old, both));
  assert.match(both.headers["webhook-signature"], /^v1,\S+ v1,\S+$/);
  assert.match(webhook(store, "list"), /signed by the old secret, too, until \d{4}-/);
  const hours = (Date.parse(standing(store, "ministry").oldSecretUntil) - Date.now()) / 3600_000;
  assert.ok(hours > 23 && hours <= 24, String(hours));

  const twice = refused(store, "rotate", "ministry");
  assert.equal(twice.status, 1);
  assert.match(twice.complaint, /has two secrets until .*webhook forget/);
  assert.match(webhook(store, "forget", "ministry"), /signed by its new secret alone/);
  assert.equal(standing(store, "ministry").oldSecretUntil, null);
  assert.equal(refused(store, "forget", "ministry").status, 1);
  let alone;
  for (let i = 0; !alone; ++i) {
    const each = await told(`by-new-${i}`);
    if (!by(old, each)) alone = each;
    else await pause(100);
  }
  assert.ok(by(fresh, alone));
  assert.doesNotMatch(readFileSync(`${store}/webhooks.toml`, "utf8"), new RegExp(old.replaceAll(/[+/]/g, "\\$&")));

  // At once, where the old one got about.
  const last = webhook(store, "rotate", "ministry", "--keep", "0").trim();
  assert.equal(standing(store, "ministry").oldSecretUntil, null);
  assert.notEqual(last, fresh);
  for (const words of [["rotate", "nobody"], ["rotate"], ["rotate", "ministry", "more"], ["list", "--keep", "3"], ["rotate", "ministry", "--keep", "8761"]]) assert.notEqual(refused(store, ...words).status, 0, words.join(" "));
  await server.stop();
});

test("an old secret goes out of the file when its time is over: while a server runs, and by the next command", async () => {
  const store = makeStore("ended");
  const file = `${store}/webhooks.toml`;
  const to = await receiver();
  const kept = () => (readFileSync(file, "utf8").match(/^old_secret/gm) ?? []).length;
  /** Two hooks with an old secret each; that of the first ends at that moment. */
  const ends = (when) =>
    writeFileSync(file, readFileSync(file, "utf8").replace(/^old_until = .*$/m, `old_until = "${new Date(when).toISOString()}"`));
  for (const name of ["one", "two"]) {
    add(store, name, to);
    webhook(store, "rotate", name);
  }
  assert.equal(kept(), 2);
  const server = await serve(store);
  ends(Date.now() + 2_000);
  await pause(1_200);
  assert.equal(kept(), 2);
  await until(() => kept() === 1);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(["one", "two"].map((name) => standing(store, name).oldSecretUntil === null), [true, false]);
  await record(server, event("after"));
  await until(() => to.got.length === 2);
  assert.deepEqual(to.got.map(({ headers }) => headers["webhook-signature"].split(" ").length).sort(), [1, 2]);
  await server.stop();

  ends(Date.now() - 1);
  assert.equal(kept(), 1);
  add(store, "three", to);
  assert.equal(kept(), 0);
  assert.match(webhook(store, "rotate", "two"), /^whsec_/);
});

test("what fails is posted again under the same id, before anything else, and what was asked for is waited", async () => {
  const store = makeStore("retried");
  const to = await receiver((_, got) => ({ status: [500, 404, 302, 200][got.length - 1] ?? 200, headers: { location: "http://127.0.0.1:1/elsewhere" } }));
  add(store, "ministry", to, "--retry", "1s,1s,1s");
  const patient = await receiver(() => ({ status: 503, headers: { "retry-after": "3600" }, text: "come later\nplease" }));
  add(store, "patient", patient, "--retry", "1s,1s");
  const server = await serve(store);
  await record(server, event("first"), event("second"));
  await until(() => to.got.length === 5);
  assert.equal(new Set(to.ids().slice(0, 4)).size, 1);
  assert.deepEqual(to.got.map((each) => each.json.id), ["first", "first", "first", "first", "second"]);
  assert.equal(new Set(to.got.slice(0, 4).map((each) => each.body)).size, 1);
  await until(() => standing(store, "patient").attempts === 1);
  const { next, answer } = standing(store, "patient");
  const tried = Number(patient.got[0].headers["webhook-timestamp"]) * 1000;
  assert.ok(Date.parse(next) >= tried + 3600_000, next);
  assert.equal(answer, "HTTP 503: come later");
  // Who waits is not asked sooner since the server was begun anew.
  await server.stop();
  const again = await serve(store);
  await record(again, event("third"));
  await until(() => to.got.length === 6);
  assert.equal(patient.got.length, 1);
  await again.stop();
});

test("a server that is killed misses nothing, and posts again what was not acknowledged", async () => {
  const store = makeStore("killed");
  const hanging = new Set([3, 20, 51, 53]); // the first time that each is posted
  let hung;
  const to = await receiver((message) => {
    if (!hanging.delete(message.json.position)) return 200;
    hung = message.id;
    return undefined;
  });
  add(store, "ministry", to, "--after", "0");
  for (const round of [1, 2, 3, 4]) {
    const length = to.got.length;
    const expected = hung;
    hung = undefined;
    const server = await serve(store);
    if (round < 4) await record(server, event(`round ${round}`));
    await until(() => hung !== undefined);
    if (expected) assert.equal(to.got[length].id, expected);
    await server.stop("SIGKILL");
  }
  // In the midst of what is acknowledged, too.
  const server = await serve(store);
  await until(() => to.got.length > 0 && positions(to).filter((each) => each === 53).length === 2);
  await record(server, ...Array.from({ length: 20 }, (_, i) => event(`more ${i}`)));
  await until(() => positions(to).includes(60));
  await server.stop("SIGKILL");
  const last = await serve(store);
  // The one that was killed may have posted the last, and not have kept that.
  await until(() => standing(store, "ministry").position === 73);
  await last.stop();
  const all = [...new Set(positions(to))];
  assert.deepEqual(all, Array.from({ length: 73 }, (_, i) => i + 1), "each, and for the first time in order");
  for (const position of all) assert.equal(new Set(to.got.filter((each) => each.json.position === position).map((each) => each.id)).size, 1);
});

test("what is given up is kept, shown, delivered again or dropped, and the rest goes on", async () => {
  const store = makeStore("dead");
  let broken = true;
  const to = await receiver((message) => (broken && message.json.id.startsWith("bad") ? { status: 400, text: "what is this" } : 200));
  add(store, "ministry", to, "--retry", "1s");
  const server = await serve(store);
  await record(server, event("bad 1"), event("good"), event("bad 2"), event("last"));
  await until(() => to.got.at(-1)?.json.id === "last");
  assert.deepEqual(to.got.map((each) => each.json.id), ["bad 1", "bad 1", "good", "bad 2", "bad 2", "last"]);
  const dead = lines(webhook(store, "dead", "ministry", "--json"));
  assert.deepEqual(dead.map((each) => [each.at, each.attempts, each.answer]), [["51", 2, "HTTP 400: what is this"], ["53", 2, "HTTP 400: what is this"]]);
  assert.equal(dead[0].body, to.got[0].body);
  assert.match(webhook(store, "dead", "ministry"), /^51 +given up at \S+Z after 2 attempts: HTTP 400: what is this\n53 /);
  assert.match(server.complained(), /webhook 'ministry': 51 was given up after 2 attempts: HTTP 400/);

  // What fails once more is dead once more.
  assert.match(webhook(store, "redeliver", "ministry", "51"), /^1 to be delivered again/);
  await until(() => to.got.length === 8);
  await until(() => lines(webhook(store, "dead", "ministry", "--json")).length === 2);
  broken = false;
  webhook(store, "redeliver", "ministry", "53");
  await until(() => to.got.length === 9);
  assert.equal(to.got.at(-1).id, to.got[3].id);
  await until(() => standing(store, "ministry").again === 0);
  assert.deepEqual(lines(webhook(store, "dead", "ministry", "--json")).map((each) => each.at), ["51"]);
  assert.match(webhook(store, "drop", "ministry"), /^1 dropped/);
  assert.equal(webhook(store, "dead", "ministry"), "no dead letter waits\n");
  assert.equal(refused(store, "redeliver", "ministry", "51").status, 1);
  assert.equal(refused(store, "redeliver", "ministry", "../checkpoint").status, 1);
  await server.stop();
});

test("where a thousand letters are dead, a webhook waits for its owner, and loses nothing", async () => {
  const store = makeStore("thousand");
  let broken = true;
  const to = await receiver(() => (broken ? 400 : 200));
  add(store, "ministry", to, "--retry", "none");
  const server = await serve(store);
  const many = Array.from({ length: 1003 }, (_, i) => JSON.stringify(event(`${i}`))).join("\n");
  assert.equal((await server.record(many, "application/x-ndjson")).status, 201);
  await until(() => /nothing is delivered any more/.test(server.complained()));
  await until(() => standing(store, "ministry").disabled !== null);
  assert.match(standing(store, "ministry").disabled, /^1000 dead letters wait/);
  assert.equal(standing(store, "ministry").dead, 1000);
  broken = false;
  const tried = to.got.length;
  webhook(store, "enable", "ministry");
  await until(() => to.got.length === tried + 3);
  assert.deepEqual(positions(to).slice(tried), [1051, 1052, 1053]);
  // News does not wait for letters that are delivered again.
  webhook(store, "redeliver", "ministry");
  await record(server, event("meanwhile"));
  await until(() => to.got.length === tried + 1004);
  await until(() => standing(store, "ministry").again === 0);
  const again = to.got.slice(tried + 3);
  assert.deepEqual(again.map((each) => each.json.position).sort((one, other) => one - other), [...Array.from({ length: 1000 }, (_, i) => i + 51), 1054]);
  assert.deepEqual(new Set(again.map((each) => each.id).filter((id) => !id.endsWith("_1054"))), new Set(to.ids().slice(0, 1000)));
  await server.stop();
});

test("410 ends a webhook until it is enabled, and it goes on where it was", async () => {
  const store = makeStore("gone");
  let gone = true;
  const to = await receiver(() => (gone ? 410 : 200));
  const other = await receiver();
  add(store, "ministry", to);
  add(store, "other", other);
  const server = await serve(store);
  await record(server, event("first"), event("second"));
  await until(() => other.got.length === 2 && standing(store, "ministry").disabled !== null);
  assert.match(webhook(store, "list"), /disabled: its receiver answered HTTP 410 on 20/);
  await record(server, event("third"));
  await until(() => other.got.length === 3);
  assert.equal(to.got.length, 1);
  await server.stop();
  const again = await serve(store);
  await record(again, event("fourth"));
  await until(() => other.got.length === 4);
  assert.equal(to.got.length, 1);
  gone = false;
  webhook(store, "enable", "ministry");
  await until(() => to.got.length === 5);
  assert.deepEqual(to.got.map((each) => each.json.id), ["first", "first", "second", "third", "fourth"]);
  assert.equal(to.got[0].id, to.got[1].id);
  assert.match(refused(store, "enable", "ministry").complaint, /is enabled/);
  await again.stop();
});

test("a receiver that does not answer holds up neither another nor the server's end", async () => {
  const store = makeStore("slow");
  const slow = await receiver(() => undefined);
  const swift = await receiver();
  add(store, "slow", slow, "--timeout", "60");
  add(store, "swift", swift);
  const server = await serve(store);
  await record(server, event("1"));
  await until(() => slow.got.length === 1);
  await record(server, event("2"), event("3"), event("4"));
  await until(() => swift.got.length === 4);
  assert.equal((await server.get("/v1/status")).status, 200);
  const metrics = await (await server.get("/metrics")).text();
  assert.match(metrics, /^solnoma_webhook_delivered_total\{webhook="swift"\} 4$/m);
  assert.match(metrics, /^solnoma_webhook_lag_positions\{webhook="slow"\} 4$/m);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
  assert.equal(slow.got.length, 1);
});

test("a receiver that begins its answer and never ends it has acknowledged; one that says too much, too", async () => {
  const store = makeStore("dribbled");
  const drip = http.createServer((request, response) => {
    request.resume();
    response.writeHead(200);
    response.write("o");
  });
  await new Promise((resolve) => drip.listen(0, "127.0.0.1", resolve));
  receivers.push({ close: () => (drip.close(), drip.closeAllConnections()) });
  const flood = await receiver(() => ({ status: 200, text: "x".repeat(1 << 22) }));
  add(store, "drip", { url: `http://127.0.0.1:${drip.address().port}/` }, "--timeout", "1", "--retry", "none");
  add(store, "flood", flood, "--retry", "none");
  const server = await serve(store);
  await record(server, event("1"), event("2"));
  await until(() => ["drip", "flood"].every((name) => standing(store, name).position === 52));
  assert.deepEqual(["drip", "flood"].map((name) => standing(store, name).dead), [0, 0]);
  assert.equal(flood.got.length, 2);
  await server.stop();
});

test("each is told of what it was added for, by the filters of the stream", async () => {
  const store = makeStore("filtered");
  const wanted = [
    ["parks", ["--subject", "park/*", "--type", "solnoma.opened"], "?subject=park/*&type=opened"],
    ["publisher", ["--publisher", "gazette"], "?publisher=gazette"],
    ["region", ["--region", "Navoi", "--from", "2026"], "?region=Navoi&from=2026"],
    ["kind", ["--kind", "relation", "--to", "2026"], "?kind=relation&to=2026"],
  ].map(([name, options, query]) => [name, options.map((each) => each.replace("solnoma.", "")), query]);
  const all = await receiver();
  const by = new Map();
  for (const [name, options] of wanted) {
    by.set(name, await receiver());
    add(store, name, by.get(name), ...options);
  }
  add(store, "all", all);
  const server = await serve(store);
  const published = { title: { en: "Published" }, sources: [{ publisher: { en: "The Gazette" }, published: "2026-01-10" }] };
  await record(
    server,
    event("a", { type: "solnoma.opened", subject: "park/navoi", occurred: "2026-01-12", known: "2026-01-13" }),
    event("b", { subject: "relation/altai-uzbekistan" }),
    event("c", { data: published }),
    event("d", { subject: "park/navoi", known: "2026-01-14" }),
    event("e", { type: "solnoma.opened", subject: "park/new" }),
  );
  await until(() => all.got.length === 5);
  for (const [name, , query] of wanted) {
    const streamed = lines(await (await server.get(`/v1/events${query}&after=50`)).text()).map((each) => each.id);
    assert.ok(streamed.length > 0, name);
    await until(() => by.get(name).got.length >= streamed.length);
    assert.deepEqual(by.get(name).got.map((each) => each.json.id), streamed, name);
  }
  await server.stop();
});

test("changes are posted by events and when a day has come, as the stream tells them", async () => {
  const store = makeStore("days");
  const to = await receiver();
  const one = await receiver();
  const secret = add(store, "changes", to, "--changes");
  add(store, "navoi", one, "--changes", "--subject", "park/navoi");
  const server = await serve(store);
  await record(
    server,
    event("plan", { type: "solnoma.opened", subject: "park/chirchik", occurred: "2030-03", known: "2026-01-10", data: { modality: "planned", title: { en: "Opening" } } }),
    event("began", { type: "solnoma.opened", subject: "park/navoi", occurred: "2026-01-12", known: "2026-01-13" }),
  );
  await until(() => to.got.length === 1 && one.got.length === 1);
  assert.equal(to.got[0].json.cause.event, "began");
  await server.stop();
  const later = await serve(store, "--today", "2030-07-01");
  const streamed = (await (await later.get(`/v1/changes?after=${to.got[0].json.cursor}&limit=1000`)).text()).trim().split("\n");
  assert.ok(streamed.some((each) => JSON.parse(each).cause.day === "2030-04-01"));
  await until(() => to.got.length === 1 + streamed.length);
  assert.deepEqual(to.got.slice(1).map((each) => each.body), streamed);
  assert.ok(to.got.every((each) => each.headers["content-type"] === "application/json" && new Webhook(secret).verify(each.body, each.headers)));
  await record(later, event("closed", { type: "solnoma.suspended", subject: "park/navoi", occurred: "2026-06-01", known: "2026-06-02" }));
  await until(() => one.got.at(-1).json.cause.event === "closed");
  assert.ok(one.got.every((each) => each.json.diff.subjects.every((subject) => subject.subject === "park/navoi")));
  assert.equal(new Set(to.ids()).size, to.ids().length);
  await later.stop();
});

test("addresses of this machine, of private networks and of links are refused, however they are written", () => {
  const store = makeStore("private");
  for (const host of [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "LOCALHOST", "127.0.0.1:8443", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]",
    "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "[fe80::1]", "[fd00::1]", "[64:ff9b::10.0.0.1]", "[2002:a00:1::]", "224.0.0.1", "255.255.255.255", "[ff02::1]",
  ]) {
    const { status, complaint } = refused(store, "add", "x", `https://${host}/`);
    assert.equal(status, 2, host);
    assert.match(complaint, / is (of this machine|of a private network|no address of a server)/, host);
  }
  for (const host of ["0.0.0.0", "224.0.0.1", "[ff02::1]"]) assert.equal(refused(store, "add", "x", `https://${host}/`, "--private").status, 2, host);
  for (const host of ["10.0.0.1", "example.org", "192.168.1.1"]) assert.equal(refused(store, "add", "x", `http://${host}/`).status, 2, host);
  for (const host of ["10.0.0.1", "192.168.1.1", "93.184.216.34"]) assert.equal(refused(store, "add", "x", `http://${host}/`, "--unencrypted").status, 2, host);
  webhook(store, "add", "meant", "https://10.0.0.1/", "--private");
  webhook(store, "add", "public", "https://93.184.216.34/");
  assert.equal(lines(webhook(store, "list", "--json")).length, 2);
});

test("what is no address of a receiver, or no such webhook, is refused with what to write", () => {
  const store = makeStore("hostile");
  for (const url of [
    "", "x", "news", "//example.org", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "dict://example.org:11211/", "javascript:alert(1)", "https://", "https:///x", "https:/example.org/", "https:example.org", "https:// example.org/",
    "https://example.org/a b", "https://example.org/\n", "https://example.org/\u202e", "https://user:password@example.org/", "https://user@example.org/", "https://example.org\\@10.0.0.1/", "https://example.org/#part", "https://example.org:99999/", "https://[::1/",
    `https://example.org/${"x".repeat(3000)}`,
  ]) {
    const { status, complaint } = refused(store, "add", "x", url);
    assert.equal(status, 2, url);
    assert.doesNotMatch(complaint.trimEnd(), /[\n\u202e]/, url);
  }
  const url = "https://93.184.216.34/";
  for (const words of [
    ["add", "x"], ["add"], ["list", "x"], ["make", "x", url], ["add", "two\nlines", url], ["add", "x", url, "--retry", "soon"], ["add", "x", url, "--retry", "0s"], ["add", "x", url, "--retry", "2d"], ["add", "x", url, "--timeout", "0"],
    ["add", "x", url, "--events", "--changes"], ["add", "x", url, "--changes", "--publisher", "y"], ["add", "x", url, "--subject", "navoi"], ["add", "x", url, "--after", "51"], ["add", "x", url, "--after", "-1"], ["add", "x", url, "--from", "soon"],
    ["add", "x", url, "--ca", `${store}/nothing`], ["add", "x", url, "--private", "--unencrypted"], ["remove", "x", "--private"],
  ])
    assert.equal(refused(store, ...words).status, 2, words.join(" "));
  for (const words of [["add", "x", url, "--type", "openned"], ["add", "x", url, "--subject", "park/nowhere"], ["remove", "x"], ["dead", "x"], ["enable", "x"]]) assert.equal(refused(store, ...words).status, 1, words.join(" "));
  assert.deepEqual(readdirSync(store).filter((each) => each.startsWith("webhook")), []);
  webhook(store, "add", "ministry", url);
  assert.match(refused(store, "add", "ministry", url).complaint, /already/);
  assert.match(refused(store, "remove", "ministri").complaint, /did you mean 'ministry'/);
});

test("where a name leads is looked at when it is connected to, too", async () => {
  const store = makeStore("rebound");
  const certificate = makeCertificate("receiver");
  const to = await receiver(undefined, { cert: read(certificate.certificate), key: read(certificate.key) });
  webhook(store, "add", "ministry", to.url, "--private", "--ca", authority, "--retry", "none");
  webhook(store, "add", "untrusting", to.url, "--private", "--retry", "none");
  const server = await serve(store);
  await record(server, event("1"));
  await until(() => to.got.length === 1);
  await until(() => standing(store, "untrusting").dead === 1);
  assert.match(lines(webhook(store, "dead", "untrusting", "--json"))[0].answer, /certificate/);
  // As if the name had led elsewhere when it was added.
  const file = `${store}/webhooks.toml`;
  writeFileSync(file, readFileSync(file, "utf8").replace("private = true\n", ""));
  // The file is taken in before the next event.
  await until(async () => {
    await record(server, event(`later ${to.got.length} ${Date.now()}`));
    return standing(store, "ministry").dead > 0;
  });
  const told = to.got.length;
  const { answer } = lines(webhook(store, "dead", "ministry", "--json")).at(-1);
  assert.match(answer, /(127\.0\.0\.1|::1) is of this machine/);
  await record(server, event("last"));
  const { position } = standing(store, "untrusting");
  await until(() => standing(store, "ministry").position > position);
  assert.equal(to.got.length, told);
  await server.stop();
});

test("one that is removed, or added, while the server runs is told nothing more, or from then on", async () => {
  const store = makeStore("removed");
  const first = await receiver();
  const second = await receiver();
  add(store, "first", first);
  const server = await serve(store);
  await record(server, event("1"));
  await until(() => first.got.length === 1);
  add(store, "second", second);
  webhook(store, "remove", "first");
  assert.equal(readdirSync(`${store}/webhooks`).length, 1);
  // Both are taken in at once, as one file.
  await until(async () => {
    await record(server, event(`2 ${Date.now()}`));
    return second.got.length > 0;
  });
  const told = first.got.length;
  await record(server, event("3"));
  await until(() => second.got.at(-1).json.id === "3");
  assert.equal(first.got.length, told);
  assert.deepEqual(positions(second), Array.from({ length: second.got.length }, (_, i) => i + 52));
  // A file that is no such thing leaves those that were there.
  const file = `${store}/webhooks.toml`;
  const kept = readFileSync(file, "utf8");
  writeFileSync(file, kept.replace('news = "events"', 'news = "all"'));
  await until(() => /webhooks stay as they were/.test(server.complained()));
  await record(server, event("4"));
  await until(() => second.got.at(-1).json.id === "4");
  await server.stop();
  await assert.rejects(serve(store), /a webhook has an id, a name, a url, news .*webhooks\.toml:3/);
  writeFileSync(file, kept);
  execFileSync("chmod", ["644", file]);
  await assert.rejects(serve(store), /others than its owner may read or write/);
});

test("who may see some subjects is not told who is told", async () => {
  const store = makeStore("measured");
  const to = await receiver();
  add(store, 'the "ministry"\\', to, "--after", "45");
  const whole = addToken(store, "whole");
  const some = addToken(store, "some", "--subject", "park/*");
  const server = await serve(store);
  await until(() => to.got.length === 5);
  const metrics = async (token) => (await server.get("/metrics", { authorization: `Bearer ${token}` })).text();
  await until(async () => (await metrics(whole)).includes('solnoma_webhook_delivered_total{webhook="the \\"ministry\\"\\\\"} 5\n'));
  for (const name of ["failed_total", "dead_letters", "lag_positions"]) assert.match(await metrics(whole), new RegExp(`^solnoma_webhook_${name}\\{webhook=.*\\} 0$`, "m"));
  assert.doesNotMatch(await metrics(some), /webhook/);
  await server.stop();
});

test("a store in which the log was replaced posts nothing by a place in the other", async () => {
  const store = makeStore("replaced");
  const to = await receiver();
  add(store, "ministry", to);
  const [id] = readdirSync(`${store}/webhooks`);
  const file = `${store}/webhooks/${id}/checkpoint.json`;
  const kept = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...kept, head: `${"0".repeat(64)}@${kept.position}` }));
  const server = await serve(store);
  await until(() => /webhook 'ministry': its checkpoint is of another log/.test(server.complained()));
  await record(server, event("1"));
  assert.equal((await server.get("/v1/status")).status, 200);
  await server.stop();
  assert.equal(to.got.length, 0);
});
