// Numbers on the page: all of them apart, each with its bound.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReport, makeStore, open, readBoard, settled, view } from "./support.js";

const quantity = (measure, value, unit, more) => ({ measure, value, unit, ...more });

const event = (id, park, day, quantities, { modality = "actual", ...more } = {}) =>
  JSON.stringify({
    specversion: "1.0",
    id,
    source: "urn:test",
    type: "solnoma.investment-reported",
    subject: `park/${park}`,
    known: day,
    occurred: modality === "planned" ? "2027" : day,
    datacontenttype: "application/json",
    data: { title: { en: "Told" }, modality, quantities, ...more },
  });

const lines = [
  event("a1", "a", "2024-01-01", [quantity("investment", "40000000", "USD")]),
  event("a2", "a", "2024-02-01", [quantity("investment", "7000", "RUB")]),
  event("a3", "a", "2024-03-01", [
    quantity("residents", "4", "companies", { bound: "more-than" }),
    quantity("residents", "9", "companies", { bound: "less-than" }),
  ]),
  event("a4", "a", "2024-04-01", [quantity("payments", "100", "USD")]),
  event("a5", "a", "2024-05-01", [quantity("payments", "200", "USD", { bound: "at-least" })]),
  event("b1", "b", "2024-01-01", [
    quantity("investment", "1000000", "USD", { bound: "between", upper: "3000000" }),
  ]),
  event("b2", "b", "2024-02-01", [quantity("residents", "20", "companies", { bound: "at-most" })]),
  event("b3", "b", "2024-03-01", [quantity("residents", "5", "companies")], { part: "phase-2" }),
  event("b4", "b", "2024-04-01", [
    quantity("residents", "10", "companies", { bound: "between", upper: "15" }),
  ], { modality: "planned" }),
];

const store = makeStore("figures", lines.join("\n"));
const report = (language) => makeReport(store, "--as-of", "2024-12-31", "--lang", language);

async function charts(page) {
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await settled(page);
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("#charts figure")].map((figure) => [
        figure.querySelector("figcaption").textContent,
        [...figure.querySelectorAll(".bar-row")].map((row) => ({
          name: row.querySelector(".bar-name").textContent.trim(),
          words: row.querySelector(".bar-value").textContent,
          pale: row.querySelectorAll(".bar-mark.under").length,
          bars: row.querySelectorAll(".bar-mark").length,
        })),
      ]),
    ),
  );
}

test("the board shows every figure with its bound, in two currencies and of parts", async () => {
  const { page, faults, close } = await open(report("en").url);
  const board = await readBoard(page);
  assert.deepEqual(board["park/a"].investment, ["40 million US dollars", "7,000 Russian rubles"]);
  assert.deepEqual(board["park/a"].residents, ["more than 4, less than 9 companies"]);
  assert.deepEqual(board["park/b"].investment, [
    "between 1 million and 3 million US dollars",
  ]);
  assert.deepEqual(board["park/b"].residents, ["at most 20 companies", "5 companies (phase-2)"]);
  await view(page, "as-of=2024-01-15");
  assert.deepEqual((await readBoard(page))["park/a"].investment, ["40 million US dollars"]);
  assert.deepEqual(faults, []);
  await close();
});

test("charts draw a range as one, sums of a flow, and each currency apart", async () => {
  const { page, faults, close } = await open(report("en").url);
  const drawn = await charts(page);
  assert.deepEqual(drawn["investment, USD"], [
    { name: "park/a", words: "40 million US dollars", pale: 0, bars: 1 },
    { name: "park/b", words: "between 1 million and 3 million US dollars", pale: 1, bars: 2 },
  ]);
  assert.deepEqual(drawn["investment, RUB"], [
    { name: "park/a", words: "7,000 Russian rubles", pale: 0, bars: 1 },
  ]);
  assert.deepEqual(drawn["payments, USD"], [
    { name: "park/a", words: "at least 300 US dollars", pale: 0, bars: 1 },
  ]);
  assert.deepEqual(drawn.residents, [
    { name: "park/b", words: "at most 20 companies", pale: 1, bars: 1 },
    { name: "park/b", words: "plan: between 10 and 15 companies", pale: 1, bars: 2 },
    { name: "park/b (phase-2)", words: "5 companies", pale: 0, bars: 1 },
    { name: "park/a", words: "more than 4, less than 9 companies", pale: 1, bars: 2 },
  ]);
  assert.deepEqual(faults, []);
  await close();
});

test("ranges are worded in the language of the report", async () => {
  const words = {
    ru: ["более 4, менее 9 компаний", "не более 20 компаний", "от 10 до 15 компаний"],
    uz: ["4 tadan ortiq, 9 tadan kam kompaniya", "koʻpi bilan 20 ta kompaniya", "10 tadan 15 tagacha kompaniya"],
  };
  for (const [language, [range, most, planned]] of Object.entries(words)) {
    const { page, faults, close } = await open(report(language).url);
    const board = await readBoard(page);
    assert.deepEqual(board["park/a"].residents, [range]);
    assert.equal(board["park/b"].residents[0], most);
    const rows = Object.values(await charts(page)).flat();
    assert.ok(
      rows.some((row) => row.words.endsWith(planned)),
      JSON.stringify(rows),
    );
    assert.deepEqual(faults, []);
    await close();
  }
});

test("a bar is called what is seen of it, and by the whole of what is cut", async () => {
  const unit = "tons of equivalent capacity of processing, by the project documentation of the first stage";
  const long = makeStore("figures-long", event("a1", "a", "2024-01-01", [quantity("capacity", "120", unit)])
    + "\n" + event("b1", "b", "2024-01-01", [quantity("capacity", "90", unit)]));
  const { page, faults, close } = await open(makeReport(long, "--as-of", "2024-12-31").url, { width: 390 });
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await settled(page);
  const rows = await page.locator("#charts .bar-row").evaluateAll((all) =>
    all.map((row) => ({ label: row.ariaLabel, seen: row.querySelector(".bar-value").textContent })),
  );
  assert.equal(rows.length, 2);
  for (const { label, seen } of rows) {
    assert.match(seen, /…$/);
    assert.ok(label.includes(` ${seen} (`) && label.endsWith(`${unit})`), label);
  }
  assert.deepEqual(faults, []);
  await close();
});
