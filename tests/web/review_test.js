// What wants care, as a part of the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { languages, makeReport, makeStore, open, run, settled, view } from "./support.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const store = makeStore("review");
const kDate = ["--as-of", "2028-12-31"]; // when much has been silent or is overdue

const openAll = (page) =>
  page.evaluate(() => {
    for (const each of document.querySelectorAll("#review details")) each.open = true;
  });

/** {kind's heading: rows of it} as the page shows them. */
const shown = (page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("#review details")].map((each) => [
        each.querySelector("summary").textContent,
        each.querySelectorAll("tbody tr").length,
      ]),
    ),
  );

test("the page tells what `review` tells, in every language, also without a script", async () => {
  for (const language of languages) {
    const { findings } = JSON.parse(run("--store", store, "review", ...kDate, "--json"));
    const told = run("--store", store, "review", ...kDate, "--format", "markdown", "-l", language);
    const headings = [...told.matchAll(/^## (.*: \d+)$/gm)].map(([, text]) => text);
    assert.ok(headings.length > 1);
    const report = makeReport(store, ...kDate, "--lang", language);
    for (const javaScriptEnabled of [true, false]) {
      const { page, faults, close } = await open(report.url, { javaScriptEnabled });
      if (javaScriptEnabled) {
        const kinds = await shown(page);
        assert.deepEqual(Object.keys(kinds), headings);
        for (const [heading, rows] of Object.entries(kinds))
          assert.equal(rows, Number(heading.match(/\d+$/)[0]));
        assert.equal(await page.locator("#review .count").textContent(), String(findings.length));
      }
      await page.locator("#review summary").first().click();
      assert.ok(await page.locator("#review table").first().isVisible());
      assert.deepEqual(faults, []);
      await close();
    }
  }
});

test("by keyboard a kind is opened, and from it a subject, as of the report's own dates", async () => {
  const { page, faults, close } = await open(makeReport(store, ...kDate).url);
  await view(page, "as-of=2023-01-01&known-by=2025-10-01");
  await page.locator("#review summary").first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const [name, subject] = await page.evaluate(() =>
    [...document.activeElement.closest("th").children].map((line) => line.textContent),
  );
  assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
  await page.keyboard.press("Enter");
  await settled(page);
  assert.ok(await page.locator("#why").isVisible());
  assert.equal(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("why"), subject);
  assert.ok(await page.locator("#vantage-back").isHidden(), "the dates are the report's own");
  await page.keyboard.press("Escape");
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
  assert.deepEqual(faults, []);
  await close();
});

for (const [language, theme] of [
  ["en", "light"],
  ["ru", "dark"],
  ["uz", "light"],
])
  test(`axe finds nothing in what is opened, and nothing sticks out: ${language}`, async () => {
    const report = makeReport(store, ...kDate, "--lang", language);
    const { page, close } = await open(report.url, { width: 360, theme, bypassCSP: true });
    await page.addStyleTag({
      content: "section.part { content-visibility: visible !important }",
    });
    await page.evaluate(axe);
    for (const width of [360, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      await openAll(page);
      const { violations } = await page.evaluate(() =>
        axe.run(document.getElementById("review"), { resultTypes: ["violations"] }),
      );
      assert.deepEqual(
        violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`),
        [],
      );
      const wrong = await page.evaluate(() =>
        [...document.querySelectorAll("#review *")]
          .filter((node) => !node.closest(".hush, thead"))
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
          .map((node) => node.outerHTML.slice(0, 100)),
      );
      assert.deepEqual(wrong, [], `${width}`);
    }
    await close();
  });

test("where nothing wants care the page says so, and of many findings it shows the first", async () => {
  const event = (id, subject, type, data) =>
    JSON.stringify({
      specversion: "1.0",
      id,
      source: "urn:example:care",
      type: `solnoma.${type}`,
      subject,
      known: "2025-11-01",
      data: { modality: "actual", title: { en: id }, ...data },
    });
  const kSoon = ["--as-of", "2025-12-31"];
  const described = {
    description: { names: { en: "A park" } },
    sources: [{ publisher: { en: "An example" }, published: "2025-11-01" }],
  };
  const cared = makeStore("cared", event("one", "park/a", "described", described));
  const nothing = await open(makeReport(cared, ...kSoon).url);
  assert.match(await nothing.page.locator("#review").textContent(), /Nothing wants care\./);
  await nothing.close();
  const lines = Array.from({ length: 230 }, (_, i) =>
    event(`event-${i}`, `park/p-${i}`, "announced", {}),
  ).join("\n");
  const many = await open(makeReport(makeStore("many", lines), ...kSoon).url);
  const kind = many.page.locator("#review details", { hasText: "Told without a source: 230" });
  assert.equal(await kind.locator("tbody tr").count(), 200);
  assert.match(await kind.textContent(), /and 30 more/);
  await many.close();
});
