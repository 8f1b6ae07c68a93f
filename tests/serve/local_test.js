// A command on a store of this machine goes through the server that holds it, by itself.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { addToken, event, lines, makeStore, run, serve, today } from "./support.js";

const store = makeStore("local");
addToken(store, "somebody");
const file = `${store}/server.json`;
let n = 0;
const append = (where, env = {}) => {
  const began = Date.now();
  const { status, stdout, stderr } = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", where, "--wait", "1", "append", "visited", "chirchik", "--occurred", "2025-06-01", "--known", "2025-06-02", "--title", `Visit ${++n}`, "--publisher", "A"], { encoding: "utf8", env: { ...process.env, SOLNOMA_TODAY: today, ...env } });
  return { status, out: stdout, said: stderr, took: Date.now() - began };
};
const newest = (where = store) => lines(run("--store", where, "log", "--json", "--limit", "1"))[0];

test("it records in the name of who keeps the store, at once, and through no proxy", async () => {
  const server = await serve(store);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const done = append(store, { http_proxy: "http://127.0.0.1:1", HTTP_PROXY: "http://127.0.0.1:1" });
  assert.equal(done.status, 0, done.said);
  assert.match(done.out, /^recorded visited park\/chirchik at position 51 /);
  assert.equal(newest().recordedby, userInfo().username);
  const refused = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", store, "append", "opend", "chirchik"], { encoding: "utf8" });
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /opend/);

  // A copy of the directory is another store.
  cpSync(store, `${store}-copy`, { recursive: true });
  assert.equal(append(`${store}-copy`).status, 0);
  assert.equal(newest().position, 51);
  assert.equal(newest(`${store}-copy`).recordedby, undefined);

  // What others can read is not believed: who records waits for the writer, as ever.
  chmodSync(file, 0o644);
  const waited = append(store);
  assert.equal(waited.status, 3);
  assert.match(waited.said, /solnoma: .*(in use|writer)/);
  chmodSync(file, 0o600);
  assert.equal(append(store).status, 0);
  await server.stop();
  assert.ok(!existsSync(file));
});

test("what a server that was killed left behind stands in nobody's way, nor is its token of any more use", async () => {
  const killed = await serve(store);
  const { token } = JSON.parse(readFileSync(file, "utf8"));
  await killed.stop("SIGKILL");
  assert.ok(existsSync(file));
  assert.equal(append(store).status, 0);
  assert.equal(newest().recordedby, undefined);
  writeFileSync(file, "{", { mode: 0o600 });
  assert.equal(append(store).status, 0);
  const next = await serve(store);
  assert.equal((await next.get("/v1/head", { authorization: `Bearer ${token}` })).status, 401);
  await next.stop();
});

test("another program that listens where a server was is told nothing, and not believed", async () => {
  const killed = await serve(store);
  await killed.stop("SIGKILL");
  const heard = [];
  const stranger = http.createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.end("alive\n");
  });
  await new Promise((begun) => stranger.listen(killed.port, "127.0.0.1", begun));
  const before = newest().position;
  const { token } = JSON.parse(readFileSync(file, "utf8"));
  // The stranger answers in this process: it must not be waited for in it.
  const done = await new Promise((ended) => {
    const child = spawn(process.env.SOLNOMA_PROGRAM, ["--store", store, "append", "visited", "chirchik", "--occurred", "2025-06-01", "--known", "2025-06-02", "--title", "Unheard", "--publisher", "A"], { env: { ...process.env, SOLNOMA_TODAY: today } });
    child.on("exit", ended);
  });
  assert.equal(done, 0);
  assert.equal(newest().position, before + 1);
  assert.ok(heard.length > 0 && heard.every((each) => each.startsWith("GET /livez ") && !each.includes(token)), heard.join("\n"));
  await new Promise((closed) => stranger.close(closed));
});

test("what a command says of its day and clock is not passed over by a server", async () => {
  const server = await serve(store);
  const before = newest().position;
  const record = (where, ...more) => spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", where, ...more, "append", "visited", "chirchik", "--occurred", "2025-06-01", "--title", `On a day ${more}`, "--publisher", "A"], { encoding: "utf8", env: { ...process.env, SOLNOMA_TOKEN: token } });
  const token = addToken(store, "clerk", "--scope", "record");
  for (const where of [store, server.url]) {
    const other = record(where, "--today", "2025-12-01");
    assert.equal(other.status, 2, other.stderr);
    assert.match(other.stderr, /today is 2025-12-01 for this command, and 2026-01-15 for the server; .*--known/);
    assert.match(record(where, "--trust-clock").stderr, /--trust-clock/);
    assert.equal(newest().position, where === store ? before : before + 1);
    assert.equal(record(where, "--today", today).status, 0);
  }
  assert.equal(newest().known, today);
  await server.stop();
});

test("a file is imported through the server that holds the store, with the words of a directory", async () => {
  const held = makeStore("local-import");
  const twin = makeStore("local-import-twin");
  const desk = mkdtempSync(join(tmpdir(), "solnoma-local-import-"));
  const path = (name, content) => {
    writeFileSync(join(desk, name), content);
    return join(desk, name);
  };
  const two = path("two.jsonl", ["one", "two"].map((id) => JSON.stringify(event(id))).join("\n"));
  const broken = path("broken.jsonl", `${JSON.stringify(event("three"))}\n${JSON.stringify(event("four", { occurred: "2025-13" }))}\n`);
  const table = path("parks.csv", "Park,Status,Opened\nUrgench,Operating,2024-05-01\n");
  const importing = (where, ...words) => {
    const { status, stdout, stderr } = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", where, "--wait", "0", "import", ...words], { encoding: "utf8", env: { ...process.env, SOLNOMA_TODAY: today } });
    return { status, out: stdout.replaceAll(`${desk}/`, ""), said: stderr.replaceAll(`${desk}/`, "") };
  };
  const map = path("parks.toml", importing(twin, "--guess", table).out);
  const server = await serve(held);
  for (const words of [["--check", two], [two], [two], ["--check", broken], [broken], ["--set-aside", broken], ["--map", map, "--known", "2024-06-10", table]]) assert.deepEqual(importing(held, ...words), importing(twin, ...words), words.join(" "));
  assert.match(importing(held, "--guess", table).out, /^# How/);
  const imported = lines(run("--store", held, "log", "--json")).slice(50);
  assert.ok(imported.length > 5 && imported.every((each) => each.recordedby === userInfo().username));

  // What a server does not do is said, not waited for.
  const large = path("large.jsonl", "#".repeat((16 << 20) + 1));
  for (const [words, why] of [[[large], /larger than 16 MiB, the most that a server takes/], [[two, broken], /one file at a time/], [["--rejects", join(desk, "rejects"), broken], /no option of an import by HTTP/]]) {
    const { status, said } = importing(held, ...words);
    assert.equal(status, 2, said);
    assert.match(said, why);
  }
  await server.stop();
  rmSync(desk, { recursive: true });
});
