// An answer has an address, and is what the command of that name says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeStore, run, serve } from "./support.js";

const store = makeStore("answers");
const server = await serve(store);
const tool = (...args) => run("--store", store, "--today", "2026-01-15", ...args);

test("each command that asks answers at its address as it does in a terminal", async () => {
  const asked = [
    ["/v1/status?as-of=2025-12-31", ["status", "--json", "--as-of", "2025-12-31"]],
    ["/v1/status/park/chirchik.txt?as-of=2022", ["status", "park/chirchik", "--as-of", "2022"]],
    ["/v1/status/%D0%A7%D0%B8%D1%80%D1%87%D0%B8%D0%BA.txt?lang=ru", ["status", "Чирчик", "--lang", "ru"]],
    ["/v1/timeline.csv?from=2023", ["timeline", "--format", "csv", "--from", "2023"]],
    ["/v1/timeline/park/navoi.ics", ["timeline", "park/navoi", "--format", "ics"]],
    ["/v1/explain/park/bukhara?known-by=2025-09-01", ["explain", "park/bukhara", "--json", "--known-by", "2025-09-01"]],
    ["/v1/diff.txt?from=as-of=2022&to=as-of=2024", ["diff", "--from", "as-of=2022", "--to", "as-of=2024"]],
    ["/v1/report.md?region=Bukhara&lang=uz", ["report", "--format", "markdown", "--region", "Bukhara", "--lang", "uz"]],
    ["/v1/report.svg", ["report", "--format", "svg"]],
    ["/v1/report.json", ["report", "--format", "json"]],
    ["/v1/plans?state=overdue&as-of=2026-12-31", ["plans", "--json", "--state", "overdue", "--as-of", "2026-12-31"]],
    ["/v1/agenda.txt?q=next&q=quarter", ["agenda", "next", "quarter"]],
    ["/v1/search.txt?q=delegation", ["search", "delegation"]],
    ["/v1/review.txt", ["review"]],
    ["/v1/story/park/chirchik.txt", ["story", "park/chirchik"]],
    ["/v1/log.txt?limit=3", ["log", "--limit", "3"]],
    ["/v1/head", ["head"]],
  ];
  for (const [address, args] of asked) {
    const answer = await server.get(address);
    assert.equal(answer.status, 200, `${address}: ${await answer.clone().text()}`);
    assert.equal(await answer.text(), tool(...args), address);
  }
});

test("formats come with their media types", async () => {
  const types = {
    "/v1/report.html": "text/html; charset=utf-8",
    "/v1/report.csv": /^text\/csv/,
    "/v1/report.svg": /^image\/svg\+xml/,
    "/v1/timeline.ics": /^text\/calendar/,
    "/v1/status": "application/json",
    "/v1/status.txt": "text/plain; charset=utf-8",
  };
  for (const [address, type] of Object.entries(types)) {
    const answer = await server.get(address);
    assert.match(answer.headers.get("content-type"), type instanceof RegExp ? type : new RegExp(`^${type.replace("+", "\\+")}$`), address);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  }
});

test("an answer names the vantage and the head that it holds for, and stays so at that address", async () => {
  const now = await server.get("/v1/status/park/jizzakh?lang=ru");
  assert.equal(now.headers.get("cache-control"), "no-cache");
  const there = now.headers.get("content-location");
  assert.match(there, /as-of=2026-01-15/);
  assert.match(there, /at=%4050/);
  assert.match(now.headers.get("solnoma-head"), /^[0-9a-f]{64}@50$/);
  assert.equal(now.headers.get("solnoma-head"), tool("head").trim());
  const fixed = await server.get(there);
  assert.equal(fixed.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal(await fixed.text(), await now.text());
  assert.equal(fixed.headers.get("content-location"), there);
});

test("each word makes another question", async () => {
  const ask = async (query) => (await server.get(`/v1/status.txt?as-of=2025&at=@50${query}`)).text();
  const texts = new Set([await ask(""), await ask("&q=park/chirchik"), await ask("&q=park/navoi"), await ask("&q=park/chirchik&q=park/navoi")]);
  assert.equal(texts.size, 4);
  assert.equal((await server.get("/v1/status?q=park/atlantis")).status, 404);
  const there = (await server.get("/v1/status?q=park/navoi")).headers.get("content-location");
  assert.match(there, /q=park%2Fnavoi/);
  assert.equal((await (await server.get(there)).json()).subjects.length, 1);
});

test("what depends on the day on which it is asked is not kept for ever", async () => {
  for (const address of ["/v1/agenda?q=next&q=quarter", "/v1/timeline?from=yesterday", "/v1/diff?q=2024&q=2025", "/v1/search?q=park"]) {
    const answer = await server.get(address);
    const there = answer.headers.get("content-location");
    assert.equal((await server.get(there)).headers.get("cache-control"), "no-cache", there);
  }
  const fixed = await server.get("/v1/timeline?as-of=2025-12-31&at=@50&from=2024-01");
  const there = fixed.headers.get("content-location");
  assert.equal((await server.get(there)).headers.get("cache-control"), "public, max-age=31536000, immutable");
});

test("who has an answer is told that it is still that one", async () => {
  const first = await server.get("/v1/status");
  const tag = first.headers.get("etag");
  assert.match(tag, /^"[0-9a-f]{32}"$/);
  const again = await server.get("/v1/status", { "if-none-match": tag });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), "");
  assert.equal(again.headers.get("etag"), tag);
  const other = await server.get("/v1/status?as-of=2022", { "if-none-match": tag });
  assert.equal(other.status, 200);
});

test("a page has a tag of its own once the store calls its kinds otherwise, and the words then", async () => {
  const own = makeStore("kinds");
  const words = `${own}/kinds.toml`;
  const say = (noun) => writeFileSync(words, `[park.en]\nhead = "${noun}"\none = "{n} ${noun}"\nother = "{n} ${noun}s"\n`);
  const there = await serve(own);
  const answer = (address, known) => there.get(address, known === undefined ? {} : { "if-none-match": known });
  for (const address of ["/v1/report.html", "/v1/report.html?as-of=2024"]) {
    rmSync(words, { force: true });
    const tags = [];
    /** The page as it is now: with the noun, under a tag that it had never before. */
    const told = async (noun) => {
      const page = await answer(address, tags.at(-1));
      assert.equal(page.status, 200, `${address} ${noun}`);
      const text = await page.text();
      assert.equal(text.includes("science hub"), noun === "science hub");
      assert.equal(text.includes("innovation zone"), noun === "innovation zone");
      const tag = page.headers.get("etag");
      assert.ok(!tags.includes(tag), `${address} ${noun}`);
      assert.equal((await answer(address, tag)).status, 304);
      tags.push(tag);
    };
    await told("park");
    say("science hub");
    await told("science hub");
    say("innovation zone");
    await told("innovation zone");
    assert.match(await (await answer("/")).text(), /innovation zone/); // which a browser keeps nothing of
    rmSync(words);
    const page = await answer(address, tags.at(-1));
    assert.equal(page.headers.get("etag"), tags[0], "as before there were any words");
    assert.doesNotMatch(await page.text(), /innovation zone/);
  }
  // What calls no kinds stays what it was.
  const plain = (await answer("/v1/status")).headers.get("etag");
  say("science hub");
  assert.equal((await answer("/v1/status", plain)).status, 304);
  writeFileSync(words, "[park.en\n");
  const wrong = await answer("/v1/report.html");
  assert.notEqual(wrong.status, 200);
  assert.match(await wrong.text(), /kinds\.toml/);
  await there.stop();
});

test("a head that is given pins the log: another one is refused", async () => {
  const head = tool("head", "--at", "@40").trim();
  const pinned = await server.get(`/v1/status?at=${head}`);
  assert.equal(pinned.status, 200);
  assert.match(pinned.headers.get("content-location"), /at=%4040/);
  const wrong = (head[0] === "0" ? "1" : "0") + head.slice(1);
  const refused = await server.get(`/v1/status?at=${wrong}`);
  assert.equal(refused.status, 409);
  assert.equal(refused.headers.get("content-type"), "application/problem+json");
});

test("what is asked wrongly is told by field, with the remedy", async () => {
  const cases = [
    ["/v1/status/park/atlantis", 404, /atlantis/],
    ["/v1/status?as-of=yesterbay", 400, /yesterbay/],
    ["/v1/status?at=9999", 400, /9999/],
    ["/v1/status?as-of=2022&as-of=2023", 400, /twice/],
    ["/v1/status?colour=red", 400, /colour/],
    ["/v1/report?output=/tmp/x", 400, /output/],
    ["/v1/log?follow", 400, /follow/],
    ["/v1/status?format=yaml", 400, /yaml/],
    ["/v1/explain", 400, /SUBJECT/],
    ["/v1/prove/s1-chirchik-start?timestamp=http://127.0.0.1:1/", 400, /timestamp/],
    ["/v1/prove/s1-chirchik-start?key=/etc/passwd", 400, /key/],
    ["/v1/backup", 404, /address/],
    ["/v1/rebuild", 404, /address/],
    ["/nothing", 404, /address/],
    ["/v1/status?min-at=x", 400, /min-at/],
  ];
  for (const [address, status, says] of cases) {
    const answer = await server.get(address);
    assert.equal(answer.status, status, address);
    assert.equal(answer.headers.get("content-type"), "application/problem+json", address);
    const problem = await answer.json();
    assert.match(problem.detail + (problem.where ?? ""), says, address);
    assert.equal(problem.status, status);
  }
});

test("whoever waits for what was recorded is told to come again, until it is there", async () => {
  const early = await server.get("/v1/status?min-at=51");
  assert.equal(early.status, 503);
  assert.equal(early.headers.get("retry-after"), "1");
  assert.equal((await server.get("/v1/status?min-at=50")).status, 200);
});

test("the first page is the report, and the server says how it is", async () => {
  const root = await server.get("/");
  assert.equal(root.status, 200);
  const page = await root.text();
  assert.match(page, /^<!DOCTYPE html>[^]*<h1>Chronicle report<\/h1>/);
  assert.match(await (await server.get("/", { "accept-language": "uz" })).text(), /<html lang="uz">/);
  // The file that is saved or sent is the report alone.
  assert.ok(!(await (await server.get("/v1/report.html")).text()).includes("/assets/"));
  assert.equal(await (await server.get("/livez")).text(), "alive\n");
  assert.equal(await (await server.get("/readyz")).text(), "ready\n");
  const metrics = await (await server.get("/metrics")).text();
  assert.match(metrics, /^solnoma_head_position 50$/m);
  for (const line of metrics.trim().split("\n"))
    assert.match(line, /^(# (HELP|TYPE) solnoma_\w+ .+|solnoma_\w+ \d+)$/);
});

test("HEAD says what GET would, without the body", async () => {
  const answer = await fetch(`${server.url}/v1/status`, { method: "HEAD" });
  const body = await (await server.get("/v1/status")).text();
  assert.equal(answer.status, 200);
  assert.equal(Number(answer.headers.get("content-length")), Buffer.byteLength(body));
  const stream = await fetch(`${server.url}/v1/events`, { method: "HEAD", headers: { accept: "text/event-stream" } });
  assert.equal(stream.status, 200);
  assert.match(stream.headers.get("content-type"), /^text\/event-stream/);
  assert.equal(stream.headers.get("content-length"), null);
});

test("many that ask at once, each something else, get each their own answer", async () => {
  const dates = Array.from({ length: 60 }, (_, i) => `${2021 + (i % 5)}-${String(1 + (i % 12)).padStart(2, "0")}-15`);
  const answers = await Promise.all(
    dates.map(async (date) => (await server.get(`/v1/status?as-of=${date}`)).json()),
  );
  answers.forEach((answer, i) => assert.equal(answer.vantage.asOf, dates[i]));
});

test("the tool asks a server as it asks a directory", async () => {
  const remote = (...args) =>
    spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", server.url, "--today", "2026-01-15", ...args], {
      encoding: "utf8",
    });
  for (const args of [
    ["status"],
    ["status", "park/chirchik", "--as-of", "2022", "--lang", "ru"],
    ["status", "--json"],
    ["timeline", "Чирчик", "-f", "csv", "--for", "excel"],
    ["report", "--format", "markdown", "--region", "Бухарская", "--lang", "ru"],
    ["log", "-n", "3"],
    ["agenda", "next", "quarter"],
    ["plans", "--state", "overdue", "--state", "met", "--as-of", "2026-12-31"],
    ["diff", "--known", "2024", "2025"],
    ["head"],
  ]) {
    const answer = remote(...args);
    assert.equal(answer.status, 0, `${args}: ${answer.stderr}`);
    assert.equal(answer.stdout, tool(...args), args.join(" "));
  }
  const file = join(mkdtempSync(join(tmpdir(), "solnoma-remote-")), "r.html");
  assert.equal(remote("report", "--format", "html", "--output", file).status, 0);
  assert.equal(readFileSync(file, "utf8"), tool("report", "--format", "html"));
  const missing = remote("status", "park/atlantis");
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /^solnoma: .*atlantis/);
  assert.equal(remote("status", "--as-of", "yesterbay").status, 2);
  assert.match(remote("rebuild").stderr, /not done over the network/);
  assert.equal(remote("date", "2022-03").status, 0);
  const nobody = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", "http://127.0.0.1:9", "status"], { encoding: "utf8" });
  assert.equal(nobody.status, 3);
  assert.match(nobody.stderr, /cannot be reached/);
});

test("a server that is ended as soon as it says where it serves ends in order", async () => {
  for (let i = 0; i < 5; ++i) {
    const { code, signal } = await (await serve(makeStore(`ends-${i}`))).stop();
    assert.deepEqual({ code, signal }, { code: 0, signal: null });
  }
});
