// Browsers that know no pairs of colours, light-dark(): the light ones hold, and can be read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { makeFile, makeReport, makeStore, open } from "./support.js";

const html = readFileSync(makeReport(makeStore("older"), "--as-of", "2025-12-31").file, "utf8");
// What such a browser does with the rule: it is passed over.
const kRule = "@supports (color: light-dark(#000, #fff))";
const older = html.replaceAll(kRule, "@supports (color: nobody-knows(#000))");

/** Every own property of the page that is a pair, with the value that is said for it first. */
function pairs(page) {
  const style = page.match(/<style>(.*?)<\/style>/s)[1];
  const told = [...style.matchAll(/(--[\w-]+): light-dark\(([^,]+),/g)];
  return told.map(([, name, light]) => ({
    name,
    light,
    plain: style.match(new RegExp(`${name}: (?!light-dark)([^;]+);`))?.[1],
  }));
}

test("each pair has its light colour as a plain value before it, and none stands elsewhere", () => {
  const all = pairs(html);
  assert.ok(all.length >= 28, `${all.length} pairs`);
  for (const { name, light, plain } of all) assert.equal(plain, light, name);
  const rest = html.match(/<style>(.*?)<\/style>/s)[1].replaceAll(/(--[\w-]+): light-dark\([^;]+;/g, "");
  assert.equal(rest.replaceAll(kRule, "").includes("light-dark("), false);
});

/** What is seen: the contrast of each text with its ground, and colours that are none. */
const seen = (page) =>
  page.evaluate(() => {
    const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((c) => {
        const s = c / 255;
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = (node) => {
      for (let at = node; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.backgroundImage !== "none") return null;
        const colour = rgb(style.backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour;
      }
      return null;
    };
    const texts = [];
    for (const node of document.querySelectorAll("h1, h2, p, th, td, button, input, select, label, .facts, .chip, .why")) {
      if (node.getClientRects().length === 0 || node.textContent.trim() === "") continue;
      const behind = ground(node);
      if (!behind) continue;
      const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind)];
      texts.push({
        text: node.textContent.trim().slice(0, 40),
        contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
      });
    }
    const fills = [...document.querySelectorAll("#p-operating path, #p-announced path, .swatch")].map(
      (node) => [getComputedStyle(node).stroke, getComputedStyle(node).backgroundColor].join(),
    );
    return {
      texts,
      fills,
      body: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
      scheme: getComputedStyle(document.documentElement).colorScheme,
    };
  });

test("without pairs every text has its contrast, whatever theme the machine has", async () => {
  for (const theme of ["light", "dark"]) {
    const { page, faults, close } = await open(makeFile(older).url, { theme });
    const { texts, body, ink, scheme, fills } = await seen(page);
    assert.equal(body, "rgb(250, 248, 244)");
    assert.equal(ink, "rgb(28, 30, 34)");
    assert.equal(scheme, "light");
    assert.ok(texts.length > 100, `${texts.length} texts`);
    for (const { text, contrast } of texts) assert.ok(contrast >= 4.5, `${text}: ${contrast.toFixed(2)}`);
    assert.ok(fills.length > 0);
    assert.deepEqual(faults, []);
    await close();
  }
});

test("with pairs a dark theme is dark", async () => {
  const { page, faults, close } = await open(makeFile(html).url, { theme: "dark" });
  const { texts, body } = await seen(page);
  assert.equal(body, "rgb(20, 23, 27)");
  for (const { text, contrast } of texts) assert.ok(contrast >= 4.5, `${text}: ${contrast.toFixed(2)}`);
  assert.deepEqual(faults, []);
  await close();
});
