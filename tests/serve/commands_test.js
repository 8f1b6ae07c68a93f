// The commands over the network: what the program does to a directory it does to a server.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { addToken, makeStore, run, serve, today } from "./support.js";

const store = makeStore("commands");
const twin = makeStore("twin");
const recorder = addToken(store, "recorder", "--scope", "record");
const navoi = addToken(store, "navoi", "--scope", "record", "--subject", "park/navoi");
const reader = addToken(store, "reader");
const server = await serve(store);

const solnoma = (where, token, ...args) => {
  const { status, stdout, stderr } = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", where, ...args], {
    encoding: "utf8",
    env: { ...process.env, SOLNOMA_TODAY: today, SOLNOMA_TOKEN: token },
  });
  return { status, out: stdout, said: stderr };
};

const append = ["append", "opened", "navoi", "--occurred", "2026-01", "--known", "today", "--title", "The park opens", "--title-ru", "Парк & открыт", "--publisher", "A", "--id", "o1"];
const everyday = [
  [...append, "--dry-run"],
  append,
  append,
  ["correct", "o1", "--occurred", "2026-01-05"],
  ["postpone", "altai-uzbekistan", "visited", "2027-Q1", "--part", "business-mission", "--publisher", "X", "--known", "yesterday"],
  ["retract", "s3-navoi-visit", "s3-navoi-meet", "--reason", "only a rumour"],
  ["status", "navoi"],
  ["log", "--from", "2026-01-14", "--type", "opened"],
  ["log", "--type", "cancelled"],
  ["diff", "2024", "2025", "--statuses"],
  ["append", "opend", "navoi"],
  ["append", "opened", "park/navoy", "--occurred", "2026-01", "--known", "today", "--title", "x", "--publisher", "A"],
  ["append", "opened", "navoi", "--occurred", "2026-13", "--known", "today", "--title", "x"],
  ["append", "opened", "navoi", "--occurred", "2026-01", "--known", "2026-02", "--title", "x", "--publisher", "A"],
  ["correct", "nothing", "--title", "x"],
  ["append", "opened", "navoi", "--expect", "3", "--title", "y", "--occurred", "2025", "--known", "2026-01-01", "--publisher", "A"],
];

test("what is asked and recorded over the network is what it is in a directory, to the word", () => {
  for (const command of everyday) {
    const [far, near] = [solnoma(server.url, recorder, ...command), solnoma(twin, "", ...command)];
    const same = ({ status, out, said }) => ({ status: status === 0, out, said: said.replace(/; see 'solnoma.*|, or .*--store.*/, "") });
    assert.deepEqual(same(far), same(near), command.join(" "));
  }
  const events = (of) => run("--store", of, "log", "--json").replaceAll(/"(time|recordedby)":"[^"]*",?/g, "");
  assert.equal(events(store), events(twin));
});

test("who may not record, or not of that subject, is told so, and nothing is recorded", () => {
  const before = run("--store", store, "head");
  const more = append.map((each) => (each === "o1" ? "o2" : each === "The park opens" ? "Again" : each));
  assert.match(solnoma(server.url, reader, ...more).said, /'reader' may read, not record/);
  assert.match(solnoma(server.url, "", ...more).said, /token.*\$SOLNOMA_TOKEN/);
  assert.equal(solnoma(server.url, reader, ...more, "--dry-run").status, 1);
  const other = more.map((each) => (each === "navoi" ? "park/chirchik" : each));
  const refused = solnoma(server.url, navoi, ...other);
  assert.equal(refused.status, 1);
  assert.match(refused.said, /'navoi' is not for the subject 'park\/chirchik'; it is for park\/navoi/);
  assert.match(solnoma(server.url, navoi, "retract", "s1-jizzakh-opened", "--reason", "x").said, /no event has the id/);
  assert.equal(run("--store", store, "head"), before);
  assert.equal(solnoma(server.url, navoi, ...more).status, 0);
});

test("a form gives what the options do, and what it leaves empty is not given", async () => {
  const send = (fields, token = recorder, path = "/v1/append") =>
    fetch(server.url + path, { method: "POST", body: new URLSearchParams(fields), headers: { authorization: `Bearer ${token}` } });
  const fields = [["q", "visited"], ["q", "Чирчик"], ["occurred", "1 May 2025"], ["known", "2026-01-02"], ["title", "A visit, with = and &"], ["note", ""], ["publisher", "A"], ["dry-run", "true"]];
  const preview = await send(fields);
  assert.equal(preview.status, 200);
  assert.match(await preview.text(), /nothing was recorded/);
  assert.match(decodeURIComponent(preview.headers.get("solnoma-note")), /'1 May 2025' is read as 2025-05-01/);
  const recorded = await send(fields.filter(([name]) => name !== "dry-run"));
  assert.equal(recorded.status, 201);
  assert.equal(recorded.headers.get("solnoma-position"), /@(\d+)/.exec(run("--store", store, "head"))[1]);
  assert.match(await recorded.text(), /recorded visited park\/chirchik at position/);
  assert.equal((await send([["q", "visited"], ["store", "/tmp/x"]])).status, 400);
  assert.equal((await send([["q", "visited"], ["help", ""]])).status, 400);
  assert.equal((await server.get("/v1/append", { authorization: `Bearer ${recorder}` })).status, 405);
  const json = await fetch(`${server.url}/v1/append`, { method: "POST", body: "{}", headers: { authorization: `Bearer ${recorder}`, "content-type": "application/json" } });
  assert.equal(json.status, 415);
});
