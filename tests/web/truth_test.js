// What the page says at any vantage is what the program says there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReport, makeStore, open, readBoard, run, settled, view } from "./support.js";

const asOf = [
  "2022-03-15",
  "2022-03-31",
  "2023-04-10",
  "2023-10-31",
  "2024-02-02",
  "2025-01-01",
  "2025-09-27",
  "2025-10-01",
  "2025-11-12",
  "2026-06-30",
];
const knownBy = ["2024-02-01", "2024-02-02", "2025-09-29", "2025-11-12", null];

/** "60000000" as a report in English words it. */
const worded = (value) =>
  Number(value) >= 1e6 ? `${Number(value) / 1e6} million` : Number(value).toLocaleString("en");
const bounds = {
  exact: "",
  "more-than": "more than ",
  "slightly-more-than": "slightly more than ",
  "less-than": "less than ",
  about: "about ",
};

test("board and program agree at fifty vantages", async () => {
  const store = makeStore("truth");
  const report = makeReport(store, "--as-of", "2025-12-31");
  const { page, faults, close } = await open(report.url);
  let compared = 0;
  for (const v of asOf)
    for (const k of knownBy) {
      await view(page, `as-of=${v}&known-by=${k ?? "all"}`);
      const board = await readBoard(page);
      const said = JSON.parse(
        run(
          "--store",
          store,
          "status",
          "--format",
          "json",
          "--as-of",
          v,
          ...(k ? ["--known-by", k] : []),
        ),
      );
      const where = `as of ${v}, known by ${k}`;
      const seen = Object.keys(board).filter((s) => board[s].seen);
      assert.deepEqual(
        seen,
        said.subjects.map((s) => s.subject),
        where,
      );
      for (const subject of said.subjects) {
        const row = board[subject.subject];
        const at = `${where}: ${subject.subject}`;
        assert.equal(row.status, subject.status, at);
        const others = subject.possible
          .filter((s) => s !== subject.status)
          .map((s) => s.replaceAll("-", " "));
        assert.deepEqual(row.others, others, at);
        const plans = {};
        for (const plan of subject.plans) plans[plan.state] = (plans[plan.state] ?? 0) + 1;
        assert.deepEqual(row.plans, plans, at);
        for (const measure of ["residents", "investment"]) {
          const numbers = subject.quantities.filter((q) => q.measure === measure);
          assert.equal(row[measure].length, numbers.length, at);
          for (const [i, q] of numbers.entries())
            assert.ok(
              row[measure][i].startsWith(bounds[q.bound] + worded(q.value)),
              `${at}: ${row[measure][i]}`,
            );
        }
        ++compared;
      }
    }
  assert.ok(compared > 200, `${compared} answers were compared`);
  assert.deepEqual(faults, []);
  await close();
});

test("why: each event has the part in the status that explain gives it", async () => {
  const verdicts = {
    decided: "what decided",
    possible: "what may have happened by then",
    "no-difference": "what made no difference",
    "no-effect": "what has no effect on a status",
    "not-yet-known": "not yet known",
    superseded: "superseded",
    "not-yet-happened": "not yet happened",
  };
  const store = makeStore("why");
  const { page, close } = await open(makeReport(store, "--as-of", "2025-12-31").url);
  for (const subject of ["park/bukhara", "park/navoi", "park/eltech"])
    for (const [v, k] of [
      ["2025-10-01", null],
      ["2025-12-31", "2025-10-01"],
      ["2024-01-15", "2025-11-12"],
      ["2025-12-31", null],
    ]) {
      await view(page, `as-of=${v}&known-by=${k ?? "all"}&why=${subject}`);
      const shown = await page.evaluate(() => {
        const parts = {};
        for (const heading of document.querySelectorAll("#why-body > h4"))
          for (const card of heading.nextElementSibling.querySelectorAll("[data-event]"))
            parts[card.dataset.event] = heading.textContent;
        return parts;
      });
      const said = JSON.parse(
        run(
          "--store",
          store,
          "explain",
          subject,
          "--format",
          "json",
          "--as-of",
          v,
          ...(k ? ["--known-by", k] : []),
        ),
      );
      const { evidence } = said.explanation;
      assert.deepEqual(
        shown,
        Object.fromEntries(evidence.map((e) => [e.event, verdicts[e.verdict]])),
        `${subject} as of ${v}, known by ${k}`,
      );
    }
  await close();
});

test("why: of hundreds of vague events, none that may matter is said to make no difference", async () => {
  const types = ["opened", "suspended", "resumed", "cancelled", "reinstated", "visited"];
  const day = (n) => new Date(Date.UTC(2010, 0, 1 + n)).toISOString().slice(0, 10);
  const lines = Array.from({ length: 250 }, (_, i) =>
    JSON.stringify({
      specversion: "1.0",
      id: `e${i}`,
      source: "urn:test",
      type: `solnoma.${types[(i * 7) % types.length]}`,
      subject: "park/vague",
      occurred: `${day((i * 97) % 4000)}/${day(((i * 97) % 4000) + 900)}`,
      known: day(5500 + i),
      data: { title: { en: `Event ${i}` }, sources: [{ publisher: { en: "P" } }] },
    }),
  );
  const store = makeStore("vague", lines.join("\n"));
  const asOf = day(3500);
  const { page, faults, close } = await open(makeReport(store, "--as-of", asOf).url);
  await view(page, `as-of=${asOf}&known-by=all&why=park/vague`);
  const shown = await page.evaluate(() => {
    const parts = {};
    for (const heading of document.querySelectorAll("#why-body > h4"))
      for (const card of heading.nextElementSibling.querySelectorAll("[data-event]"))
        parts[card.dataset.event] = heading.textContent;
    return parts;
  });
  const { evidence } = JSON.parse(
    run("--store", store, "explain", "park/vague", "--format", "json", "--as-of", asOf),
  ).explanation;
  const mattering = evidence.filter((e) => ["decided", "possible"].includes(e.verdict));
  assert.ok(mattering.length > 100, `${mattering.length} matter`);
  for (const { event } of mattering)
    assert.notEqual(shown[event], "what made no difference", event);
  assert.ok(Object.values(shown).includes("what may have made a difference"));
  assert.deepEqual(faults, []);
  await close();
});

test("the same store and vantage give the same bytes, and the clock is not in them", async () => {
  const store = makeStore("bytes");
  const one = run("--store", store, "report", "--format", "html", "--as-of", "2025-12-31");
  assert.equal(run("--store", store, "report", "--format", "html", "--as-of", "2025-12-31"), one);
  const { page, close } = await open(makeReport(store, "--as-of", "2025-12-31").url);
  await settled(page);
  assert.match(await page.textContent("footer"), /31 December 2025.*log position 50/s);
  await close();
});
