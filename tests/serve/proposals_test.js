// Who may only propose hands in, and a steward records or declines it; the log says who recorded what.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { addToken, event, lines, makeStore, run, serve, today } from "./support.js";

const store = makeStore("proposals");
const steward = addToken(store, "anna", "--scope", "steward");
const recorder = addToken(store, "boris", "--scope", "record");
const proposer = addToken(store, "bot", "--scope", "propose");
const other = addToken(store, "other bot", "--scope", "propose");
const navoi = addToken(store, "navoi steward", "--scope", "steward", "--subject", "park/navoi");
const reader = addToken(store, "reader");
const server = await serve(store);

const solnoma = (token, ...args) => {
  const { status, stdout, stderr } = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", server.url, ...args], {
    encoding: "utf8",
    env: { ...process.env, SOLNOMA_TODAY: today, SOLNOMA_TOKEN: token },
  });
  return { status, out: stdout, said: stderr };
};
const recordAs = (token, body, query = "", type = "application/cloudevents+json") => server.record(body, type, { authorization: `Bearer ${token}` }, query);
const ask = (token, path, options = {}) => fetch(server.url + path, { ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } });
const form = (token, path, fields) => ask(token, path, { method: "POST", body: new URLSearchParams(fields) });
const head = () => Number(/@(\d+)/.exec(run("--store", store, "head"))[1]);
const newest = async () => lines(await (await ask(steward, `/v1/events?after=${head() - 1}`)).text()).at(-1);
const opened = ["append", "opened", "navoi", "--occurred", "2026-01", "--known", "2026-01-10", "--title", "The park opens", "--publisher", "A"];

test("each event says which token recorded it, and sending it again changes nothing of that", async () => {
  await recordAs(recorder, event("by-boris"));
  assert.equal((await newest()).recordedby, "boris");
  assert.equal((await recordAs(steward, event("by-boris"))).status, 200);
  assert.equal(solnoma(steward, "append", "visited", "chirchik", "--occurred", "2025-07-01", "--known", "2025-07-02", "--title", "x", "--publisher", "A", "--id", "by-anna").status, 0);
  const told = lines(run("--store", store, "log", "--json"));
  assert.equal(told.find((each) => each.id === "by-boris").recordedby, "boris");
  assert.equal(told.find((each) => each.id === "by-anna").recordedby, "anna");
  assert.ok(told.filter((each) => each.recordedby === undefined).length > 10);
  assert.match(run("--store", store, "show", "by-boris"), /position \d+, recorded \S+ by boris\n/);
  // What claims to be somebody else's is not.
  assert.equal((await recordAs(recorder, event("claims", { recordedby: "anna" }))).status, 201);
  assert.equal((await newest()).recordedby, "boris");
});

test("what a proposer sends waits beside the log, with what it would change, until it is accepted", async () => {
  const before = head();
  const handed = solnoma(proposer, ...opened, "--id", "p1");
  assert.equal(handed.status, 0, handed.said);
  assert.match(handed.out, /park\/navoi from 2026-01-\d\d: .*operating/);
  assert.match(handed.out, /nothing was recorded\nhanded in as proposal 1: a steward records or declines it\n$/);
  assert.equal(solnoma(proposer, ...opened, "--id", "p1").out, handed.out);
  assert.equal(head(), before);
  assert.equal(statSync(`${store}/proposals`).mode & 0o077, 0);

  const listed = solnoma(steward, "proposals");
  assert.match(listed.out, /^proposal 1, handed in on \d{4}-\d\d-\d\d by bot\n {2}2026-01-10 {2}park\/navoi .*The park opens.*\[p1\]\n$/);
  assert.equal(solnoma(steward, "proposals", "1").out.split("\n")[2], handed.out.split("\n")[0]);
  const json = lines(await (await ask(steward, "/v1/proposals")).text());
  assert.equal(json.length, 1);
  assert.deepEqual([json[0].proposal, json[0].by, json[0].decision, json[0].events[0].id], [1, "bot", null, "p1"]);

  const accepted = solnoma(steward, "accept", "1", "--because", "seen in the gazette");
  assert.equal(accepted.status, 0, accepted.said);
  assert.match(accepted.out, new RegExp(`^recorded opened park/navoi at position ${before + 1} \\(id p1\\)\n$`));
  assert.equal((await newest()).recordedby, "anna for bot");
  assert.match(solnoma(steward, "accept", "1").said, /proposal 1 was recorded already/);
  assert.equal(solnoma(steward, "proposals").out, "no proposal waits\n");
  const kept = solnoma(proposer, "proposals", "--all").out;
  assert.match(kept, /^proposal 1, handed in on \S+ by bot, recorded on \S+ by anna: seen in the gazette\n/);
  assert.match(run("--store", store, "status", "navoi", "--as-of", "2026-03-01"), /operating/);
});

test("a steward declines with a word why, which whoever handed it in reads", async () => {
  const answer = await recordAs(proposer, [event("q1"), event("q2", { subject: "park/new-one" })], "", "application/cloudevents-batch+json");
  assert.equal(answer.status, 202);
  const { proposal, recorded } = await answer.json();
  assert.equal(recorded, 2);
  assert.equal(answer.headers.get("location"), `/v1/proposals/${proposal}`);
  const before = head();
  assert.match(solnoma(steward, "decline", `${proposal}`).said, /--because/);
  assert.equal(solnoma(steward, "decline", `${proposal}`, "--because", "no source").out, `proposal ${proposal} was declined\n`);
  assert.equal(head(), before);
  const told = JSON.parse(await (await ask(proposer, `/v1/proposals/${proposal}`)).text());
  assert.deepEqual([told.decision.recorded, told.decision.by, told.decision.why], [false, "anna", "no source"]);
  // The same may be handed in anew.
  const again = await (await recordAs(proposer, [event("q1"), event("q2", { subject: "park/new-one" })], "", "application/cloudevents-batch+json")).json();
  assert.equal(again.proposal, proposal + 1);
});

test("who may not decide, or not know of it, is told so", async () => {
  const { proposal } = await (await recordAs(proposer, event("r1"))).json();
  for (const token of [proposer, recorder, reader]) assert.equal((await form(token, "/v1/accept", [["q", proposal]])).status, 403);
  assert.equal((await ask(reader, "/v1/proposals")).status, 403);
  assert.equal((await server.get("/v1/proposals")).status, 401);
  assert.equal((await ask(other, `/v1/proposals/${proposal}`)).status, 404);
  assert.equal(await (await ask(other, "/v1/proposals?all")).text(), "");
  assert.equal((await ask(navoi, `/v1/proposals/${proposal}`)).status, 404);
  assert.equal((await form(navoi, "/v1/accept", [["q", proposal]])).status, 404);
  assert.equal((await ask(recorder, `/v1/proposals/${proposal}`)).status, 200);
  assert.equal((await form(steward, "/v1/accept", [["q", "99"]])).status, 404);
  assert.equal((await form(steward, "/v1/accept", [["q", "../1"]])).status, 400);
  assert.equal((await form(steward, "/v1/proposals", [])).status, 405);
  assert.equal((await ask(steward, "/v1/accept")).status, 405);
  assert.match(solnoma(proposer, "append", "opend", "navoi", "--title", "x").said, /opend/);
  assert.equal((await recordAs(proposer, event("r2"), "?dry-run")).status, 200);
  assert.ok(lines(await (await ask(proposer, "/v1/proposals")).text()).every((each) => each.events[0].id !== "r2"));
});

test("what stands in the way by then is told, and the proposal waits on", async () => {
  const { proposal } = await (await recordAs(proposer, event("s1"))).json();
  await recordAs(recorder, event("s1", { occurred: "2025-06-03", known: "2025-06-04" }));
  const refused = solnoma(steward, "accept", `${proposal}`);
  assert.equal(refused.status, 1);
  assert.match(refused.said, /'s1' is recorded with other content/);
  assert.equal((await (await ask(steward, `/v1/proposals/${proposal}`)).json()).decision, null);
  // What is recorded already is no proposal.
  const known = await recordAs(proposer, event("by-boris"));
  assert.deepEqual([known.status, (await known.json()).proposal], [200, undefined]);
});

test("corrections and retractions are proposed as events are", async () => {
  assert.match(solnoma(proposer, "correct", "by-anna", "--title", "A visit").out, /handed in as proposal (\d+)/);
  const handed = solnoma(proposer, "retract", "by-boris", "--reason", "a rumour").out;
  const [, number] = /handed in as proposal (\d+)/.exec(handed);
  assert.equal(solnoma(steward, "accept", number).status, 0);
  assert.equal((await newest()).supersedes, "by-boris");
});

test("two stewards at once decide once, and a file that is broken is named", async () => {
  const { proposal } = await (await recordAs(proposer, event("t1"))).json();
  const answers = await Promise.all([1, 2, 3, 4].map(() => form(steward, "/v1/accept", [["q", proposal]])));
  assert.deepEqual(answers.map((each) => each.status).sort(), [201, 409, 409, 409]);
  // What cannot be read is named, and stands in nobody's way; what is called otherwise is none.
  writeFileSync(`${store}/proposals/900.json`, '{"proposal":900');
  for (const name of ["1", ".json", "x.json", "0001.json", "18446744073709551615.json", "99999999999999999999.json"]) writeFileSync(`${store}/proposals/${name}`, "{");
  const listed = solnoma(steward, "proposals");
  assert.equal(listed.status, 0);
  assert.match(listed.said, /^solnoma: proposals\/900\.json: it cannot be read/m);
  assert.ok(!listed.said.includes(store));
  assert.match(listed.out, /^proposal \d+, /);
  assert.equal((await (await recordAs(other, event("t2"))).json()).proposal, 901);
  const told = solnoma(steward, "accept", "900");
  assert.equal(told.status, 1);
  assert.match(told.said, /proposals\/900\.json/);
  assert.ok(readdirSync(`${store}/proposals`).includes("decided"));
});

test("what was recorded meanwhile is not said to be recorded by whoever accepts it", async () => {
  const { proposal } = await (await recordAs(proposer, event("u1"))).json();
  assert.equal((await recordAs(recorder, event("u1"))).status, 201);
  assert.match(solnoma(steward, "accept", `${proposal}`).out, /^was recorded already: visited park\/chirchik at position \d+ \(id u1\)\n$/);
});

test("one hand fills no more than its share of the room, and leaves others theirs", async () => {
  const greedy = addToken(store, "greedy", "--scope", "propose");
  let refused;
  for (let i = 0; !refused && i < 60; ++i) {
    const answer = await recordAs(greedy, event(`g${i}`));
    if (answer.status !== 202) refused = { i, status: answer.status, said: await answer.json() };
  }
  assert.deepEqual([refused.i, refused.status], [50, 409]);
  assert.match(refused.said.detail, /50 proposals of greedy wait already/);
  assert.match(refused.said.remedy, /steward/);
  assert.equal((await recordAs(greedy, event("g0"))).status, 202);
  assert.equal((await recordAs(other, event("g-other"))).status, 202);
  const large = addToken(store, "large", "--scope", "propose");
  const statuses = [];
  for (let i = 0; i < 6; ++i) statuses.push((await recordAs(large, Array.from({ length: 260 }, (_, j) => event(`h${i}-${j}`, { data: { title: { en: "x" }, note: { en: "y ".repeat(1_800) } } })), "", "application/cloudevents-batch+json")).status);
  assert.deepEqual(statuses, [202, 202, 202, 202, 409, 409]);
});

test("in a directory, a steward needs no server", async () => {
  writeFileSync(`${store}/proposals/900.json`, "");
  await server.stop();
  const at = (...args) => spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", store, ...args], { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, SOLNOMA_TODAY: today } });
  spawnSync("rm", [`${store}/proposals/900.json`]);
  const waiting = lines(at("proposals", "--format", "json").stdout);
  assert.ok(waiting.length > 1);
  assert.equal(at("accept", `${waiting[0].proposal}`).status, 0);
  assert.equal(lines(at("log", "--json").stdout).at(-1).recordedby, waiting[0].by);
  assert.equal(at("decline", `${waiting[1].proposal}`, "--because", "no").status, 0);
  assert.equal(at("verify").status, 0);

  // An export made a log again has who recorded what, or it would have another head.
  const file = `${store}.jsonl`;
  writeFileSync(file, at("export").stdout);
  const copy = `${store}.copy`;
  run("--store", copy, "init");
  run("--store", copy, "import", file, "--as-recorded");
  assert.equal(run("--store", copy, "head"), at("head").stdout);
  assert.match(run("--store", copy, "log", "--recorded"), /\[by-anna\] {2}recorded \S+Z by anna\n/);
  const lying = `${store}.lying.jsonl`;
  writeFileSync(lying, at("export").stdout.replace('"recordedby":"anna"', '"recordedby":"carl"'));
  run("--store", `${copy}2`, "init");
  const refused = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", `${copy}2`, "import", lying, "--as-recorded"], { encoding: "utf8" });
  assert.notEqual(refused.status, 0);
});
