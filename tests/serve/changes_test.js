// What changed of statuses and plans, because it was recorded or because a day came: by clients of
// others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EventSource } from "eventsource";
import ICAL from "ical.js";
import Parser from "rss-parser";
import { addToken, event, lines, makeStore, run, serve } from "./support.js";

const plan = (id, occurred, changes = {}) =>
  event(id, { type: "solnoma.opened", subject: "park/chirchik", occurred, known: "2026-01-10", data: { modality: "planned", title: { en: `Opening ${id}`, ru: `Открытие ${id}` }, sources: [{ publisher: { en: "The Gazette" }, published: "2026-01-10" }] }, ...changes });

const store = makeStore("changes");
const server = await serve(store);
await server.record(plan("plan-1", "2030-03"));

/** Everything a page and those that follow it tell, by a server of another day. */
async function toldOn(day, after) {
  const later = await serve(store, "--today", day);
  const changes = [];
  for (let address = `/v1/changes?after=${encodeURIComponent(after)}&limit=3`; ; ) {
    const page = await later.get(address);
    assert.equal(page.status, 200, await page.clone().text());
    changes.push(...lines(await page.text()));
    const next = /<([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "");
    if (!next) {
      await later.stop();
      return { changes, next: page.headers.get("solnoma-next") };
    }
    address = next[1];
  }
}

test("an event that changes a status or a plan is told with what it changed, and why", async () => {
  const page = await server.get("/v1/changes?after=50");
  assert.equal(page.headers.get("content-type"), "application/x-ndjson");
  const changes = lines(await page.text());
  assert.equal(changes.length, 0, "a plan that is new changes no status");
  await server.record(event("began", { type: "solnoma.opened", subject: "park/navoi", occurred: "2026-01-12", known: "2026-01-13" }));
  const [change, ...more] = lines(await (await server.get("/v1/changes?after=51")).text());
  assert.deepEqual(more, []);
  assert.deepEqual(change.cause, { event: "began", source: "urn:test", position: 52 });
  assert.equal(change.diff.subjects[0].subject, "park/navoi");
  assert.equal(change.diff.subjects[0].after.status ?? change.diff.subjects[0].status?.after, "operating");
});

test("who was away while a day came is told of it, once, wherever the cursor lies", async () => {
  await server.stop();
  const first = await toldOn("2030-01-16", "0");
  const later = await toldOn("2030-07-01", first.next);
  const overdue = later.changes.filter((each) => each.cause.day === "2030-04-01");
  assert.equal(overdue.length, 1, JSON.stringify(later.changes.map((each) => each.cause)));
  assert.match(JSON.stringify(overdue[0].diff), /"overdue"/);
  const whole = await toldOn("2030-07-01", "0");
  assert.deepEqual([...first.changes, ...later.changes], whole.changes);
  // From the cursor of each change, what follows it is told and nothing else.
  for (const [i, each] of whole.changes.entries())
    assert.deepEqual((await toldOn("2030-07-01", each.cursor)).changes, whole.changes.slice(i + 1), each.cursor);
});

let july; // a server of that day, when those before it have ended

test("one difference in place of all is that of the cursor's vantage and now", async () => {
  july = await serve(store, "--today", "2030-07-01");
  const answer = await july.get("/v1/changes?after=52/2030-01-16&summed");
  assert.equal(answer.status, 200);
  const diff = await answer.json();
  assert.deepEqual(diff, JSON.parse(run("--store", store, "--today", "2030-07-01", "diff", "--from", "as-of=2030-01-16,at=@52", "--to", "as-of=2030-07-01,at=@52", "--statuses", "--format", "json")));
  assert.match(answer.headers.get("solnoma-next"), /^[0-9a-f]{64}@52\/2030-07-01$/);
  assert.deepEqual(lines(await (await july.get(`/v1/changes?after=${encodeURIComponent(answer.headers.get("solnoma-next"))}`)).text()), []);
});

test("a stream tells of what comes, and goes on where it was left", async () => {
  const said = [];
  const source = new EventSource(`${july.url}/v1/changes?after=52/2030-07-01`);
  const told = (n) =>
    new Promise((resolve) => {
      const look = () => (said.length >= n ? resolve() : setTimeout(look, 10));
      look();
    });
  source.addEventListener("change", (one) => said.push({ id: one.lastEventId, ...JSON.parse(one.data) }));
  await new Promise((resolve) => source.addEventListener("caught-up", resolve, { once: true }));
  await july.record(event("closed", { type: "solnoma.suspended", subject: "park/navoi", occurred: "2026-06-01", known: "2026-06-02" }));
  await told(1);
  source.close();
  assert.equal(said[0].cause.event, "closed");
  assert.equal(said[0].id, said[0].cursor);
  await july.record(event("open-again", { type: "solnoma.resumed", subject: "park/navoi", occurred: "2026-06-20", known: "2026-06-21" }));
  const rest = await july.get("/v1/changes", { "last-event-id": said[0].id });
  assert.deepEqual(lines(await rest.text()).map((each) => each.cause.event), ["open-again"]);
});

test("a cursor that is none, of another log, or beyond this one is refused", async () => {
  const wrong = [["x", 400], ["5/x", 400], ["-1", 400], [`${"0".repeat(64)}@5/2026-01-01`, 409], ["999", 503], ["5@", 400]];
  for (const [after, status] of wrong) assert.equal((await july.get(`/v1/changes?after=${encodeURIComponent(after)}`)).status, status, after);
  assert.equal((await july.get("/v1/changes?afte=5")).status, 400);
});

test("a feed reader finds each change once, newest first, in its language, and older ones behind it", async () => {
  const parser = new Parser({ customFields: { feed: [["link", "links", { keepArray: true }]] } });
  const answer = await july.get("/v1/changes.atom?limit=3&lang=ru");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/atom+xml");
  const feed = await parser.parseString(await answer.text());
  assert.match(feed.title, /Изменения/);
  assert.ok(feed.items.length >= 3);
  const times = feed.items.map((each) => Date.parse(each.isoDate));
  assert.ok(times.every((each) => !Number.isNaN(each)));
  // Pages follow one another without gap or repeat, and ids stay in every language.
  const ids = [];
  for (let url = "/v1/changes.atom?limit=3"; url; ) {
    const page = await parser.parseString(await (await july.get(url)).text());
    ids.push(...page.items.map((each) => each.id));
    const next = page.links?.find((each) => each.$.rel === "next");
    url = next && new URL(next.$.href).pathname + new URL(next.$.href).search;
  }
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(feed.items.map((each) => each.id), ids.slice(0, feed.items.length));
  const all = await parser.parseString(await (await july.get("/v1/changes.atom?limit=500")).text());
  assert.deepEqual(all.items.map((each) => each.id), ids);
  // Where an entry leads, the same is shown.
  const shown = await july.get(feed.items[0].link.replace(/^https?:\/\/[^/]*/, ""), { accept: "text/html" });
  assert.equal(shown.status, 200);
  assert.match(await shown.text(), /<html lang="ru">/);
  const again = await july.get("/v1/changes.atom?limit=3&lang=ru", { "if-none-match": answer.headers.get("etag") });
  assert.equal(again.status, 304);
});

test("a calendar subscribes with a password, and sees a plan that moves as one entry that changes", async () => {
  const token = addToken(store, "calendar", "--scope", "record");
  const subscribe = async () => {
    const answer = await july.get("/v1/timeline/park/chirchik.ics", { authorization: `Basic ${Buffer.from(`me:${token}`).toString("base64")}` });
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.match(answer.headers.get("content-type"), /^text\/calendar/);
    return new ICAL.Component(ICAL.parse(await answer.text()));
  };
  assert.equal((await july.get("/v1/timeline.ics")).status, 401);
  const calendar = await subscribe();
  assert.equal(calendar.getFirstPropertyValue("refresh-interval").toString(), "PT6H");
  const entries = (of) => new Map(of.getAllSubcomponents("vevent").map((each) => [each.getFirstPropertyValue("uid"), each]));
  const before = entries(calendar);
  const uid = "plan-1@urn:test";
  assert.equal(before.get(uid).getFirstPropertyValue("dtstart").toString(), "2030-03-01");
  const moved = await july.record(plan("plan-2", "2031-05-10", { supersedes: "plan-1", known: "2026-06-30" }), undefined, { authorization: `Bearer ${token}` });
  assert.equal(moved.status, 201, await moved.clone().text());
  const after = entries(await subscribe());
  assert.deepEqual([...after.keys()], [...before.keys()]);
  assert.equal(after.get(uid).getFirstPropertyValue("dtstart").toString(), "2031-05-10");
  assert.ok(after.get(uid).getFirstPropertyValue("sequence") > (before.get(uid).getFirstPropertyValue("sequence") ?? 0));
});

test("a calendar of plans has one entry for what is planned, however often it is moved, met or dropped", async () => {
  const shop = makeStore("plans");
  const token = addToken(shop, "calendar", "--scope", "record");
  const entries = async (day) => {
    const on = await serve(shop, "--today", day);
    const answer = await on.get("/v1/plans/park/chirchik.ics", { authorization: `Bearer ${token}` });
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.match(answer.headers.get("content-type"), /^text\/calendar/);
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
    assert.equal(calendar.getFirstPropertyValue("method"), "PUBLISH");
    assert.equal(calendar.getFirstPropertyValue("refresh-interval").toString(), "PT6H");
    await on.stop();
    return calendar.getAllSubcomponents("vevent").map((each) => {
      const entry = new ICAL.Event(each);
      return { uid: entry.uid, start: entry.startDate.toString(), sequence: entry.sequence, status: each.getFirstPropertyValue("status") };
    });
  };
  const record = async (...events) => {
    const on = await serve(shop);
    for (const each of events) {
      const answer = await on.record(each, undefined, { authorization: `Bearer ${token}` });
      assert.equal(answer.status, 201, await answer.clone().text());
    }
    await on.stop();
  };
  const of = (all, uid) => all.filter((each) => each.uid === `${uid}@urn:test`);
  await record(plan("fair", "2030-03", { type: "solnoma.visited" }), plan("hall", "2030-09-01", { type: "solnoma.operator-engaged" }));
  const first = await entries("2026-01-16");
  assert.deepEqual(of(first, "fair"), [{ uid: "fair@urn:test", start: "2030-03-01", sequence: 0, status: "TENTATIVE" }]);
  // Another plan for the same takes its place.
  await record(plan("fair-later", "2031-05-10", { type: "solnoma.visited", known: "2026-01-12" }));
  const moved = await entries("2026-01-16");
  assert.deepEqual(of(moved, "fair"), [{ uid: "fair@urn:test", start: "2031-05-10", sequence: 1, status: "TENTATIVE" }]);
  assert.equal(moved.length, first.length);
  await record(
    event("came", { type: "solnoma.visited", occurred: "2026-01-14", known: "2026-01-15", data: { title: { en: "It came" }, fulfils: ["fair-later"] } }),
    event("no-hall", { type: "solnoma.retracted", supersedes: "hall", occurred: undefined, known: "2026-01-15" }),
  );
  const last = await entries("2026-01-16");
  assert.deepEqual(of(last, "hall").map(({ status }) => status), ["CANCELLED"]);
  const [came] = of(last, "fair");
  assert.ok(came.sequence > 1);
  assert.deepEqual([came.start, came.status], ["2026-01-14", "CONFIRMED"]);
  assert.equal(last.length, first.length);
});
