// What is read from top to bottom, the change report and a subject's story: on a telephone, on
// paper and in a mail, without a script.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { makeFile, makePage, makeStore, run } from "./support.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const store = makeStore("articles");
const kSince = "as-of=2024-06-30,known-by=2025-10-01";

const kArticles = ["html", "mail"].flatMap((format) => [
  [`changes, ${format}`, ["report", "--since", kSince], format],
  [`story, ${format}`, ["story", "park/bukhara"], format],
]);

function write(command, format, language) {
  const text = run(
    ...["--store", store, ...command, "--as-of", "2025-12-31", "--known-by", "2026-01-31"],
    ...["--format", format, "--lang", language],
  );
  return { text, ...makeFile(text) };
}

/** Whatever sticks out of the window, and texts of which a part is not seen. */
const measured = () => {
  const wrong = [];
  if (document.documentElement.scrollWidth > innerWidth)
    wrong.push(`as wide as ${document.documentElement.scrollWidth}`);
  for (const node of document.querySelectorAll("main *, header *")) {
    const box = node.getBoundingClientRect();
    if (node.closest(".hush, thead") || box.width === 0) continue;
    if (box.right > innerWidth + 0.5) wrong.push(`${node.tagName} to ${box.right}`);
    if (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "visible")
      wrong.push(`${node.tagName} is cut`);
  }
  return wrong.slice(0, 5);
};

for (const [name, command, format] of kArticles)
  test(`${name}: axe finds nothing, and nothing sticks out at any width`, async () => {
    for (const [language, theme] of [
      ["en", "light"],
      ["ru", "dark"],
      ["uz", "light"],
    ]) {
      const { page, faults, close } = await makePage({ theme, bypassCSP: true });
      await page.goto(write(command, format, language).url);
      await page.evaluate(axe);
      for (const width of [360, 390, 768, 1280, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await page.evaluate(measured), [], `${language} ${width}`);
        if (width !== 390 && width !== 1280) continue;
        const { violations } = await page.evaluate(() =>
          axe.run(document, { resultTypes: ["violations"] }),
        );
        assert.deepEqual(
          violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`),
          [],
          `${language} ${width}`,
        );
      }
      assert.deepEqual(faults, []);
      await close();
    }
  });

test("html-validate finds nothing", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: { "long-title": "off", "no-trailing-whitespace": "off", "no-inline-style": "off" },
  });
  for (const [name, command, format] of kArticles) {
    const { text } = write(command, format, "ru");
    const { results } = await validator.validateString(text);
    assert.deepEqual(
      results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)),
      [],
      name,
    );
  }
});

test("paper has the facts of the screen, and no link without its part", async () => {
  for (const [name, command, format] of kArticles) {
    const { page, close } = await makePage();
    await page.goto(write(command, format, "en").url);
    const facts = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("main th, main td, main li, main p")]
          .filter((node) => node.checkVisibility())
          .map((node) => node.textContent.trim()),
      );
    const screen = await facts();
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await facts(), screen, name);
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll('a[href^="#"]')]
        .map((a) => a.getAttribute("href").slice(1))
        .filter((id) => !document.getElementById(id)),
    );
    assert.deepEqual(broken, [], name);
    await close();
  }
});

test("a click on the quotation chooses all of it", async () => {
  const { page, close } = await makePage();
  await page.goto(write(["story", "park/bukhara"], "html", "en").url);
  const quotation = page.locator(".quotation").first();
  await quotation.click();
  assert.equal(
    await page.evaluate(() => getSelection().toString().trim()),
    (await quotation.textContent()).trim(),
  );
  await close();
});
