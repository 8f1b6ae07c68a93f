// A tracker of anything: words, columns and charts follow what is recorded.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sumOf } from "../../tools/report/html/page/views/sums.mjs";
import { makeReport, makeStore, open, settled, view } from "./support.js";

const event = (subject, type, day, data = {}) =>
  JSON.stringify({
    specversion: "1.0",
    id: `${subject}-${type}-${data.modality ?? "actual"}`,
    source: "urn:test",
    type: `solnoma.${type}`,
    subject,
    known: "2024-06-01",
    occurred: day,
    data: { title: { en: "Told" }, modality: "actual", ...data },
  });

const described = (subject, name, more) =>
  event(subject, "described", undefined, {
    description: { names: { en: name }, kind: "power-unit", ...more },
  });

const capacity = (value, more) => ({
  quantities: [{ measure: "capacity", value, unit: "MW", ...more }],
});

const lines = [
  described("unit/a", "Unit A", {
    region: { en: "North" },
    country: "UZ",
    partner: { en: "Maker" },
    sectors: [{ en: "Steam" }, { en: "Heat" }],
  }),
  event("unit/a", "opened", "2020-01-01"),
  event("unit/a", "indicator-reported", "2020-01-01", capacity("100")),
  described("unit/b", "Unit B", { region: { en: "North" }, country: "UZ", sectors: [{ en: "Steam" }] }),
  event("unit/b", "opened", "2022-01-01"),
  event("unit/b", "indicator-reported", "2022-01-01", capacity("50.5", { bound: "more-than" })),
  described("unit/c", "Unit C", { region: { en: "South" }, country: "KZ" }),
  event("unit/c", "announced", "2023-01-01"),
  event("unit/c", "indicator-reported", "2027", { ...capacity("300"), modality: "planned" }),
];

const store = makeStore("tracker", lines.join("\n"));
const report = (language, ...more) =>
  makeReport(store, "--as-of", "2024-12-31", "--lang", language, ...more);

test("units are called units, and have the columns of their measures", async () => {
  for (const [language, count, noun] of [
    ["en", "3 units", "Unit"],
    ["ru", "3 установки", "Установка"],
    ["uz", "3 ta qurilma", "Qurilma"],
  ]) {
    const { page, faults, close } = await open(report(language).url);
    assert.equal(await page.textContent("#board-count"), count);
    const heads = await page.locator("#board-table th[data-sort]").allTextContents();
    assert.equal(heads[0], noun);
    assert.equal(heads.length, 6, heads.join());
    assert.equal(heads[4], "Capacity");
    const plan = { en: "plan: ", ru: "план: ", uz: "reja: " }[language];
    const capacities = await page
      .locator("#board-table tbody tr")
      .evaluateAll((rows) => rows.map((row) => row.cells[4].textContent));
    assert.equal(capacities[0], "100 MW");
    assert.match(capacities[1], /50[.,]5.* MW/);
    assert.equal(capacities[2], `${plan}300 MW`);
    assert.doesNotMatch(await page.innerText("main"), /\bparks?\b|парк/i);
    await page.click('#board-table th[data-sort="of capacity"] button');
    await settled(page);
    assert.equal(
      await page.locator("#board-table tbody tr").last().getAttribute("data-subject"),
      "unit/a",
    );
    assert.deepEqual(faults, []);
    await close();
  }
  // Without a script, too.
  const { page, close } = await open(report("en").url, { javaScriptEnabled: false });
  assert.match(await page.innerText("#board-table"), /Unit\s+Status.*Capacity.*100 MW/s);
  await close();
});

test("sums keep the bounds of their numbers, and say of how many they are", async () => {
  const { page, faults, close } = await open(report("en").url);
  const sums = async (by) => {
    await view(page, `sums=${by}`);
    await page.locator("#sums-table").scrollIntoViewIfNeeded();
    await settled(page);
    return page.locator("#sums-table tbody tr").evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => {
          const [name, count, status, capacity] = [...row.cells].map((cell) => cell.textContent);
          return [name, [count, status, capacity]];
        }),
      ),
    );
  };
  const all = ["3", "announced 1, operating 2", "more than 150.5 (2 of 3)"];
  assert.deepEqual(await sums("country"), {
    Uzbekistan: ["2", "operating 2", "more than 150.5"],
    Kazakhstan: ["1", "announced 1", "–"], // what is planned is no sum of what is there
    together: all,
  });
  assert.deepEqual(await sums("sector"), {
    Steam: ["2", "operating 2", "more than 150.5"],
    Heat: ["1", "operating 1", "100"],
    "not told": ["1", "announced 1", "–"],
    together: all, // each once, though one has two sectors
  });
  assert.deepEqual(Object.keys(await sums("status")), ["operating", "announced", "together"]);
  // They follow the vantage and the filters.
  await view(page, "sums=region&as-of=2021-01-01");
  assert.match(await page.textContent("#sums-table tbody tr:last-child"), /100 \(1 of /);
  assert.match(await page.textContent("#sums-table thead"), /capacity, MW/);
  assert.deepEqual(faults, []);
  await close();
});

test("what is added up is what the numbers leave open", () => {
  const sum = (...figures) => {
    const { low, high, open, about } = sumOf(figures);
    return [low, high, open, about];
  };
  const of = (bound, value, upper) => ({ bound, value, upper });
  assert.deepEqual(sum(of("exact", "1.5"), of("exact", "2")), [3.5, 3.5, false, false]);
  assert.deepEqual(sum(of("exact", "1"), of("at-least", "2")), [3, Infinity, false, false]);
  assert.deepEqual(sum(of("between", "1", "4"), of("exact", "2")), [3, 6, false, false]);
  assert.deepEqual(sum(of("about", "1"), of("exact", "2")), [3, 3, false, true]);
  assert.deepEqual(sum(of("less-than", "9"), of("more-than", "1")), [-Infinity, Infinity, true, false]);
});
