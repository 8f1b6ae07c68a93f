// A page enlarged four times (WCAG 1.4.10): a window of 1,280 by 1,024 pixels is one of 320 by 256
// then. Nothing is to be scrolled sideways, nothing lies over another, and the bar lets go. So it is on
// a screen of four times as many pixels, where a desk's window is as wide as ever.

import assert from "node:assert/strict";
import { test } from "node:test";
import { collisions } from "./label_boxes.js";
import { languages, makeReport, makeStore, open, settled, view } from "./support.js";

const store = makeStore("enlarged");

/** Runs in the page: what reaches beyond the window, and controls that lie over each other. */
function misplaced() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`${root.scrollWidth} pixels wide`);
  const say = (node) => `${node.tagName.toLowerCase()} “${(node.ariaLabel ?? node.textContent).trim().slice(0, 30)}”`;
  const controls = [...document.querySelectorAll("button, input, select, summary, a[href]")].filter(
    // What floats over the page lies over something always; what scrolls in a frame is cut by that.
    (node) => node.getClientRects().length > 0 && node.checkVisibility() && !node.closest(".to-top, .frame, svg"),
  );
  const boxes = controls.flatMap((node) => [...node.getClientRects()].map((box) => ({ node, box })));
  for (const { node, box } of boxes)
    if (box.left < -1 || box.right > root.clientWidth + 1) found.push(`${say(node)} is beyond the window`);
  for (const [i, { node, box: a }] of boxes.entries())
    for (const { node: other, box: b } of boxes.slice(i + 1)) {
      if (node.contains(other) || other.contains(node)) continue;
      const [x, y] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (x > 1.5 && y > 1.5) found.push(`${say(node)} and ${say(other)} overlap`);
    }
  return { found, controls: controls.length };
}

for (const language of languages)
  test(`enlarged four times it is read without scrolling sideways: ${language}`, async () => {
    const { url } = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    for (const deviceScaleFactor of [1, 4]) {
      const { page, faults, close } = await open(url, { width: 320, height: 256, deviceScaleFactor });
      for (const vantage of ["", "as-of=2025-10-15&known-by=2025-09-29&compare=1"]) {
        await view(page, vantage);
        await page.evaluate(() => document.documentElement.classList.add("going")); // all is laid out
        await settled(page);
        const { found, controls } = await page.evaluate(misplaced);
        assert.ok(controls > 20, `${controls} controls were measured`);
        assert.deepEqual(found, [], vantage);
        const labels = await page.evaluate(collisions);
        assert.ok(labels.count > 40, `${labels.count} labels were measured`);
        assert.deepEqual(labels.found, [], vantage);
      }
      await page.evaluate(() => document.querySelector("#charts").scrollIntoView());
      const bar = await page.locator(".scrubbers").boundingBox();
      assert.ok(bar.y + bar.height <= 0, "the bar has let go");
      assert.deepEqual(faults, []);
      await close();
    }
  });

for (const language of languages)
  test(`at 1,280 pixels of four times the fineness all is where it is at one: ${language}`, async () => {
    const { url } = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    const laid = [];
    for (const deviceScaleFactor of [1, 4]) {
      const { page, faults, close } = await open(url, { width: 1280, height: 800, deviceScaleFactor });
      assert.equal(await page.evaluate(() => devicePixelRatio), deviceScaleFactor);
      await page.evaluate(() => document.documentElement.classList.add("going")); // all is laid out
      await settled(page);
      const { found, controls } = await page.evaluate(misplaced);
      assert.ok(controls > 20, `${controls} controls were measured`);
      assert.deepEqual(found, []);
      const labels = await page.evaluate(collisions);
      assert.ok(labels.count > 80, `${labels.count} labels were measured`);
      assert.deepEqual(labels.found, []);
      laid.push(
        await page.evaluate(() => ({
          labels: [...document.querySelectorAll("svg text")].map((node) => node.textContent),
          height: Math.round(document.documentElement.scrollHeight / 10),
        })),
      );
      assert.deepEqual(faults, []);
      await close();
    }
    assert.deepEqual(laid[1].labels, laid[0].labels);
    assert.ok(Math.abs(laid[1].height - laid[0].height) <= 2, `${laid.map((each) => each.height)}`);
  });

test("the reason behind a status opens within the window, is read to its end and closed", async () => {
  const { url } = makeReport(store, "--as-of", "2025-12-31");
  const { page, faults, close } = await open(url, { width: 320, height: 256, deviceScaleFactor: 4 });
  await view(page, "why=park/bukhara");
  const panel = await page.locator("#why").boundingBox();
  assert.ok(panel.x >= 0 && panel.x + panel.width <= 321, `${panel.x}, ${panel.width}`);
  assert.ok(panel.y >= 0 && panel.y + panel.height <= 257, `${panel.y}, ${panel.height}`);
  const body = page.locator("#why-body");
  const room = await body.evaluate((node) => node.getBoundingClientRect().bottom - node.getBoundingClientRect().top);
  assert.ok(room >= 60, `${room} pixels for what is to be read`);
  const end = await body.evaluate((node) => {
    node.scrollTop = node.scrollHeight;
    return node.scrollHeight - node.clientHeight - node.scrollTop;
  });
  assert.ok(Math.abs(end) <= 1, "its end is reached");
  await page.click("#why-close");
  await settled(page);
  assert.ok(await page.isHidden("#why"));
  assert.deepEqual(faults, []);
  await close();
});
