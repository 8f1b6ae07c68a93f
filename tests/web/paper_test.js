// Paper, of many subjects: the sums of all, the first rows, and how many are not printed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReport, makeStore, open, settled } from "./support.js";

const kSubjects = 450;
const kPrinted = 200;

const event = (subject, type, data) =>
  JSON.stringify({
    specversion: "1.0",
    id: `${subject}-${type}`,
    source: "urn:test",
    type: `solnoma.${type}`,
    subject,
    known: "2024-06-01",
    occurred: "2020-01-01",
    data: { title: { en: "Told" }, modality: "actual", ...data },
  });
const store = makeStore(
  "paper",
  Array.from({ length: kSubjects }, (_, i) => [
    event(`unit/u${i}`, "opened"),
    event(`unit/u${i}`, "indicator-reported", {
      quantities: [{ measure: "capacity", value: "2", unit: "MW" }],
    }),
  ])
    .flat()
    .join("\n"),
);

const counts = (page) =>
  page.evaluate(() => ({
    board: document.querySelectorAll("#board-table tbody tr[data-subject]").length,
    lanes: document.querySelectorAll("#tl-lanes .lane").length,
    events: document.querySelectorAll("#data-table tbody tr:not(.spacer)").length,
    notes: [...document.querySelectorAll(".paper-note")]
      .filter((note) => note.getClientRects().length > 0)
      .map((note) => note.textContent),
    sums: [...document.querySelectorAll("#sums-table tbody tr:last-child td")].map((cell) => cell.textContent),
  }));

test("of many rows the first are printed, with the sums of all, and it is said of how many", async () => {
  for (const [language, words] of [
    ["en", (n) => `Not printed: ${n} more. Filter the page to print others; csv, xlsx and json hold all.`],
    ["ru", (n) => `Не напечатано ещё: ${n}. Чтобы напечатать другие, отберите их на странице; в csv, xlsx и json есть все.`],
    ["uz", (n) => `Yana chop etilmagan: ${n}. Boshqalarini chop etish uchun sahifada filtr qoʻllang; csv, xlsx va json hammasini oʻz ichiga oladi.`],
  ]) {
    const { url } = makeReport(store, "--as-of", "2024-12-31", "--lang", language);
    const { page, faults, close } = await open(url);
    await page.waitForFunction(() => !document.getElementById("print").disabled);
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    const sheets = pdf.match(/\/Type \/Page\b/g).length;
    assert.ok(sheets <= 40, `${sheets} sheets`);

    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const paper = await counts(page);
    assert.deepEqual([paper.board, paper.lanes, paper.events], [kPrinted, kPrinted, kPrinted]);
    const [subjects, events] = [kSubjects - kPrinted, 2 * kSubjects - kPrinted];
    assert.deepEqual(paper.notes, [words(subjects), words(subjects), words(events)]);
    assert.equal(paper.sums[0], String(kSubjects));
    assert.equal(paper.sums[2], String(2 * kSubjects));

    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await settled(page);
    const screen = await counts(page);
    assert.deepEqual(screen.notes, []);
    assert.ok(screen.board < kPrinted, "only what is in sight is there again");
    assert.deepEqual(faults, []);
    await close();
  }
});

test("what is filtered to few is printed whole", async () => {
  const { url } = makeReport(store, "--as-of", "2024-12-31");
  const { page, faults, close } = await open(url);
  await page.fill("#filter-text", "u44");
  await settled(page);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const paper = await counts(page);
  assert.equal(paper.board, 11); // u44 and u440 to u449
  assert.deepEqual(paper.notes, []);
  assert.deepEqual(faults, []);
  await close();
});
