// Whatever stands in an event stays text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { webAddress } from "../../tools/report/html/page/parts/dom.mjs";
import { makeReport, makeStore, open, settled, view } from "./support.js";

const hostile = [
  "<script>window.owned = 1</script>",
  "</script><script>window.owned = 2</script>",
  '<img src=x onerror="window.owned = 3">',
  "\"' onmouseover='window.owned = 4' x=\"",
  "<!-- <script> ]]> &lt;b&gt; &amp; {{7*7}} ${window.owned = 5}",
  "שלום عربى abc",
  "W".repeat(400),
  "-->'\"><svg/onload=window.owned=6>",
];

const event = (i, more) =>
  JSON.stringify({
    specversion: "1.0",
    id: `h-${i}`,
    source: "urn:test",
    type: "solnoma.opened",
    subject: `park/h${i}`,
    known: "2024-01-01",
    occurred: "2023-05",
    datacontenttype: "application/json",
    ...more,
  });

function lines() {
  const out = [];
  hostile.forEach((text, i) => {
    const local = { en: text, ru: text, uz: text };
    out.push(
      event(i, {
        data: {
          title: local,
          note: text,
          parties: [text],
          sources: [
            {
              publisher: text,
              published: "2024-01-01",
              url: "https://example.org/?a=1&b=2&lt;x",
              note: text,
            },
          ],
          quantities: [{ measure: "residents", value: "5", unit: "companies", bound: "more-than" }],
        },
      }),
    );
    out.push(
      event(`d${i}`, {
        subject: `park/h${i}`,
        type: "solnoma.described",
        data: {
          title: local,
          sources: [{ publisher: text, published: "2024-01-01" }],
          description: {
            names: local,
            kind: "industrial-park",
            region: local,
            partner: local,
            sectors: [local],
          },
        },
      }),
    );
  });
  return out.join("\n");
}

test("titles, names, notes, publishers, parties and addresses stay text", async () => {
  const report = makeReport(makeStore("hostile", lines()), "--as-of", "2025-12-31");
  for (const options of [{}, { javaScriptEnabled: false }]) {
    const { page, faults, close } = await open(report.url, options);
    if (options.javaScriptEnabled !== false) {
      for (const [i, text] of hostile.entries()) {
        await view(page, `why=park/h${i}`);
        assert.equal(await page.textContent("#why-title"), text);
        assert.ok((await page.textContent("#why-body")).includes(text));
      }
      await page.hover(".mark >> nth=0");
      await settled(page);
      assert.equal(await page.evaluate(() => window.owned), undefined);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} pixels too wide`);
    }
    const names = await page.locator("#board-table tbody th bdi").allTextContents();
    for (const text of hostile) assert.ok(names.includes(text), text);
    assert.equal(await page.locator("img, iframe, object, embed").count(), 0);
    assert.deepEqual(faults, []);
    await close();
  }
});

test("only addresses of the web are linked", () => {
  // The log takes no others; a store of somebody else's program may hold them.
  for (const url of [
    "javascript:window.owned=1",
    "JaVaScRiPt:alert(1)",
    " https://example.org",
    "data:text/html,x",
    "file:///etc/passwd",
    "",
    null,
  ])
    assert.equal(webAddress(url), undefined);
  assert.equal(webAddress("HTTPS://example.org/ok"), "HTTPS://example.org/ok");
});
