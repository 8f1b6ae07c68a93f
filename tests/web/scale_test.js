// Large stores. Times are printed, and not asserted: machines differ.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { makePage, makeReport, makeStore, open, settled } from "./support.js";

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

test("of more subjects than a page holds it shows the first, says so, and shows others that are named", async () => {
  const store = makeStore("many", [...events(2001, 1)].join("\n"));
  for (const [language, words] of [
    ["en", /shows 2000 of 2001 subjects\. Choose others by name, region or partner/],
    ["ru", /2000 из 2001/],
    ["uz", /2001 ta obyektdan 2000 tasi/],
  ]) {
    const { url } = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    for (const javaScriptEnabled of [true, false]) {
      const { page, faults, close } = await open(url, { javaScriptEnabled });
      const notice = page.locator(".notice:not(.failure)");
      assert.ok(await notice.isVisible());
      assert.match(await notice.textContent(), words);
      // No count is of the whole that is of a part.
      if (javaScriptEnabled) {
        assert.match(await page.textContent("#board-count"), /2000.*2001|2001.*2000/);
        await page.locator("#charts").scrollIntoViewIfNeeded();
        assert.match(await page.textContent("#charts .facts"), /2000.*2001|2001.*2000/);
      }
      else assert.equal(await page.locator("#board-table tbody tr").count(), 2000);
      assert.deepEqual(faults, []);
      await close();
    }
  }
  const named = makeReport(store, "park/p999", "park/p2000", "--as-of", "2025-12-31");
  const { page, close } = await open(named.url);
  assert.equal(await page.locator("#board-table tbody tr").count(), 2);
  assert.equal(await page.locator(".notice:not(.failure)").count(), 0);
  await close();
});
