// CSV and JSON tell what the printed page tells; and no cell of CSV is a formula, whoever opens it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReport, makeStore, open, readBoard, run, settled } from "./support.js";

/** The rows of CSV, by RFC 4180, as objects by the names of its columns. */
function readCsv(text, separator = ",") {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const c = text[i];
    const row = rows.at(-1);
    if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === separator) row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else if (quoted || c !== "\r") row[row.length - 1] += c;
  }
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

const kAsked = ["--as-of", "2025-12-31"];
const store = makeStore("csv-facts");
const told = (...words) => run("--store", store, ...words, ...kAsked);
const letters = (text) => text.normalize("NFKC").replace(/\s+/g, " ").trim();

test("CSV and JSON have the facts of the printed page", async () => {
  const { page, faults, close } = await open(makeReport(store, ...kAsked).url);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const paper = Object.fromEntries(
    await page.locator("#board-table tbody tr[data-subject]").evaluateAll((rows) =>
      rows.map((row) => [
        row.dataset.subject,
        {
          name: row.querySelector(".why.name").textContent,
          status: row.querySelector("[data-status]").dataset.status,
          where: row.cells[0].textContent,
          plans: Object.fromEntries(
            [...row.querySelectorAll(".why.plan")].map((plan) => plan.textContent.match(/(.*): (\d+)/).slice(1)),
          ),
          figures: [...row.querySelectorAll(".figure")].map((figure) => figure.textContent),
        },
      ]),
    ),
  );
  const events = await page.locator("#data-table tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  assert.deepEqual(faults, []);
  await close();

  const csv = readCsv(told("report", "--format", "csv")).filter((row) => row.status !== "");
  const json = JSON.parse(told("status", "--json")).subjects.filter((each) => each.status);
  assert.deepEqual([...new Set(csv.map((row) => row.subject))].sort(), Object.keys(paper).sort());
  assert.deepEqual(json.map((each) => each.subject).sort(), Object.keys(paper).sort());
  const kStates = ["pending", "met", "overdue", "dropped", "moved", "lapsed"];
  let figures = 0;
  for (const row of csv) {
    const printed = paper[row.subject];
    assert.equal(printed.name, row.name);
    assert.equal(printed.status, row.status);
    assert.ok(printed.where.includes(row.region), row.region);
    for (const state of kStates)
      assert.equal(Number(printed.plans[state] ?? 0), Number(row[`plans_${state}`]), `${row.subject} ${state}`);
    if (!["residents", "investment"].includes(row.measure)) continue;
    ++figures;
    const [digit] = row.value.match(/^\d\d?/); // "30" of 30,000,000, which is "30 million" in words
    assert.ok(
      printed.figures.some((text) => text.includes(digit) && text.startsWith(row.bound.replace("-", " "))),
      `${row.subject}: ${row.bound} ${row.value} in ${printed.figures}`,
    );
  }
  assert.ok(figures > 0);
  for (const each of json) {
    const rows = csv.filter((row) => row.subject === each.subject);
    assert.equal(each.status, rows[0].status);
    assert.equal(each.name.en, rows[0].name);
    assert.equal(each.since.earliest ?? "", rows[0].since_earliest);
    assert.equal(each.since.latest ?? "", rows[0].since_latest);
    assert.deepEqual(each.because, rows[0].because.split("; "));
    assert.deepEqual(
      each.quantities.map((q) => [q.measure, q.bound, q.value, q.unit]),
      rows.filter((row) => row.measure).map((row) => [row.measure, row.bound, row.value, row.unit]),
    );
  }
  // Every event that stands on paper is one of the log, under its title and position.
  const log = readCsv(run("--store", store, "export", "--format", "csv"));
  const byId = new Map(log.map((row) => [row.id, row])); // of an event there is a row a quantity
  assert.equal(events.length, byId.size);
  for (const cells of events) {
    const row = byId.get(cells.at(-1));
    assert.ok(row, cells.at(-1));
    assert.equal(cells.at(-2), row.position);
    assert.ok(letters(cells[3]).startsWith(letters(row.title_en)), cells[3]);
  }
});

/** What a reader of the data makes of a number, as the page words it. */
function worded({ bound, value, upper, excluded = "", open }) {
  const without = (end) => excluded.includes(end);
  if (bound === "between" && excluded)
    return `${without("value") ? "more than" : "at least"} ${value}, ${without("upper") ? "less than" : "at most"} ${upper}`;
  if (bound === "between") return `between ${value} and ${upper}`;
  const words = `${bound === "exact" ? "" : `${bound.replaceAll("-", " ")} `}${value}${upper ? ` to ${upper}` : ""}`;
  return open ? `${words}, or ${open === "above" ? "more" : "less"}` : words;
}

test("CSV and JSON tell every bound that the page tells", async () => {
  // Of each park: what adds up to its number of residents; and what is planned.
  const kAdded = {
    exact: [["100"], ["50"]],
    above: [["100", "about"], ["50", "more-than"]],
    below: [["100", "about"], ["50", "at-most"]],
    range: [["100", "about"], ["20", "between", "30"]],
    vague: [["100", "about"], ["20", "about"]],
    ends: [["100", "more-than"], ["20", "at-most"]],
    between: [["100"], ["20", "between", "30"]],
    more: [["100", "more-than"], ["20", "between", "30"]],
    less: [["100", "at-most"], ["20", "less-than"]],
    least: [["100", "at-least"], ["20"]],
  };
  const told = (park, i, quantities, more = {}) =>
    JSON.stringify({
      specversion: "1.0",
      id: `${park}-${i}`,
      source: "urn:test",
      type: "solnoma.residents-reported",
      subject: `park/${park}`,
      known: "2024-06-01",
      occurred: "2024-06-01",
      data: { title: { en: "Told" }, quantities, ...more },
      ...(more.modality ? { occurred: "2027" } : {}),
    });
  const residents = ([value, bound, upper]) => ({ measure: "residents", value, bound, upper, unit: "residents" });
  const lines = Object.entries(kAdded).flatMap(([park, parts]) =>
    parts.map((part, i) => told(park, i, [{ ...residents(part), flow: true }])),
  );
  lines.push(told("exact", "plan", [residents(["300", "between", "400"])], { modality: "planned" }));
  lines.push(
    told("excluded", 0, [residents(["4", "more-than"]), residents(["9", "less-than"])]),
    told("rank", 0, [{ measure: "residents", value: "3", upper: "5", bound: "between", unit: "rank" }]),
  );
  const bounds = makeStore("csv-bounds", lines.join("\n"));
  const { page, faults, close } = await open(makeReport(bounds, ...kAsked).url);
  const screen = Object.fromEntries(
    Object.entries(await readBoard(page)).map(([subject, row]) => [subject, row.residents]),
  );
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await settled(page);
  const planned = await page
    .locator("#charts .bar-value")
    .evaluateAll((all) => all.map((each) => each.textContent).filter((text) => text.startsWith("plan: ")));
  assert.deepEqual(faults, []);
  await close();

  const ask = (...words) => run("--store", bounds, ...words, ...kAsked);
  const csv = readCsv(ask("report", "--format", "csv"));
  const json = JSON.parse(ask("status", "--json")).subjects;
  const report = JSON.parse(ask("report", "--format", "json")).subjects;
  assert.equal(csv.length, Object.keys(kAdded).length + 2);
  for (const row of csv) {
    const said = row.unit === "rank" ? `no. ${row.value} – no. ${row.upper}` : worded(row);
    assert.deepEqual(screen[row.subject], [said]);
    for (const [quantity] of [
      json.find((each) => each.subject === row.subject).quantities,
      report.find((each) => each.subject === row.subject).figures.answers.at(-1),
    ].map((all) => all.slice(-1))) {
      const { bound, value, upper = "", excluded = [], open = "", unit } = quantity;
      assert.deepEqual(
        { bound, value, upper, excluded: excluded.join("; "), open, unit },
        { bound: row.bound, value: row.value, upper: row.upper, excluded: row.excluded, open: row.open, unit: row.unit },
      );
    }
  }
  const [plan] = json.find((each) => each.subject === "park/exact").plans;
  assert.deepEqual(planned, plan.quantities.map((each) => `plan: ${worded(each)}`));
  const [inList] = JSON.parse(ask("plans", "--json")).plans;
  assert.deepEqual(inList.quantities, plan.quantities);
  const [mark] = readCsv(ask("timeline", "--format", "csv")).filter((row) => row.plan === "pending");
  assert.equal(planned[0], `plan: ${worded(mark)}`);
});

test("no cell of CSV is a formula", () => {
  const kTitles = ["-1-1", "=1+1", "+1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "-1 and more", "+998 71 200-00-00"];
  const kNotes = ["\t=1+1", "\n=1+1", "-2+3"];
  const hostile = makeStore(
    "csv-formulas",
    [...kTitles.map((title) => ({ title: { en: title } })), ...kNotes.map((note) => ({ title: { en: "Told" }, note: { en: note } }))]
      .map((data, i) =>
        JSON.stringify({
          specversion: "1.0",
          id: `e${i}`,
          source: "urn:test",
          type: "solnoma.opened",
          subject: "park/p",
          known: "2024-06-01",
          occurred: "2020",
          data: { modality: "actual", ...data },
        }),
      )
      .join("\n"),
  );
  const ask = (...words) => run("--store", hostile, ...words);
  for (const [text, separator] of [
    [ask("export", "--format", "csv"), ","],
    [ask("timeline", "--format", "csv"), ","],
    [ask("timeline", "--format", "csv", "--for", "excel").replace("\uFEFF", ""), ";"],
  ]) {
    const cells = readCsv(text, separator).flatMap((row) => Object.values(row));
    for (const cell of cells)
      assert.ok(!/^[=+\-@\t\r\n＝＋－＠]/.test(cell) || /^-?\d+([.,]\d+)?$/.test(cell), JSON.stringify(cell));
    for (const title of kTitles) assert.ok(cells.includes(`'${title}`), title);
  }
  const notes = readCsv(ask("timeline", "--format", "csv")).map((row) => row.note);
  for (const note of kNotes) assert.ok(notes.some((each) => each.startsWith("'") && each.includes(note.trim())), note);
});
