// Pictures look alike in a browser and in what office programs and converters draw SVG with.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";
import { languages, makePage, makeStore, run } from "./support.js";

const store = makeStore("svg");
const kScale = 0.2; // coarse: letters differ by a pixel, colours and places do not

/** Programs that make PNG of it, from standard input to standard output. */
const programs = [
  { program: "rsvg-convert", args: [] },
  { program: "inkscape", args: ["--pipe", "--export-type=png", "--export-filename=-"] },
].map((each) => ({ ...each, missing: !!spawnSync(each.program, ["--version"]).error && `${each.program} is not installed` }));

/** Both pictures as pixels of a browser's canvas: how far they are apart, and how dark each is. */
const compared = (page, svg, png) =>
  page.evaluate(
    async ([svg, png, scale]) => {
      const pixels = async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        pixels.width ??= Math.round(image.width * scale);
        pixels.height ??= Math.round(image.height * scale);
        const canvas = Object.assign(document.createElement("canvas"), {
          width: pixels.width,
          height: pixels.height,
        });
        const pen = canvas.getContext("2d");
        pen.imageSmoothingQuality = "high";
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        return pen.getImageData(0, 0, canvas.width, canvas.height).data;
      };
      const a = await pixels(svg);
      const b = await pixels(png);
      let [apart, dark, blank] = [0, 0, 0];
      for (let i = 0; i < a.length; i += 4) {
        const [da, db] = [a, b].map((p) => p[i] + p[i + 1] + p[i + 2]);
        if ([0, 1, 2].some((c) => Math.abs(a[i + c] - b[i + c]) > 48)) ++apart;
        if (db < 330) ++dark;
        if (da > 760 && db > 760) ++blank;
      }
      const all = a.length / 4;
      return { apart: apart / all, dark: dark / all, blank: blank / all };
    },
    [svg, png, kScale],
  );

for (const { program, args, missing } of programs)
  test(`a report as a picture looks alike in a browser and in ${program}`, { skip: missing }, async () => {
    const { page, faults, close } = await makePage();
    await page.goto("about:blank");
    for (const language of languages)
      for (const what of ["report", "timeline"]) {
        const options = ["--as-of", "2025-12-31", "--lang", language, "--format", "svg"];
        const svg = run("--store", store, what, ...options);
        const png = execFileSync(program, args, { input: svg, maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "ignore"] });
        const { apart, dark, blank } = await compared(
          page,
          `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
          `data:image/png;base64,${png.toString("base64")}`,
        );
        const where = `${language}, ${what}: ${JSON.stringify({ apart, dark, blank })}`;
        assert.ok(apart < 0.05, where);
        assert.ok(dark > 0.0005 && dark < 0.2, where);
        assert.ok(blank < 0.9, where);
      }
    assert.deepEqual(faults, []);
    await close();
  });
