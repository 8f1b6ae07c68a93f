// Makes the pictures of the page that stand in the README: `tests/web/run.sh PROGRAM pictures.js`.

import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { makePage, makeReport, makeStore, settled } from "./support.js";

const directory = fileURLToPath(new URL("../../tools/report/pictures/", import.meta.url));
const report = makeReport(makeStore("pictures"), "--as-of", "2025-12-31");

for (const [name, fragment, width, height] of [
  ["page", "status=completed,operating", 1200, 1520],
  ["why", "as-of=2025-10-01&why=park/bukhara", 1400, 800],
])
  test(name, async () => {
    mkdirSync(directory, { recursive: true });
    const { page, close } = await makePage({ width, height });
    await page.clock.setFixedTime(new Date("2026-09-01")); // the page draws a line for today
    await page.goto(`${report.url}#${fragment}`);
    await settled(page);
    await page.evaluate(() => document.activeElement.blur());
    await page.screenshot({ path: `${directory}${name}.png` });
    await close();
  });
