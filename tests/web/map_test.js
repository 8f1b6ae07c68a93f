// The map: as imprecise as the sources, and as true at every vantage as the board.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import {
  countryCodes,
  homeOf,
  middle,
  outline,
  regionCode,
  regionCodes,
  whereIs,
} from "../../tools/report/html/page/data/geography.mjs";
import { makeReport, makeStore, open, readBoard, settled, view } from "./support.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const store = makeStore("map");
const report = (...more) => makeReport(store, "--as-of", "2025-12-31", ...more);

const marks = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".map-mark")].map((mark) => ({
      subject: mark.dataset.key.slice(4),
      label: mark.getAttribute("aria-label"),
      status: mark.lastChild.getAttribute("class").slice(5),
      area: mark.classList.contains("area"),
    })),
  );

test("the outlines weigh no more than 60 kB, and each has a middle within it", () => {
  const file = new URL("../../tools/report/html/page/data/outlines.mjs", import.meta.url);
  assert.ok(statSync(file).size <= 60_000, String(statSync(file).size));
  assert.equal(regionCodes.length, 14);
  assert.ok(countryCodes.length > 170);
  for (const code of [...countryCodes, ...regionCodes]) {
    assert.ok(outline(code).length > 0, code);
    const [x, y] = middle(code);
    const box = homeOf(code);
    assert.ok(x > box.west && x < box.east && y > box.south && y < box.north, code);
  }
});

test("regions are found by their names in three languages, and only in their country", () => {
  for (const [code, ...names] of [
    ["UZ-BU", "Bukhara region", "Бухарская область", "Buxoro viloyati"],
    ["UZ-TO", "Tashkent region", "Ташкентская область", "Toshkent viloyati"],
    ["UZ-TK", "Tashkent city", "Город Ташкент", "Toshkent shahri"],
    ["UZ-SI", "Syrdarya region", "Сырдарьинская область", "Sirdaryo viloyati"],
  ])
    for (const name of names) {
      assert.equal(regionCode(name, "UZ"), code, name);
      assert.equal(regionCode(name, "KZ"), "", name);
    }
  assert.equal(regionCode("Atlantis", "UZ"), "");
  assert.deepEqual(whereIs({ country: "UZ", region: "Atlantis" }), { area: "UZ" });
  assert.deepEqual(whereIs({ country: "UZ", latitude: "41.5", longitude: "69.6" }), {
    point: [69.6, 41.5],
  });
  assert.equal(whereIs({ country: "", region: "" }), null);
});

test("every park of the board is on the map or in the list, with the board's status, at any vantage", async () => {
  const { page, faults, close } = await open(report().url);
  for (const fragment of ["", "as-of=2022-06-01", "as-of=2025-10-01&known-by=2025-10-01"]) {
    await view(page, fragment);
    await page.locator("#map").scrollIntoViewIfNeeded();
    const board = await readBoard(page);
    const shown = Object.fromEntries((await marks(page)).map((mark) => [mark.subject, mark]));
    for (const [subject, line] of Object.entries(board)) {
      if (!line.seen) assert.equal(shown[subject], undefined, `${fragment} ${subject}`);
      else if (shown[subject]) assert.equal(shown[subject].status, line.status, subject);
    }
    const seen = Object.values(board).filter((line) => line.seen).length;
    assert.equal(await page.locator("#map-table tbody tr").count(), seen, fragment);
    const without = Number((await page.textContent("#map-nowhere")).match(/\d+/)?.[0] ?? 0);
    assert.equal(Object.keys(shown).length + without, seen, fragment);
  }
  assert.deepEqual(faults, []);
  await close();
});

test("the keyboard goes from mark to mark, and opens the reasons", async () => {
  const { page, close } = await open(report().url);
  await page.locator("#map").scrollIntoViewIfNeeded();
  const focused = () => page.evaluate(() => document.activeElement.dataset.key);
  await page.locator('.map-mark[tabindex="0"]').focus();
  const first = await focused();
  await page.keyboard.press("ArrowRight");
  const second = await focused();
  assert.notEqual(second, first);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await focused(), first);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#why:not([hidden])");
  await close();
});

test("names on the map do not overlap, nor leave it, and axe finds nothing", async () => {
  for (const [language, theme] of [
    ["en", "light"],
    ["ru", "dark"],
    ["uz", "light"],
  ]) {
    const { page, close } = await open(report("--lang", language).url, { theme, bypassCSP: true });
    await page.addStyleTag({
      content: "section.part { content-visibility: visible !important }",
    });
    await page.evaluate(axe);
    for (const width of [360, 390, 768, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      await page.locator("#map").scrollIntoViewIfNeeded();
      await settled(page);
      const wrong = await page.evaluate(() => {
        const plot = document.querySelector("svg.map").getBoundingClientRect();
        const boxes = [...document.querySelectorAll(".map-name")].map((node) => [
          node.textContent,
          node.getBoundingClientRect(),
        ]);
        const found = [];
        boxes.forEach(([text, a], i) => {
          if (a.left < plot.left || a.right > plot.right || a.bottom > plot.bottom) found.push(text);
          for (const [other, b] of boxes.slice(i + 1))
            if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
              found.push(`${text} / ${other}`);
        });
        if (plot.right > innerWidth) found.push("too wide");
        return found;
      });
      assert.deepEqual(wrong, [], `${language} ${width}`);
      if (width !== 390 && width !== 1280) continue;
      const { violations } = await page.evaluate(() =>
        axe.run("#map", { resultTypes: ["violations"] }),
      );
      assert.deepEqual(
        violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`),
        [],
        `${language} ${width}`,
      );
    }
    await close();
  }
});
