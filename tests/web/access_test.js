// For everybody: nothing that axe or html-validate object to, in any language and theme.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { languages, makeReport, makeStore, open, view } from "./support.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const store = makeStore("access");

// Colours do not depend on the language: each of both is looked at, not each pair of them.
const kLooks = [["en", "dark"], ...languages.map((language, i) => [language, ["light", "dark"][i >> 1 & 1]])];
for (const [language, theme] of kLooks)
  test(`axe finds nothing: ${language}, ${theme}`, async () => {
    const report = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    const { page, close } = await open(report.url, { theme, bypassCSP: true });
    await page.addStyleTag({
      content: "section.part { content-visibility: visible !important }",
    });
    await page.evaluate(axe);
    for (const [width, fragment] of [
      [1280, ""],
      [390, ""],
      [1280, "as-of=2025-10-01&why=park/bukhara&status=announced,operating"],
    ]) {
      await page.setViewportSize({ width, height: 900 });
      await view(page, fragment);
      const { violations } = await page.evaluate(() =>
        axe.run(document, { resultTypes: ["violations"] }),
      );
      const told = violations.map(
        (v) =>
          `${v.id}: ${v.help}\n${v.nodes
            .slice(0, 4)
            .map((n) => `  ${n.html.slice(0, 200)}\n  ${n.failureSummary}`)
            .join("\n")}`,
      );
      assert.deepEqual(told, [], `${width} ${fragment}`);
    }
    await close();
  });

test("html-validate finds nothing", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      "long-title": "off",
      "no-trailing-whitespace": "off",
      "tel-non-breaking": "off",
      "no-inline-style": "off",
    },
  });
  for (const language of languages) {
    const { file } = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    const result = await validator.validateString(readFileSync(file, "utf8"));
    assert.deepEqual(
      result.results.flatMap((r) =>
        r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`),
      ),
      [],
    );
  }
});
