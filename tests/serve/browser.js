// A real browser on a server's pages, which keeps account of what they complain of.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser = null;
after(() => browser?.close());

export async function openPage({ width = 1280, height = 900, ...options } = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // against what never ends, not against a busy machine
  const faults = [];
  page.on("console", (message) => {
    const known = /Password forms|status of 4\d\d/; // a hint of the browser's; what a test provokes
    if (!known.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  return { page, faults, close: () => context.close() };
}

/** Signed in as a link has it that says the token behind its #. */
export async function signedIn(server, token, options = {}) {
  const made = await openPage(options);
  if (options.javaScriptEnabled === false) {
    await made.page.goto(`${server.url}/sign-in`);
    await made.page.fill("input[name=token]", token);
    await made.page.click("button");
  } else {
    await made.page.goto(`${server.url}/sign-in#${token}`);
  }
  await made.page.waitForURL(`${server.url}/`);
  return made;
}

/** What axe finds wrong with a page, by the rules of WCAG 2.2 AA. */
export async function findBarriers(page) {
  await page.evaluate(`if (!window.axe) { const module = undefined; ${axe} }`);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
  });
}
