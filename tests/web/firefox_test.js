// The page in Firefox: the same facts as in Chromium, every label to be read, and paper. What is
// tested at length in Chromium is looked at here once.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import puppeteer from "puppeteer-core";
import { collisions } from "./label_boxes.js";
import { languages, makeReport, makeStore, open, readBoard, settled, view } from "./support.js";

const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const skip = existsSync(program) ? false : `there is no ${program}`;

let browser = null;
after(() => browser?.close());

/** A report in Firefox, as open() does it in Chromium. */
async function openInFirefox(url, { width = 1280, height = 900 } = {}) {
  browser ??= await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true });
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.stack ?? error}`));
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  await page.setViewport({ width, height });
  await page.goto(url);
  await settled(page);
  return { page, faults, close: () => page.close() };
}

/** What the charts and the map tell in words. */
const told = (page) =>
  page.evaluate(() => ({
    count: document.querySelector("#board-count").textContent,
    legend: [...document.querySelectorAll(".pick")].map((each) => each.textContent),
    bars: [...document.querySelectorAll(".bar-row")].map((row) => row.getAttribute("aria-label").split(" (")[0]),
    sums: [...document.querySelectorAll("#sums-table tr")].map((row) => row.textContent),
    years: [...document.querySelectorAll(".sums-over-time tr")].map((row) => row.textContent),
    map: [...document.querySelectorAll(".map-mark title")].map((title) => title.textContent),
    events: document.querySelector("#data-count").textContent,
  }));

const store = skip ? null : makeStore("firefox");
const report = (language) => makeReport(store, "--as-of", "2025-12-31", "--lang", language).url;

test("Firefox tells what Chromium tells, from every vantage", { skip }, async () => {
  for (const language of ["en", "uz"]) {
    const url = report(language);
    const [there, here] = [await openInFirefox(url), await open(url)];
    for (const fragment of [
      "",
      "as-of=2025-10-15&known-by=2025-09-29",
      "as-of=2022-03-15&sums=partner",
      "region=&status=operating&sort=-name",
    ]) {
      await view(there.page, fragment);
      await view(here.page, fragment);
      assert.deepEqual(await readBoard(there.page), await readBoard(here.page), fragment);
      const [a, b] = [await told(there.page), await told(here.page)];
      // Where a name is cut depends on the letters' widths.
      const uncut = (bars) => bars.map((bar) => bar.replace(/\S*….*$/, ""));
      assert.equal(a.bars.length, b.bars.length);
      assert.ok(uncut(a.bars).every((bar, i) => bar.startsWith(uncut(b.bars)[i]) || uncut(b.bars)[i].startsWith(bar)));
      assert.deepEqual({ ...a, bars: [] }, { ...b, bars: [] }, fragment);
    }
    assert.deepEqual([...there.faults, ...here.faults], []);
    await there.close();
    await here.close();
  }
});

test("every label can be read in Firefox", { skip }, async () => {
  for (const language of languages) {
    const { page, faults, close } = await openInFirefox(report(language), { width: 390 });
    for (const width of [390, 1280]) {
      await page.setViewport({ width, height: 900 });
      await page.evaluate(() => document.documentElement.classList.add("going")); // all is laid out
      await settled(page);
      const { count, found } = await page.evaluate(collisions);
      assert.ok(count > 80, `${count} labels were measured`);
      assert.deepEqual(found, [], `${language}, ${width} pixels`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} pixels too wide`);
    }
    assert.deepEqual(faults, []);
    await close();
  }
});

/** A page as Firefox prints it: how many sheets, and the text on them. */
async function printed(page) {
  const pdf = Buffer.from(await page.pdf({ format: "A4" }));
  const read = (tool, ...args) => execFileSync(tool, args, { input: pdf, encoding: "utf8" });
  return {
    sheets: Number(/^Pages: +(\d+)$/m.exec(read("pdfinfo", "-"))[1]),
    text: read("pdftotext", "-", "-").replace(/\s+/g, " "),
  };
}

test("Firefox prints the facts of the screen, alike from every window", { skip }, async () => {
  const sheets = [];
  for (const width of [1280, 390]) {
    const { page, faults, close } = await openInFirefox(report("en"), { width });
    const values = await page.$$eval(".bar-value", (nodes) => nodes.map((node) => node.textContent));
    const board = await readBoard(page);
    const paper = await printed(page);
    sheets.push(paper.sheets);
    assert.ok(paper.sheets >= 5 && paper.sheets <= 9, `${paper.sheets} sheets`);
    assert.ok(values.length > 10);
    for (const value of values)
      if (!value.includes("…")) assert.ok(paper.text.includes(value.replace(/\s+/g, " ")), value);
    for (const { since } of Object.values(board)) assert.ok(paper.text.includes(since), since);
    assert.deepEqual(faults, []);
    await close();
  }
  assert.equal(sheets[0], sheets[1]);
});
