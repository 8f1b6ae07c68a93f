// No text of the drawings lies over another, over a line or a bar, or is cut: every label is measured.

import assert from "node:assert/strict";
import { test } from "node:test";
import { collisions } from "./label_boxes.js";
import { languages, makeReport, makeStore, open, settled, view } from "./support.js";

const kWidths = [360, 390, 768, 1280, 2560];
const store = makeStore("labels");

for (const language of languages)
  test(`every label can be read at every width: ${language}`, async () => {
    const report = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    const { page, faults, close } = await open(report.url, { width: kWidths[0] });
    for (const [vantage, widths] of [
      ["", kWidths],
      ["as-of=2025-10-15&known-by=2025-09-29", [390, 1280]],
    ])
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await view(page, vantage);
        await page.evaluate(() => document.documentElement.classList.add("going")); // all is laid out
        await settled(page);
        const { count, found } = await page.evaluate(collisions);
        assert.ok(count > 80, `${count} labels were measured`);
        assert.deepEqual(found, [], `${width} pixels, ${vantage}`);
      }
    assert.deepEqual(faults, []);
    await close();
  });
