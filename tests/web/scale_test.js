// Large stores. Times are printed, and not asserted: machines differ.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { makePage, makeReport, makeStore, open, settled, view } from "./support.js";

const types = [
  "announced",
  "agreement-signed",
  "construction-started",
  "building-completed",
  "utilities-connected",
  "construction-completed",
  "production-started",
  "opened",
  "residents-reported",
  "investment-reported",
  "visited",
  "meeting-held",
];

/** Events from a small generator: the same each time. */
function* events(subjects, each) {
  let seed = 7;
  const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const two = (n) => String(n).padStart(2, "0");
  for (let s = 0; s < subjects; ++s)
    for (let e = 0; e < each; ++e) {
      const [year, month, day] = [2005 + random(20), 1 + random(12), 1 + random(28)];
      const planned = e > 0 && random(7) === 0;
      const type = e === 0 ? "described" : types[random(types.length)];
      const occurred = random(3)
        ? `${year}-${two(month)}-${two(day)}`
        : random(2)
          ? `${year}-${two(month)}`
          : `${year}`;
      const known = planned
        ? `${year - 1}-${two(month)}-${two(day)}`
        : `${year + 1}-${two(1 + random(12))}-${two(day)}`;
      const reported = {
        "residents-reported": ["residents", "companies", random(90)],
        "investment-reported": ["investment", "USD", random(900) * 1000000],
      }[type];
      yield JSON.stringify({
        specversion: "1.0",
        id: `e-${s}-${e}`,
        source: "urn:test",
        type: `solnoma.${type}`,
        subject: `park/p${s}`,
        ...(e ? { occurred } : {}),
        known,
        datacontenttype: "application/json",
        data: {
          modality: planned ? "planned" : "actual",
          title: {
            en: `Park ${s}: event ${e} of its kind`,
            ru: `Парк ${s}: событие ${e}`,
            uz: `Park ${s}: ${e}-voqea`,
          },
          sources: [
            {
              publisher: `Paper ${random(40)}`,
              published: known,
              url: random(2) ? `https://example.org/${s}/${e}` : "",
            },
          ],
          ...(reported
            ? {
                quantities: [
                  {
                    measure: reported[0],
                    value: String(reported[2]),
                    unit: reported[1],
                    bound: random(2) ? "more-than" : "exact",
                  },
                ],
              }
            : {}),
          ...(e === 0
            ? {
                description: {
                  names: { en: `Park number ${s}` },
                  kind: "industrial-park",
                  region: { en: `Region ${s % 20}` },
                  partner: { en: `Partner ${s % 50}` },
                },
              }
            : {}),
        },
      });
    }
}

test("a large report is small enough, opens soon and scrubs smoothly", async (t) => {
  const store = makeStore("large", [...events(1000, 20)].join("\n"));
  const written = performance.now();
  const report = makeReport(store, "--as-of", "2020-06-30");
  t.diagnostic(`written in ${Math.round(performance.now() - written)} ms`);
  const size = statSync(report.file).size;
  t.diagnostic(`${(size / 1e6).toFixed(1)} MB`);
  assert.ok(size <= 6e6, `${size} bytes`);

  const { page, faults, close } = await makePage();
  const started = performance.now();
  await page.goto(report.url);
  await page.waitForFunction(() => document.documentElement.dataset.ready);
  const opened = performance.now() - started;
  t.diagnostic(`opens in ${Math.round(opened)} ms`);
  await settled(page);

  for (const where of ["board", "timeline", "charts"])
    for (const which of ["scrub-as-of", "scrub-known-by"]) {
      await page.evaluate((id) => {
        document.documentElement.style.scrollBehavior = "auto";
        document.getElementById(id).scrollIntoView();
      }, where);
      await settled(page);
      const box = await page.locator(`#${which} .track`).boundingBox();
      await page.mouse.move(box.x + 20, box.y + 20);
      await page.mouse.down();
      await page.evaluate(() => {
        window.frames = [];
        const tick = (last) =>
          requestAnimationFrame((now) => {
            window.frames?.push(now - last);
            if (window.frames) tick(now);
          });
        tick(performance.now());
      });
      for (let i = 0; i <= 50; ++i)
        await page.mouse.move(box.x + 20 + (i * (box.width - 60)) / 50, box.y + 20);
      const frames = await page.evaluate(() => {
        const all = window.frames.sort((a, b) => a - b);
        window.frames = null;
        return all;
      });
      await page.mouse.up();
      await settled(page);
      const middle = frames[frames.length >> 1];
      t.diagnostic(
        `${where}, ${which}: ${frames.length} frames, half within ${middle.toFixed(0)} ms, the longest ${frames.at(-1).toFixed(0)} ms`,
      );
    }
  assert.ok(
    (await page.locator("#board-table tbody tr").count()) < 120,
    "only rows in sight are there",
  );
  assert.deepEqual(faults, []);
  await close();
});

/** A tracker's events: units with a place, a step or a plan, and a capacity each. */
function* units(count) {
  const of = (subject, id, type, data, occurred) =>
    JSON.stringify({
      specversion: "1.0",
      id: `${subject}-${id}`,
      source: "urn:test",
      type: `solnoma.${type}`,
      subject,
      known: "2024-06-01",
      occurred,
      data: { modality: "actual", title: { en: `Told of ${subject}` }, ...data },
    });
  for (let i = 0; i < count; ++i) {
    const subject = `unit/u${i}`;
    yield of(subject, "described", "described", {
      description: {
        names: { en: `Station ${i >> 1}, unit ${(i % 2) + 1}` },
        kind: "power-unit",
        country: ["UZ", "KZ", "RU", "TR", "CN"][i % 5],
        region: { en: `Region ${i % 60}` },
        partner: { en: `Owner ${i % 900}` },
        coordinates: { latitude: String((i % 120) / 2 - 10), longitude: String((i % 300) - 150) },
      },
      sources: [{ publisher: "A tracker", published: "2024-06-01", url: `https://example.org/${i}` }],
    });
    const year = 1990 + (i % 34);
    yield i % 4
      ? of(subject, "opened", "opened", {}, `${year}`)
      : of(subject, "plan", "opened", { modality: "planned" }, `${2025 + (i % 8)}`);
    yield of(
      subject,
      "capacity",
      "indicator-reported",
      {
        quantities: [
          { measure: "capacity", value: String(1 + (i % 100)), unit: "MW", bound: i % 5 ? "exact" : "more-than" },
        ],
      },
      `${year}`,
    );
  }
}

test("a page of 20,000 opens before all of it is read, and every count of it is of all", async (t) => {
  const store = makeStore("tracker", [...units(20000)].join("\n"));
  const report = makeReport(store, "--as-of", "2024-12-31");
  const { size } = statSync(report.file);
  t.diagnostic(`${(size / 1e6).toFixed(1)} MB`);
  assert.ok(size <= 6e6, `${size} bytes`);

  const { page, faults, close } = await makePage();
  const started = performance.now();
  await page.goto(report.url, { waitUntil: "commit" });
  // Looked at as soon as it stands, before the rest is read.
  const first = await page.waitForFunction(
    () =>
      document.documentElement.dataset.ready && {
        whole: !document.querySelector("main[aria-busy]"),
        count: document.querySelector("#board-count").textContent,
        statuses: [...document.querySelectorAll(".pick")].map((pick) => pick.textContent),
        row: document.querySelector("#board-table tbody tr[data-subject]").textContent,
        words: document.querySelector("#filter-text").disabled,
      },
    null,
    { polling: 10 },
  );
  t.diagnostic(`opens in ${Math.round(performance.now() - started)} ms`);
  const opened = await first.jsonValue();
  assert.equal(opened.count, "20,000 power units");
  assert.deepEqual(opened.statuses, ["announced5000", "operating15000"]);
  assert.match(opened.row, /Station 0, unit 1.*announced/);
  assert.equal(opened.words, !opened.whole, "words are looked for when all is read");
  await settled(page);
  t.diagnostic(`all of it is there after ${Math.round(performance.now() - started)} ms`);

  await view(page, "sums=country");
  const together = await page.locator("#sums-table tbody tr").last().locator("th, td").allTextContents();
  // 200 times 1 to 100; of those that end in 1 or 6, it is more.
  assert.deepEqual(together, [
    "together",
    "20,000",
    "announced 5000, operating 15,000",
    "more than 1,010,000",
  ]);
  assert.equal(await page.textContent("#data-count"), "60,000 events");
  assert.match(await page.textContent("#sources-count"), /^20,000 sources/);
  const onMap = await page
    .locator(".map-mark")
    .evaluateAll((marks) =>
      marks.reduce((sum, m) => sum + Number(/^([\d,]+): /.exec(m.ariaLabel)?.[1].replace(",", "") ?? 1), 0),
    );
  assert.equal(onMap, 20000);
  assert.ok((await page.locator("*").count()) < 40000, "only what is in sight is there");
  await view(page, "text=unit%2Fu19999");
  assert.match(await page.textContent("#board-count"), /^1 of 20,000 power units$/);
  assert.match(await page.textContent("#board-table tbody"), /Station 9999, unit 2.*Told of unit\/u19999/);

  // What a link looks for by words is found at once, wherever it stands.
  const linked = await makePage();
  await linked.page.goto(`${report.url}#text=told+of+unit%2Fu19998`);
  await linked.page.waitForFunction(() => document.documentElement.dataset.ready);
  assert.match(await linked.page.textContent("#board-count"), /^1 of 20,000 power units$/);
  assert.deepEqual([...faults, ...linked.faults], []);
  await linked.close();
  await close();

  // Without a script it says of how many it has rows, and its charts are of all.
  const still = await open(report.url, { javaScriptEnabled: false });
  assert.equal(await still.page.locator("#board-table tbody tr").count(), 2000);
  assert.match(await still.page.textContent("#board noscript .notice, #board > .notice:not(.script)"), /first 2000 of 20000/);
  await still.close();
});

test("of more subjects than a page holds it shows the first, says so, and shows others that are named", async () => {
  const store = makeStore("many", [...events(25001, 1)].join("\n"));
  for (const [language, words] of [
    ["en", /shows 25000 of 25001 subjects\. Choose others by name, region or partner/],
    ["uz", /25001 ta obyektdan 25000 tasi/],
  ]) {
    const { url } = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    for (const javaScriptEnabled of [true, false]) {
      const { page, faults, close } = await open(url, { javaScriptEnabled });
      const notice = page.locator("header .notice:not(.failure)");
      assert.ok(await notice.isVisible());
      assert.match(await notice.textContent(), words);
      // No count is of the whole that is of a part.
      if (javaScriptEnabled) {
        const both = /25[^\d]?000.*25[^\d]?001|25[^\d]?001.*25[^\d]?000/;
        assert.match(await page.textContent("#board-count"), both);
        await page.locator("#charts").scrollIntoViewIfNeeded();
        assert.match(await page.textContent("#charts .facts"), both);
      }
      assert.deepEqual(faults, []);
      await close();
    }
  }
  const named = makeReport(store, "park/p999", "park/p25000", "--as-of", "2025-12-31");
  const { page, close } = await open(named.url);
  assert.equal(await page.locator("#board-table tbody tr").count(), 2);
  assert.equal(await page.locator("header .notice:not(.failure)").count(), 0);
  await close();
});
