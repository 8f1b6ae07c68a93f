// A copy of a log on another machine: checked as it comes, answering by itself, honest about what it lacks.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { addToken, directory, event, lines, makeStore, run, serve, serveIn, today } from "./support.js";

const keys = join(directory, "log.key");
run("keygen", keys);
run("keygen", join(directory, "other.key"));
const origin = makeStore("origin");
addToken(origin, "anna", "--scope", "steward");
const boris = addToken(origin, "boris", "--scope", "record");
const copyist = addToken(origin, "copyist");
const few = addToken(origin, "few", "--subject", "park/navoi");
const leader = await serve(origin, "--key", keys, "--origin", "example.org/chronicle");
const as = (token, path) => leader.get(path, { authorization: `Bearer ${token}` });
const bytes = async (path, token = copyist) => {
  const answer = await as(token, path);
  assert.equal(answer.status, 200, path);
  return Buffer.from(await answer.arrayBuffer());
};
const headOf = (store) => run("--store", store, "head").trim();
const record = (server, id, token = boris) => server.record(event(id), undefined, { authorization: `Bearer ${token}` });
const follow = (store, url = leader.url, key = `${keys}.pub`, env = {}) =>
  serveIn({ SOLNOMA_TODAY: today, SOLNOMA_TOKEN: copyist, ...env }, store, "--follow", url, "--follow-key", key, "--public");
const readiness = async (server) => {
  const answer = await server.get("/readyz");
  return { status: answer.status, said: (await answer.text()).trim() };
};
async function until(what, holds) {
  for (let i = 0; i < 600; ++i) {
    if (await holds()) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  assert.fail(what);
}
const upToDate = (server, store = origin) => until("it catches up", async () => (await readiness(server)).status === 200 && (await server.get("/v1/head")).text().then((text) => text.trim() === headOf(store)));

// The tree by its definition (RFC 9162), from what is served.
const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafOf = (entry) => sha(Buffer.from([0]), entry);
const nodeOf = (left, right) => sha(Buffer.from([1]), left, right);
function rootOf(leaves) {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0];
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return nodeOf(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}
function entriesOf(bundle) {
  const entries = [];
  for (let at = 0; at < bundle.length; ) {
    const size = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return entries;
}
const hashesOf = (tile) => Array.from({ length: tile.length / 32 }, (_, i) => tile.subarray(32 * i, 32 * i + 32));
const number = (n) => {
  let text = String(n % 1000).padStart(3, "0");
  for (n = Math.floor(n / 1000); n > 0; n = Math.floor(n / 1000)) text = `x${String(n % 1000).padStart(3, "0")}/${text}`;
  return text;
};

test("the log is served as tiles, from which whoever knows the standard finds its head", async () => {
  await leader.record(Array.from({ length: 600 }, (_, i) => JSON.stringify(event(`tile-${i}`))).join("\n"), "application/x-ndjson", { authorization: `Bearer ${boris}` });
  const checkpoint = (await bytes("/checkpoint")).toString();
  const [name, size, root] = checkpoint.split("\n");
  assert.equal(name, "example.org/chronicle");
  assert.equal(Number(size), 650);
  assert.match(checkpoint, /\n\n— example\.org\/chronicle \S+\n$/);
  const leaves = [];
  for (let n = 0; n * 256 < size; ++n) {
    const width = Math.min(256, size - n * 256);
    const address = number(n) + (width < 256 ? `.p/${width}` : "");
    const entries = entriesOf(await bytes(`/tile/entries/${address}`));
    assert.equal(entries.length, width);
    const hashes = entries.map(leafOf);
    assert.deepEqual(hashesOf(await bytes(`/tile/0/${address}`)), hashes);
    leaves.push(...hashes);
  }
  assert.equal(rootOf(leaves).toString("base64"), root);
  // The level above: of each whole tile its root.
  assert.deepEqual(hashesOf(await bytes("/tile/1/000.p/2")), [rootOf(leaves.slice(0, 256)), rootOf(leaves.slice(256, 512))]);
  // A part of a tile that has grown since is there still.
  assert.deepEqual(hashesOf(await bytes("/tile/0/002.p/100")), leaves.slice(512, 612));
  const answer = await as(copyist, "/tile/0/000");
  assert.match(answer.headers.get("cache-control"), /private.*immutable/);
  const known = (await as(copyist, "/checkpoint")).headers.get("etag");
  assert.equal((await leader.get("/checkpoint", { authorization: `Bearer ${copyist}`, "if-none-match": known })).status, 304);
});

test("what is no tile, not there yet, or not for the asker is refused", async () => {
  for (const path of ["/tile/0/003", "/tile/0/002", "/tile/0/002.p/200", "/tile/1/000", "/tile/1/000.p/3", "/tile/2/000.p/1", "/tile/8/000", "/tile/-1/000", "/tile/00/000", "/tile/0/0", "/tile/0/0000", "/tile/0/x000/000", "/tile/0/000.p/0", "/tile/0/000.p/256", "/tile/0/000.p/01", "/tile/0/000.p", "/tile/0/000/p/1", "/tile/entries/003", "/tile/entries/000.p/", "/tile/0/x999/x999/x999/x999/x999/999", "/tile/7/x999/x999/x999/999", "/tile/data/000", "/tile"])
    assert.equal((await as(copyist, path)).status, path.endsWith("/") ? 400 : 404, path);
  for (const query of ["", "?after=0", "?after=3&upto=2", "?after=x&upto=5", "?after=0&upto=5&limit=1", "?after=-1&upto=2"]) assert.equal((await as(copyist, `/v1/records${query}`)).status, 400, query);
  assert.equal((await as(copyist, "/v1/records?after=0&upto=100000")).status, 404);
  for (const path of ["/checkpoint", "/tile/0/000", "/tile/entries/000", "/v1/records?after=0&upto=5"]) {
    assert.equal((await as(few, path)).status, 403, path);
    assert.equal((await leader.get(path)).status, 401, path);
  }
  const unsigned = await serve(makeStore("unsigned"));
  assert.match((await (await unsigned.get("/checkpoint")).json()).remedy, /--key/);
  await unsigned.stop();
});

test("a follower begins in no directory, becomes equal, answers by itself, and goes on after a kill", async () => {
  const store = join(directory, "copy.store");
  let copy = await follow(store);
  await upToDate(copy);
  assert.equal(headOf(store), headOf(origin));
  for (const path of ["/v1/status.csv?as-of=2025-12-31", "/v1/log?format=json", "/v1/report.md?as-of=2025-12-31&lang=ru"])
    assert.equal(await (await copy.get(path)).text(), await (await as(copyist, path)).text(), path);
  const answer = await copy.get("/v1/status");
  assert.equal(answer.headers.get("solnoma-behind"), "0");
  assert.match(answer.headers.get("solnoma-followed"), /^2\d{3}-\d\d-\d\dT/);
  assert.match(await (await copy.get("/metrics")).text(), /solnoma_follow_behind_events 0\n/);
  // What is recorded there comes here.
  assert.equal((await record(leader, "later-1")).status, 201);
  await upToDate(copy);
  await copy.stop("SIGKILL");
  assert.equal((await record(leader, "later-2")).status, 201);
  copy = await follow(store);
  await upToDate(copy);
  await copy.stop();
  assert.match(run("--store", store, "verify"), /./);
  assert.equal(lines(run("--store", store, "log", "--json")).at(-1).recordedby, "boris");
  // The copy is a log like any other: it is followed in its turn.
  const second = join(directory, "second.store");
  run("keygen", join(directory, "second.key"));
  addToken(store, "reader");
  const middle = await serveIn({ SOLNOMA_TODAY: today, SOLNOMA_TOKEN: copyist }, store, "--follow", leader.url, "--follow-key", `${keys}.pub`, "--public", "--key", join(directory, "second.key"));
  const last = await follow(second, middle.url, join(directory, "second.key.pub"), { SOLNOMA_TOKEN: "" });
  assert.equal((await record(leader, "later-3")).status, 201);
  await upToDate(last);
  assert.equal(headOf(second), headOf(origin));
  await last.stop();
  await middle.stop();
});

test("what records goes to the server that is followed, in the sender's name, and is here when it is answered", async () => {
  const store = join(directory, "forward.store");
  const copy = await follow(store);
  await upToDate(copy);
  const before = Number(headOf(store).split("@")[1]);
  const done = await record(copy, "forwarded");
  assert.equal(done.status, 201);
  assert.equal((await done.json()).positions[0], before + 1);
  assert.equal((await copy.get("/v1/show/forwarded")).status, 200);
  const solnoma = (where, token, ...args) => spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", where, ...args], { encoding: "utf8", env: { ...process.env, SOLNOMA_TODAY: today, SOLNOMA_TOKEN: token } });
  const visited = ["append", "visited", "navoi", "--occurred", "2025-06-01", "--known", "2025-06-02", "--publisher", "A"];
  const appended = solnoma(copy.url, boris, ...visited, "--title", "By command");
  assert.equal(appended.status, 0, appended.stderr);
  assert.equal(lines(run("--store", store, "log", "--json")).at(-1).recordedby, "boris");
  assert.equal(lines(run("--store", origin, "log", "--json")).length, before + 2);
  assert.equal(solnoma(copy.url, boris, "proposals").stdout, "no proposal waits\n");
  // Who may not record there may not by way of here, nor may who has no token.
  assert.equal((await record(copy, "x", copyist)).status, 403);
  const led = await fetch(`${copy.url}/v1/events?dry-run`, { method: "POST", body: "{}", redirect: "manual" });
  assert.deepEqual([led.status, led.headers.get("location")], [307, `${leader.url}/v1/events?dry-run`]);
  for (const path of ["/record", "/correct?event=x", "/proposals", "/import"]) assert.equal((await copy.get(path)).headers.get("location"), leader.url + path);
  // On the copy's own machine: by the token with which it follows, which may read only.
  assert.match(solnoma(store, copyist, ...visited, "--title", "Local").stderr, /may read, not (propose|record)/);
  await copy.stop();
});

/** A server between: it hands on what `change` makes of each answer of the one that is followed. */
async function between(change) {
  const server = http.createServer(async (request, response) => {
    const answer = await fetch(leader.url + request.url, { headers: { authorization: `Bearer ${copyist}` } });
    const content = Buffer.from(await answer.arrayBuffer());
    const changed = await change(request.url, content);
    response.writeHead(changed === null ? 500 : answer.status);
    response.end(changed);
  });
  await new Promise((begun) => server.listen(0, "127.0.0.1", begun));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

test("whatever is changed on the way is found before anything of it is kept", async () => {
  const flip = (content, at) => {
    const changed = Buffer.from(content);
    changed[at < 0 ? content.length + at : at] ^= 1;
    return changed;
  };
  const cases = {
    "a byte of a record": (url, content) => (url.startsWith("/v1/records") ? flip(content, 200) : content),
    "the last byte": (url, content) => (url.startsWith("/v1/records") ? flip(content, -1) : content),
    "a record too few": (url, content) => (url.startsWith("/v1/records") ? content.subarray(4 + content.readUInt32LE(0)) : content),
    "half an answer": (url, content) => (url.startsWith("/v1/records") ? content.subarray(0, content.length / 2) : content),
    "nothing": (url, content) => (url.startsWith("/v1/records") ? Buffer.alloc(0) : content),
    "a size beyond all": (url, content) => (url.startsWith("/v1/records") ? Buffer.concat([Buffer.from("ffffffff", "hex"), content]) : content),
    "a byte of a tile": (url, content) => (url.startsWith("/tile") ? flip(content, -1) : content),
    "another size of tile": (url, content) => (url.startsWith("/tile") ? content.subarray(1) : content),
    "the root of the head": (url, content) => (url === "/checkpoint" ? Buffer.from(content.toString().replace(/\n[A-Za-z0-9]/, "\n0").replace(/(\n\d+\n)./, "$1A")) : content),
    "no signature": (url, content) => (url === "/checkpoint" ? Buffer.from(`${content.toString().split("\n\n")[0]}\n\n`) : content),
    "rubbish": (url, content) => (url === "/checkpoint" ? Buffer.alloc(5000, 0xff) : content),
    "errors": () => null,
  };
  for (const [name, change] of Object.entries(cases)) {
    const store = join(directory, `${name.replaceAll(" ", "-")}.store`);
    let has = 0;
    if (name.endsWith("tile")) {
      // An empty copy asks for none.
      run("--store", origin, "backup", store);
      has = Number(headOf(store).split("@")[1]);
      assert.equal((await record(leader, `behind-${has}`)).status, 201);
    }
    const liar = await between(change);
    let copy = await follow(store, liar.url);
    await until(name, async () => /not following|no head was seen yet: /.test((await readiness(copy)).said));
    assert.equal((await readiness(copy)).status, 503, name);
    assert.equal(Number(headOf(store).split("@")[1]), has, name);
    assert.match(copy.complained(), /not following http/);
    await copy.stop();
    liar.close();
    // From an honest one it goes on.
    copy = await follow(store);
    await upToDate(copy);
    await copy.stop();
  }
  const store = join(directory, "other-key.store");
  const copy = await follow(store, leader.url, join(directory, "other.key.pub"));
  await until("the other key", async () => (await readiness(copy)).said.includes("no head was seen yet: "));
  assert.equal(Number(headOf(store).split("@")[1]), 0);
  await copy.stop();
});

test("a log that was rewritten, or is another one, is not followed, and what is there is told still", async () => {
  const store = join(directory, "steadfast.store");
  let copy = await follow(store);
  await upToDate(copy);
  const head = headOf(store);
  await copy.stop();
  // The same history but for one event, and longer; signed by the same key.
  const forged = join(directory, "forged.store");
  run("--store", forged, "history", "--init");
  run("--store", forged, "append", "visited", "navoi", "--occurred", "2025-06-01", "--known", "2025-06-02", "--title", "Forged", "--publisher", "A");
  const longer = await serve(forged, "--key", keys);
  await longer.record(Array.from({ length: 900 }, (_, i) => JSON.stringify(event(`forged-${i}`))).join("\n"), "application/x-ndjson");
  copy = await follow(store, longer.url, `${keys}.pub`, { SOLNOMA_TOKEN: "" });
  await until("it refuses", async () => /is another one than was copied|was rewritten/.test((await readiness(copy)).said));
  assert.equal((await readiness(copy)).status, 503);
  assert.equal(headOf(store), head);
  assert.equal((await copy.get("/v1/status")).status, 200);
  await copy.stop();
  await longer.stop();
  // One that has lost its end says less than is here: that is a beginning of it, or another log.
  const lost = makeStore("lost");
  const behind = await serve(lost, "--key", keys);
  copy = await follow(store, behind.url, `${keys}.pub`, { SOLNOMA_TOKEN: "" });
  await until("it compares", async () => (await readiness(copy)).status !== 503 || copy.complained() !== "");
  assert.equal(headOf(store), head);
  await copy.stop();
  await behind.stop();
});

test("a follower whose leader is gone says since when, answers on, and refuses to record", async () => {
  const other = makeStore("mortal");
  const mortal = await serve(other, "--key", keys);
  const store = join(directory, "orphan.store");
  const copy = await follow(store, mortal.url, `${keys}.pub`, { SOLNOMA_TOKEN: "" });
  await until("it is equal", async () => (await readiness(copy)).status === 200);
  await mortal.stop("SIGKILL");
  await until("it says so", async () => /^not following since 2\d{3}-.*cannot be reached/.test((await readiness(copy)).said));
  assert.equal((await copy.get("/v1/status")).status, 200);
  const refused = await record(copy, "x");
  assert.equal(refused.status, 502);
  assert.match((await refused.json()).remedy, /not recorded twice/);
  await copy.stop();
  // One that does not answer holds up nobody who ends the follower.
  const silent = http.createServer(() => {});
  await new Promise((begun) => silent.listen(0, "127.0.0.1", begun));
  const patient = await follow(join(directory, "patient.store"), `http://127.0.0.1:${silent.address().port}`);
  const waits = record(patient, "y");
  await new Promise((over) => setTimeout(over, 300));
  const ended = patient.stop();
  assert.equal((await waits).status, 502);
  assert.deepEqual(await ended, { code: 0, signal: null });
  silent.closeAllConnections();
  silent.close();
  // Two that follow each other record nothing, and say so.
  const ring = [join(directory, "ring-1.store"), join(directory, "ring-2.store")];
  const first = await serveIn({ SOLNOMA_TODAY: today, SOLNOMA_TOKEN: "" }, ring[0], "--follow", "http://127.0.0.1:1", "--follow-key", `${keys}.pub`, "--key", keys);
  const second = await serveIn({ SOLNOMA_TODAY: today, SOLNOMA_TOKEN: "" }, ring[1], "--follow", first.url, "--follow-key", `${keys}.pub`, "--key", keys);
  await first.stop();
  const again = await serveIn({ SOLNOMA_TODAY: today, SOLNOMA_TOKEN: "" }, ring[0], "--listen", `127.0.0.1:${first.port}`, "--follow", second.url, "--follow-key", `${keys}.pub`, "--key", keys);
  assert.equal((await record(second, "x", second.token)).status, 508);
  await again.stop();
  await second.stop();
  for (const wrong of [["--follow", "http://127.0.0.1:1"], ["--follow-key", `${keys}.pub`], ["--follow", "store", "--follow-key", `${keys}.pub`], ["--follow", leader.url, "--follow-key", join(directory, "none.pub")]]) {
    const said = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", join(directory, "wrong.store"), "serve", ...wrong], { encoding: "utf8" });
    assert.equal(said.status, 2, said.stderr);
  }
  assert.ok(!existsSync(join(directory, "wrong.store")));
});

test("events of any size are copied, though the largest fit into no bundle of entries", async () => {
  const notes = { en: "x".repeat(7_900), ru: "y".repeat(7_900), uz: "z".repeat(7_900) };
  const parties = Array.from({ length: 95 }, (_, i) => `${i} ${"w".repeat(480)}`);
  const sent = await leader.record(event("large", { data: { title: { en: "Large" }, note: notes, parties } }), undefined, { authorization: `Bearer ${boris}` });
  if (sent.status !== 201) assert.fail(await sent.text());
  const position = (await sent.json()).positions[0];
  const n = Math.floor((position - 1) / 256);
  const bundle = await as(copyist, `/tile/entries/${number(n)}.p/${position - n * 256}`);
  assert.equal(bundle.status, 404);
  assert.match((await bundle.json()).remedy, /v1\/records\?after=\d+&upto=/);
  const copy = await follow(join(directory, "large.store"));
  await upToDate(copy);
  await copy.stop();
});
