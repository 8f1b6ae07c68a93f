// A tracker of anything: words, columns and charts follow what is recorded.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sumOf } from "../../tools/report/html/page/data/sums.mjs";
import { yearEnds } from "../../tools/report/html/page/views/sums_chart.mjs";
import { isoDay, parseDay } from "../../tools/report/html/page/data/days.mjs";
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

test("power units are called that, and have the columns of their measures", async () => {
  for (const [language, count, noun] of [
    ["en", "3 power units", "Power unit"],
    ["ru", "3 энергоблока", "Энергоблок"],
    ["uz", "3 ta energoblok", "Energoblok"],
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
  assert.match(await page.innerText("#board-table"), /Power unit\s+Status.*Capacity.*100 MW/s);
  await close();
});

test("what is of one kind is called by it, as it was described or else as it is named", async () => {
  const of = (subject, kind) =>
    event(subject, "described", undefined, { description: { names: { en: subject }, kind } });
  for (const [name, events, counts] of [
    ["named", [of("mine/a", "open-pit"), of("mine/b", "open-pit")], ["2 mines", "2 рудника", "2 ta kon"]],
    // One of them is called something else, or nothing: then all are what their names say.
    ["two", [of("unit/a", "power-unit"), of("unit/b", "boiler")], ["2 units", "2 установки", "2 ta qurilma"]],
    ["some", [of("unit/a", "power-unit"), of("unit/b", undefined)], ["2 units", "2 установки", "2 ta qurilma"]],
    ["several", [of("unit/a"), of("mine/b"), of("zone/c")], ["3 subjects", "3 объекта", "3 ta obyekt"]],
    ["other", [of("lighthouse/a")], ["1 subject", "1 объект", "1 ta obyekt"]],
  ]) {
    const made = makeStore(`kinds-${name}`, events.join("\n"));
    for (const [i, language] of ["en", "ru", "uz"].entries()) {
      const { page, faults, close } = await open(
        makeReport(made, "--as-of", "2024-12-31", "--lang", language).url,
      );
      assert.equal(await page.textContent("#board-count"), counts[i]);
      assert.deepEqual(faults, []);
      await close();
    }
  }
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

/** The bars of the sums over time, as their table tells them: {day: {group: words}}. */
const overTime = (page) =>
  page.evaluate(() => {
    const table = document.querySelector(".sums-over-time");
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    return Object.fromEntries(
      [...table.tBodies[0].rows].map((row) => {
        const [day, ...sums] = [...row.cells].map((cell) => cell.textContent);
        return [day, Object.fromEntries(sums.map((sum, i) => [heads[i + 1], sum]))];
      }),
    );
  });

test("sums over time are stacked by each group, with their bounds, as at the end of each year", async () => {
  const { page, faults, close } = await open(report("en").url);
  await page.locator("#sums-chart").scrollIntoViewIfNeeded();
  await view(page, "sums=country");
  const counts = await overTime(page);
  assert.deepEqual(Object.keys(counts), [
    "31 December 2020",
    "31 December 2021",
    "31 December 2022",
    "31 December 2023",
    "31 December 2024",
  ]);
  assert.deepEqual(counts["31 December 2020"], { Uzbekistan: "1", Kazakhstan: "–", together: "1" });
  assert.deepEqual(counts["31 December 2022"], { Uzbekistan: "2", Kazakhstan: "–", together: "2" });
  assert.deepEqual(counts["31 December 2024"], { Uzbekistan: "2", Kazakhstan: "1", together: "3" });
  // The bars are as high as that: each group of each year has one, and one unit is as high as another.
  const heights = await page.locator(".sums-bar").evaluateAll((bars) =>
    bars.map((bar) => [...bar.querySelectorAll("rect")].map((rect) => Math.round(rect.getAttribute("height")))),
  );
  const [[one]] = heights;
  const near = (a, b) => Math.abs(a - b) <= 2;
  assert.deepEqual(heights.map((each) => each.length), [1, 1, 1, 2, 2]);
  assert.ok(near(heights[2][0], 2 * one) && near(heights[4][1], one), heights.join("; "));

  await view(page, "sums=country&summed=capacity+MW");
  const capacity = await overTime(page);
  assert.equal(capacity["31 December 2021"].Uzbekistan, "100");
  assert.equal(capacity["31 December 2022"].Uzbekistan, "more than 150.5");
  assert.equal(capacity["31 December 2024"].Kazakhstan, "–", "a plan is no capacity");
  assert.deepEqual(
    await page.locator(".sums-bar").evaluateAll((bars) => bars.map((b) => b.querySelectorAll(".beyond").length)),
    [0, 0, 1, 1, 1],
    "an arrow where there is more than that",
  );
  await view(page, "sums=status");
  assert.deepEqual((await overTime(page))["31 December 2024"], {
    operating: "2",
    announced: "1",
    together: "3",
  });
  await view(page, "sums=sector&summed=capacity+MW");
  assert.equal((await overTime(page))["31 December 2024"].together, "more than 150.5", "each once");
  // What is known by a day, and what passes the filters.
  await view(page, "sums=country&region=North");
  assert.deepEqual((await overTime(page))["31 December 2024"], { Uzbekistan: "2", together: "2" });
  assert.deepEqual(faults, []);
  await close();
});

test("what may be there is a line above the bars, and a few that are far older begin nothing", async () => {
  const mine = (i, day) => [
    event(`mine/m${i}`, "described", undefined, {
      description: { names: { en: `Mine ${i}` }, kind: "mine", country: "UZ" },
    }),
    event(`mine/m${i}`, "opened", day),
    event(`mine/m${i}`, "indicator-reported", day, {
      quantities: [{ measure: "design-capacity", value: "10", unit: "ttpa" }],
    }),
  ];
  const events = [...mine(0, "1519"), ...mine(1, "[2021-03-01..2023-06-30]")];
  for (let i = 2; i < 100; ++i) events.push(...mine(i, "2020-06-30"));
  const made = makeStore("vague-tracker", events.join("\n"));
  const { page, faults, close } = await open(makeReport(made, "--as-of", "2024-12-31").url);
  await page.locator("#sums-chart").scrollIntoViewIfNeeded();
  await view(page, "sums=country");
  const counts = await overTime(page);
  assert.deepEqual(
    Object.values(counts).map((each) => each.together),
    ["99", "between 99 and 100", "between 99 and 100", "100", "100"],
  );
  assert.equal(Object.keys(counts)[0], "31 December 2020");
  assert.deepEqual(
    await page.locator(".sums-bar").evaluateAll((bars) => bars.map((b) => b.querySelectorAll(".beyond").length)),
    [0, 1, 1, 0, 0],
  );
  await view(page, "sums=status");
  assert.deepEqual((await overTime(page))["31 December 2022"], {
    operating: "99",
    together: "between 99 and 100",
  });
  // A unit that no catalogue has stands at its sums as it was recorded.
  assert.match(await page.textContent("#sums-table thead"), /design capacity, ttpa/);
  assert.deepEqual(faults, []);
  await close();
});

test("years that are too many are left out evenly, the last stays", () => {
  const ends = (from, to, most) => yearEnds(parseDay(from), parseDay(to), most).map(isoDay);
  assert.deepEqual(ends("2020-05-01", "2022-06-30", 9), ["2020-12-31", "2021-12-31", "2022-06-30"]);
  assert.deepEqual(ends("2000-05-01", "2024-06-30", 5), [
    "2004-12-31",
    "2009-12-31",
    "2014-12-31",
    "2019-12-31",
    "2024-06-30",
  ]);
  assert.deepEqual(ends("2024-06-30", "2024-06-30", 5), ["2024-06-30"]);
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
  assert.deepEqual(sum(of("about", "1", "4"), of("exact", "2")), [3, 6, false, true]);
  assert.deepEqual(sum({ ...of("about", "1"), open: "above" }, of("exact", "2")), [3, Infinity, false, true]);
  assert.deepEqual(sum({ ...of("about", "1"), open: "below" }, of("exact", "2")), [-Infinity, 3, false, true]);
  assert.deepEqual(sum(of("less-than", "9"), of("more-than", "1")), [-Infinity, Infinity, true, false]);
});

test("a sum of which a part is about, and a part open or a range, tells both", async () => {
  const kTold = {
    open: [["100", { bound: "about" }], ["50", { bound: "more-than" }]],
    most: [["100", { bound: "about" }], ["50", { bound: "at-most" }]],
    range: [["100", { bound: "about" }], ["20", { bound: "between", upper: "30" }]],
    whole: [["100", { bound: "about" }], ["50", {}]],
  };
  const told = makeStore(
    "about",
    Object.entries(kTold)
      .flatMap(([country, figures]) =>
        figures.flatMap(([value, bound], i) => [
          described(`unit/${country}-${i}`, "Unit", { region: { en: country } }),
          event(`unit/${country}-${i}`, "opened", "2020-01-01"),
          event(`unit/${country}-${i}`, "indicator-reported", "2020-01-01", capacity(value, bound)),
        ]),
      )
      .join("\n"),
  );
  for (const [language, ...words] of [
    ["en", "about 150, or more", "about 150, or less", "about 120 to 130", "about 150"],
    ["ru", "около 150 или более", "около 150 или менее", "примерно от 120 до 130", "около 150"],
    ["uz", "taxminan 150 yoki undan koʻp", "taxminan 150 yoki undan kam", "taxminan 120 dan 130 gacha", "taxminan 150"],
  ]) {
    const made = makeReport(told, "--as-of", "2024-12-31", "--lang", language);
    const { page, faults, close } = await open(`${made.url}#sums=region`);
    await page.locator("#sums-table").scrollIntoViewIfNeeded();
    await settled(page);
    const sums = Object.fromEntries(
      await page
        .locator("#sums-table tbody tr")
        .evaluateAll((rows) => rows.map((row) => [row.cells[0].textContent, row.cells[3].textContent])),
    );
    assert.deepEqual(Object.keys(kTold).map((region) => sums[region]), words);
    assert.deepEqual(faults, []);
    await close();
  }
});
