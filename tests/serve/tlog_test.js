// The log's tiles, read and proved by what the Go project reads its own transparency log with
// (golang.org/x/mod/sumdb): tlog_client/, which knows nothing of this project.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { before, test } from "node:test";
import { addToken, directory, event, makeStore, run, serve } from "./support.js";

const origin = "example.org/chronicle";
const libraries = "/usr/share/gocode"; // where Debian's packages have them
const go = (...args) =>
  spawnSync("go", args, {
    cwd: new URL("tlog_client", import.meta.url).pathname,
    encoding: "utf8",
    env: { ...process.env, GO111MODULE: "off", GOFLAGS: "", GOPATH: libraries, GOCACHE: join(directory, "go-cache") },
  });
const skip =
  (spawnSync("go", ["version"]).error && "go is not installed") ||
  (go("list", "golang.org/x/mod/sumdb/tlog").status !== 0 && "golang-golang-x-mod-dev is not installed");

const client = join(directory, "tlog_client");
const keys = join(directory, "log.key");
const store = skip ? null : makeStore("log");
let server;

/** What the client says of the log at an address: `every` entry is proved, and that it extends `older`. */
const read = (url, every, older = [], key = `${keys}.pub`) =>
  new Promise((resolve) =>
    execFile(client, [url, key, origin, String(every), ...older], (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, checkpoint: stdout, said: stderr.trim() }),
    ),
  );

/** Keeps a checkpoint. */
function kept(name, checkpoint) {
  const file = join(directory, name);
  writeFileSync(file, checkpoint);
  return file;
}

/** Records events at a server, from position `end` on, until its log is so long. */
async function grow(at, end, upto) {
  const most = 8_000;
  for (let n = end; n < upto; n += most) {
    const events = Array.from({ length: Math.min(most, upto - n) }, (_, i) => JSON.stringify(event(`${upto}-${n + i}`)));
    const done = await at.record(events.join("\n"), "application/x-ndjson");
    assert.equal(done.status, 201);
  }
}

/** A server on a store, which whoever comes may read, and one with its token may record at. */
async function serveLog(which) {
  const token = addToken(which, "recorder", "--scope", "record");
  const begun = await serve(which, "--key", keys, "--origin", origin, "--public");
  return { ...begun, token };
}

before(async () => {
  if (skip) return;
  const built = go("build", "-o", client, ".");
  assert.equal(built.status, 0, built.stderr);
  run("keygen", keys);
  run("keygen", join(directory, "other.key"));
  server = await serveLog(store);
});

const checkpoints = [];

test("every entry of a log is proved from its tiles, and that it extends the log that it was", { skip }, async () => {
  const small = await read(server.url, 1);
  assert.deepEqual([small.code, small.said], [0, "proved 50 of 50 entries by 1 tiles"]);
  assert.equal(small.checkpoint, await (await server.get("/checkpoint")).text());
  checkpoints.push(kept("small", small.checkpoint));
  run("--store", store, "backup", join(directory, "forked.store"));
  // Seven whole tiles, and a partial one on each of two levels.
  await grow(server, 50, 2_000);
  const larger = await read(server.url, 1, checkpoints);
  assert.deepEqual([larger.code, larger.said], [0, "proved 2000 of 2000 entries by 9 tiles"]);
  checkpoints.push(kept("larger", larger.checkpoint));
});

/** A server between: it hands on what `change` makes of each answer. */
async function between(change, whileThere) {
  const liar = http.createServer(async (request, response) => {
    const answer = await server.get(request.url);
    response.writeHead(answer.status);
    response.end(change(request.url, Buffer.from(await answer.arrayBuffer())));
  });
  await new Promise((begun) => liar.listen(0, "127.0.0.1", begun));
  try {
    return await whileThere(`http://127.0.0.1:${liar.address().port}`);
  } finally {
    liar.closeAllConnections();
    liar.close();
  }
}
const flip = (content, at) => {
  const changed = Buffer.from(content);
  changed[at] ^= 1;
  return changed;
};
/** The third bundle of entries without the first, and instead with an empty one at its end. */
const shifted = (bundle) => Buffer.concat([bundle.subarray(2 + bundle.readUInt16BE(0)), Buffer.alloc(2)]);

test("whatever is changed on the way is found", { skip }, async () => {
  // Not every version of the client holds each tile against the one above it; the proof made of them fails.
  const wrong = /inconsistent tile|invalid transparency proof/;
  const every = 64;
  const cases = {
    "a hash of a whole tile": [/^\/tile\/0\/003$/, (tile) => flip(tile, 32 * 64), wrong],
    "a hash of a partial tile": [/^\/tile\/0\/007\.p\/208$/, (tile) => flip(tile, 32 * 207 + 31), wrong],
    "a hash of the level above": [/^\/tile\/1\/000\.p\/7$/, (tile) => flip(tile, 5), wrong],
    "a tile too short": [/^\/tile\/0\/003$/, (tile) => tile.subarray(32), /bad result slice/],
    "a byte of an entry": [/^\/tile\/entries\/002$/, (bundle) => flip(bundle, 30), /entry 512 is not the one/],
    "an entry too few": [/^\/tile\/entries\/002$/, shifted, /entry 512 is not the one/],
    "the size of the log": [/^\/checkpoint$/, (text) => text.toString().replace("\n2000\n", "\n1999\n"), /invalid signature/],
    "the root of the log": [/^\/checkpoint$/, (text) => text.toString().replace(/(\n2000\n)(.)/, (_, size, digit) => size + (digit === "A" ? "B" : "A")), /invalid signature/],
    "the signature": [/^\/checkpoint$/, (text) => `${text.toString().split("\n\n")[0]}\n\n`, /malformed note|no verifiable signatures/],
  };
  for (const [name, [path, change, said]] of Object.entries(cases)) {
    let changed = 0;
    const found = await between((url, content) => (path.test(url) ? (++changed, change(content)) : content), (url) => read(url, every));
    assert.ok(changed > 0, name);
    assert.equal(found.code, 1, name);
    assert.match(found.said, said, name);
  }
  // The same way, with nothing changed.
  assert.equal((await between((_, content) => content, (url) => read(url, every))).code, 0);
  assert.match((await read(server.url, 1, [], join(directory, "other.key.pub"))).said, /no verifiable signatures/);
});

test("a log that went another way since is found by the checkpoint that was kept", { skip }, async () => {
  const fork = join(directory, "forked.store");
  const forked = await serveLog(fork);
  await grow(forked, 50, 2_100);
  assert.equal((await read(forked.url, 100, checkpoints.slice(0, 1))).code, 0);
  const found = await read(forked.url, 100, checkpoints);
  assert.deepEqual([found.code, found.said], [1, "extending 2000: invalid transparency proof"]);
  await forked.stop();
});

test("tiles of three levels are read as well", { skip }, async () => {
  await grow(server, 2_000, 66_000);
  const large = await read(server.url, 640, checkpoints);
  assert.equal(large.code, 0, large.said);
  assert.match(large.said, /^proved 105 of 66000 entries/);
  assert.equal((await server.get("/tile/2/000.p/1")).status, 200);
});
