// What the tests share: the program, stores in temporary directories, and a browser.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const program = process.env.SOLNOMA_PROGRAM;
if (!program) throw new Error("SOLNOMA_PROGRAM names the program to test");

const directory = mkdtempSync(join(tmpdir(), "solnoma-web-"));
let browser = null;
after(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

export function run(...args) {
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** The codes of all languages that the program speaks. */
export const languages = run("complete-words", "report", "--lang", "").trim().split("\n");

/** A store with the events of a JSON Lines text; without one, with the shipped history. */
export function makeStore(name, lines) {
  const store = join(directory, `${name}.store`);
  if (lines === undefined) {
    run("--store", store, "history", "--init");
  } else {
    run("--store", store, "init");
    execFileSync(program, ["--store", store, "import", "-"], {
      input: lines,
      stdio: ["pipe", "ignore", "inherit"],
    });
  }
  return store;
}

/** A page in a file; its address. */
export function makeFile(text) {
  const file = join(directory, `page-${Math.random().toString(36).slice(2)}.html`);
  writeFileSync(file, text);
  return { file, url: pathToFileURL(file).href };
}

/** A report in a file; its address. */
export function makeReport(store, ...options) {
  const file = join(directory, `report-${Math.random().toString(36).slice(2)}.html`);
  run("--store", store, "report", "--format", "html", "--output", file, ...options);
  return { file, url: pathToFileURL(file).href };
}

/**
 * Pages that tests have closed, by the options of their contexts: a browser opens a report in one of them at
 * half the cost of a new one.
 */
const closed = new Map();

async function newPage(theme, options) {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await (await browser.newContext({ colorScheme: theme, ...options })).newPage();
  page.setDefaultTimeout(120_000); // against what never ends, not against a busy machine
  return page;
}

/** A page that keeps account of whatever a report should not do. */
export async function makePage({ width = 1280, height = 900, theme = "light", ...options } = {}) {
  const kind = JSON.stringify([theme, options]);
  if (!closed.has(kind)) closed.set(kind, []);
  const page = closed.get(kind).pop() ?? (await newPage(theme, options));
  await page.setViewportSize({ width, height });
  const faults = [];
  let address = null;
  const accounts = {
    request: (request) => {
      address ??= request.url().split("#")[0];
      if (request.url().split("#")[0] !== address && !request.url().startsWith("data:"))
        faults.push(`request: ${request.url()}`);
    },
    console: (message) => faults.push(`console: ${message.text()}`),
    pageerror: (error) => faults.push(`error: ${error.stack}`),
  };
  for (const [event, account] of Object.entries(accounts)) page.on(event, account);
  const close = async () => {
    for (const [event, account] of Object.entries(accounts)) page.off(event, account);
    await page.emulateMedia({ media: null });
    await page.mouse.move(0, 0);
    await page.goto("about:blank");
    closed.get(kind).push(page);
  };
  return { page, faults, close };
}

/** Opens a report, and waits until it is drawn. */
export async function open(url, options = {}) {
  const made = await makePage(options);
  await made.page.goto(url);
  if (options.javaScriptEnabled !== false) await settled(made.page);
  return made;
}

/** When everything that was owed is drawn. */
export async function settled(page) {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await page.waitForFunction(() => document.documentElement.dataset.settled === "true");
}

/** Moves to a view by its fragment. */
export async function view(page, fragment) {
  await page.evaluate((to) => (location.hash = to), fragment);
  await settled(page);
}

/** The board as the page shows it: {subject: {seen, status, possible, plans, residents, investment}}. */
export function readBoard(page) {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("#board-table tbody tr[data-subject]")].map((row) => {
        const texts = (selector) =>
          [...row.querySelectorAll(selector)].map((node) => node.textContent);
        const plans = texts(".why.plan").map((text) => text.match(/(.*): (\d+)/).slice(1));
        return [
          row.dataset.subject,
          {
            seen: !row.classList.contains("unseen"),
            status: row.querySelector("[data-status]")?.dataset.status,
            others: texts(".doubt .chip"),
            since: row.cells[2]?.textContent,
            plans: Object.fromEntries(plans.map(([state, n]) => [state, +n])),
            residents: row.cells[4]
              ? [...row.cells[4].querySelectorAll(".figure")].map((f) => f.textContent)
              : [],
            investment: row.cells[5]
              ? [...row.cells[5].querySelectorAll(".figure")].map((f) => f.textContent)
              : [],
          },
        ];
      }),
    ),
  );
}
