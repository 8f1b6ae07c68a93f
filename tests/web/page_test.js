// The page as its readers use it: by mouse, by keyboard, by address, on paper.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { makeFile, makePage, makeReport, makeStore, open, readBoard, run, settled, view } from "./support.js";

const store = makeStore("page");
const report = makeReport(store, "--as-of", "2025-12-31");

const statusOf = async (page, park) => (await readBoard(page))[park].status;

test("both scrubbers move board and timeline, and say what changed", async () => {
  const { page, faults, close } = await open(report.url);
  assert.equal(await statusOf(page, "park/bukhara"), "operating");
  const track = page.locator("#scrub-known-by .track");
  await track.focus();
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
  await settled(page);
  assert.equal(await track.getAttribute("aria-valuetext"), "29 September 2025");
  assert.equal(await statusOf(page, "park/bukhara"), "announced");
  assert.match(
    await page.textContent("#changes-line"),
    /statuses differ.*compared with as of 31 December 2025, all that is known/s,
  );
  await page.waitForFunction(() =>
    document.querySelector("#live").textContent.includes("statuses differ"),
  );
  assert.equal(
    await page.locator('.lane[data-subject="park/bukhara"] .mark').count(),
    1,
    "the plan alone was known",
  );
  assert.match(await page.textContent(".foot .vantage-now"), /known by 29 September 2025/);
  await page.click("#changes-line");
  assert.match(
    await page.innerText("#changes-list"),
    /park\/bukhara: operating → announced\s.*no longer counts: First production/s,
  );
  await page.click("#changes-line");

  // By pointer: to the left end of the other one, where nothing had happened yet.
  const box = await page.locator("#scrub-as-of .track").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 12, box.y + 20, { steps: 8 });
  await page.mouse.up();
  await settled(page);
  assert.equal(await statusOf(page, "park/jizzakh"), "unrecorded");
  assert.deepEqual(faults, []);
  await close();
});

test("a date may be typed as it is written in the language; what is none is told", async () => {
  const { page, close } = await open(
    makeReport(store, "--as-of", "2025-12-31", "--lang", "ru").url,
  );
  const field = page.locator("#as-of-day");
  await field.fill("2022-03");
  await field.press("Enter");
  await settled(page);
  assert.match(page.url(), /as-of=2022-03-31/);
  assert.equal(await statusOf(page, "park/chirchik"), "under-construction");
  await field.fill("2022-02-30");
  await field.press("Enter");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.equal(
    await page.innerText("#as-of-day-wrong"),
    "«2022-02-30» — не дата. Напишите 2022-03-15, 15 марта 2022 года либо только месяц или год.",
  );
  assert.match(page.url(), /as-of=2022-03-31/);
  for (const [typed, day] of [
    ["15.03.2022", "2022-03-15"],
    ["31 декабря 2024 г.", "2024-12-31"],
    ["май 2023", "2023-05-31"],
    ["12.2023", "2023-12-31"],
  ]) {
    await field.fill(typed);
    await field.press("Enter");
    await settled(page);
    assert.match(page.url(), new RegExp(`as-of=${day}`), typed);
    assert.equal(await field.getAttribute("aria-invalid"), "false");
    assert.ok(await page.isHidden("#as-of-day-wrong"));
  }
  await close();
});

test("filters choose by status, region and text, in board and timeline", async () => {
  const { page, close } = await open(report.url);
  await page.click('.pick:has-text("operating")');
  await settled(page);
  assert.deepEqual(Object.keys(await readBoard(page)), ["park/bukhara", "park/jizzakh"]);
  await page.click("#filter-clear");
  await page.selectOption("#filter-region", { label: "Tashkent region" });
  await page.fill("#filter-text", "metals");
  await settled(page);
  assert.deepEqual(Object.keys(await readBoard(page)), ["park/future-metals-tashkent"]);
  assert.deepEqual(
    await page.locator(".lane").evaluateAll((all) => all.map((lane) => lane.dataset.subject)),
    ["park/future-metals-tashkent"],
  );
  await page.fill("#filter-text", "no such thing");
  await settled(page);
  assert.deepEqual(Object.keys(await readBoard(page)), []);
  await close();
});

test("columns sort, and sort back", async () => {
  const { page, close } = await open(report.url);
  const first = async () => Object.keys(await readBoard(page))[0];
  await page.click('#board-table th[data-sort="status"] button');
  await page.click('#board-table th[data-sort="status"] button');
  await settled(page);
  assert.equal(
    await page.getAttribute('#board-table th[data-sort="status"]', "aria-sort"),
    "descending",
  );
  assert.ok(["park/bukhara", "park/jizzakh"].includes(await first()));
  await page.click('#board-table th[data-sort="status"] button');
  await settled(page);
  assert.equal(await first(), "park/alabuga-model");
  await page.click('#data-table th[data-sort="position"] button');
  await settled(page);
  assert.equal(await page.textContent("#data-table tbody tr:first-child td:nth-child(8)"), "1");
  await close();
});

test("why tells what decided, with source, day, event and position, and gives the focus back", async () => {
  const { page, close } = await open(report.url);
  await view(page, "as-of=2025-10-01");
  const button = page.locator('tr[data-subject="park/bukhara"] .name');
  await button.focus();
  await page.keyboard.press("Enter");
  await settled(page);
  const text = await page.innerText("#why");
  for (const words of [
    "What decided",
    "Considered and rejected",
    "Sputnik Uzbekistan, 27 September 2025",
    "s0-bukhara-production-planned",
    "position 18",
    "since: 27 September 2025",
    "rule: a plan became known, which alone makes it announced",
    "known since 27 September 2025",
  ])
    assert.ok(text.includes(words), words);
  const link = page.locator("#why a").first();
  assert.match(await link.getAttribute("href"), /^https:\/\/uz\.sputniknews\.ru\//);
  assert.match(await link.getAttribute("rel"), /noopener/);
  await page.keyboard.press("Escape");
  await settled(page);
  assert.ok(await page.isHidden("#why"));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "park/bukhara:name");

  await page.click('tr[data-subject="park/chirchik"] .figure >> nth=0');
  await settled(page);
  assert.match(await page.innerText("#why"), /more than 10 companies/);
  await close();
});

test("the whole page can be walked by keyboard", async () => {
  const { page, close } = await open(report.url);
  const seen = new Set();
  for (let i = 0; i < 140; ++i) {
    await page.keyboard.press("Tab");
    seen.add(
      await page.evaluate(() => {
        const a = document.activeElement;
        return a.dataset.key || a.id || a.getAttribute("aria-label") || a.className;
      }),
    );
  }
  for (const stop of [
    "theme",
    "as-of-day",
    "As of",
    "Known by",
    "filter-text",
    "park/bukhara:status",
    "zoom-in",
    "tl-plot",
    "Left edge of the window",
    "lane:park/navoi",
    "picture-plot",
  ])
    assert.ok(seen.has(stop), `${stop} is reached: ${[...seen].join(", ")}`);

  // Into the marks of the timeline, along them, and from one to what it tells.
  await page.focus("#tl-plot");
  await page.keyboard.press("Enter");
  const at = () => page.evaluate(() => document.activeElement.dataset.place);
  assert.equal(await at(), "park/alabuga-model@1");
  await page.keyboard.press("ArrowDown");
  assert.match(await at(), /^park\/bukhara@/);
  await page.keyboard.press("ArrowRight");
  assert.match(await at(), /^park\/bukhara@/);
  await page.keyboard.press("Enter");
  await settled(page);
  assert.ok(await page.isVisible("#why"));
  await close();
});

test("the timeline zooms and moves: by keys, wheel, drag and brush", async () => {
  const { page, close } = await open(report.url);
  const span = async () => {
    await settled(page);
    return page.textContent("#tl-window");
  };
  const whole = await span();
  await page.focus("#tl-plot");
  await page.keyboard.press("+");
  const near = await span();
  assert.notEqual(near, whole);
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await span(), near);
  await page.keyboard.press("0");
  assert.equal(await span(), whole);
  await page.evaluate(() =>
    document.querySelector("#tl").scrollIntoView({ block: "start", behavior: "instant" }),
  );
  await page.waitForTimeout(200);
  const plot = await page.locator("#tl-plot").boundingBox();
  await page.mouse.move(plot.x + 700, plot.y + 60);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -400);
  await page.keyboard.up("Control");
  const wheeled = await span();
  assert.notEqual(wheeled, whole);
  await page.mouse.down();
  await page.mouse.move(plot.x + 500, plot.y + 60, { steps: 5 });
  await page.mouse.up();
  assert.notEqual(await span(), wheeled);
  const grip = page.locator(".grip.right");
  await grip.focus();
  const before = await span();
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await span(), before);
  await close();
});

test("empty stretches are shortened, and can be shown whole", async () => {
  const { page, close } = await open(report.url);
  assert.ok((await page.locator(".over-ground .gap").count()) > 0);
  await page.check("#whole-scale");
  await settled(page);
  assert.equal(await page.locator(".over-ground .gap").count(), 0);
  assert.match(page.url(), /scale=whole/);
  await close();
});

test("plans are tied to what became of them", async () => {
  const { page, close } = await open(report.url);
  assert.equal(await page.locator('.lane[data-subject="park/bukhara"] .tie.met').count(), 1);
  assert.equal(await page.locator('.lane[data-subject="park/navoi"] .tie.pending').count(), 1);
  await close();
});

test("plans that moved or lapsed show it as soon as that was known, and tell how far", async () => {
  const line = (id, subject, type, occurred, known, planned, part) =>
    JSON.stringify({
      specversion: "1.0",
      source: "urn:t",
      id,
      subject,
      type: `solnoma.${type}`,
      occurred,
      known,
      data: { modality: planned ? "planned" : "actual", ...(part ? { part } : {}) },
    });
  const told = makeStore(
    "plans",
    [
      line("a", "park/moves", "opened", "2023-06-30", "2021-01-01", true),
      line("b", "park/moves", "opened", "2024-06-30", "2022-01-01", true),
      line("c", "park/ends", "opened", "2024-06-30", "2021-01-01", true, "phase-2"),
      line("d", "park/ends", "cancelled", "2022-03-01", "2022-03-01", false),
    ].join("\n"),
  );
  const { page, faults, close } = await open(makeReport(told, "--as-of", "2023-01-01").url);
  const plansOf = async (park) => (await readBoard(page))[park].plans;
  assert.deepEqual(await plansOf("park/moves"), { pending: 1, moved: 1 });
  assert.deepEqual(await plansOf("park/ends"), { lapsed: 1 });
  assert.equal(await page.locator('.lane[data-subject="park/moves"] .tie.moved').count(), 1);
  assert.equal(await page.locator('.lane[data-subject="park/moves"] .glyph.moved').count(), 1);
  assert.equal(await page.locator('.lane[data-subject="park/ends"] .glyph.lapsed').count(), 1);
  assert.match(
    await page.textContent('.lane[data-subject="park/ends"]'),
    /opened, phase-2: lapsed/,
  );
  assert.match(await page.textContent("#charts"), /moved, 366 days later/);
  await view(page, "as-of=2023-01-01&why=park/moves");
  assert.match(await page.textContent(".plan-card"), /opened: moved, 366 days later/);
  await view(page, "as-of=2021-12-31");
  assert.deepEqual(await plansOf("park/moves"), { pending: 1 });
  assert.deepEqual(await plansOf("park/ends"), { pending: 1 });
  assert.deepEqual(faults, []);
  await close();
});

test("charts draw every number with its bound, in words of the language", async () => {
  const { page, close } = await open(
    makeReport(store, "--as-of", "2025-12-31", "--lang", "ru").url,
  );
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await settled(page);
  const rows = await page.locator("#charts .bar-row").evaluateAll((all) =>
    all.map((row) => ({
      words: row.querySelector(".bar-value").textContent,
      bars: row.querySelectorAll(".bar-mark").length,
      open: row.querySelectorAll(".open-end").length,
    })),
  );
  assert.ok(rows.length >= 10, `${rows.length} rows`);
  for (const { words, bars, open } of rows) {
    const rank = words === "3-е"; // twice of it is not twice as much
    assert.equal(bars, rank ? 0 : 1, words);
    assert.equal(open, /более/.test(words) ? 1 : 0, words);
  }
  const words = rows.map((row) => row.words.replace(/\s/g, " "));
  for (const each of [
    "33 процента (январь – сентябрь 2025 года)",
    "план: 60 млн долларов США",
    "более 10 компаний",
    "3-е",
  ])
    assert.ok(words.includes(each), `${each}: ${words.join("; ")}`);
  await close();
});

test("the picture of both axes moves the vantage by click and by key", async () => {
  const { page, close } = await open(report.url);
  await view(page, "picture=park/bukhara");
  const plot = page.locator("#picture-plot");
  await plot.scrollIntoViewIfNeeded();
  const { width, height } = await plot.boundingBox();
  await plot.click({ position: { x: width - 20, y: height - 60 } });
  await settled(page);
  assert.match(page.url(), /known-by=/);
  assert.match(await page.textContent("#picture-says"), /unrecorded|no record/);
  await plot.focus();
  for (let i = 0; i < 6; ++i) await page.keyboard.press("ArrowUp");
  await settled(page);
  assert.match(await page.textContent("#picture-says"), /all that is known: operating/);
  assert.ok((await page.locator("#picture-table tr").count()) >= 6);
  await close();
});

test("the address restores the view, and the back button goes back", async () => {
  const { page, close } = await open(report.url);
  await page.locator("#scrub-as-of .track").focus();
  await page.keyboard.press("ArrowLeft");
  await settled(page);
  await page.click('tr[data-subject="park/eltech"] .name');
  await settled(page);
  const address = page.url();
  const board = await readBoard(page);
  const other = await open(address);
  assert.deepEqual(await readBoard(other.page), board);
  assert.ok(await other.page.isVisible("#why"));
  await other.close();
  await page.goBack();
  await settled(page);
  assert.ok(await page.isHidden("#why"));
  await page.goBack();
  await settled(page);
  assert.equal(await statusOf(page, "park/bukhara"), "operating");
  assert.ok(!page.url().includes("as-of"));
  await close();
});

test("what a fragment says that cannot be understood is ignored", async () => {
  const plain = await open(report.url);
  const board = await readBoard(plain.page);
  await plain.close();
  const fragments = [
    "as-of=2025-02-30&known-by=yesterday",
    "status=splendid",
    "view=2025-01-01..2024-01-01",
    "why=park/none:x@9",
    "why=park/bukhara@99",
    "%E0%A4%A",
    "a&b=&=c",
    "picture=nothing",
    "table=-nothing&sort=nothing",
  ];
  const { page, faults, close } = await open(`${report.url}#${fragments[0]}`);
  for (const fragment of fragments) {
    await view(page, fragment);
    assert.deepEqual(await readBoard(page), board, fragment);
    assert.deepEqual(faults, [], fragment);
  }
  await close();
});

/** What a page tells in its charts and lanes, and how its drawings lie. */
const drawnFacts = (page) =>
  page.evaluate(() => {
    const box = (node) => node.getBoundingClientRect();
    const all = (selector) => [...document.querySelectorAll(selector)];
    const newYear = all("#tl-axis text").find((text) => text.textContent === "2026");
    return {
      values: all("#charts .bar-value").map((text) => text.textContent),
      marks: all(".lane").map((lane) => `${lane.dataset.subject}: ${lane.querySelectorAll(".mark").length}`),
      asOfFromNewYear: box(document.querySelector(".line.as-of")).left - box(newYear).left,
      hiddenBands: all(".lane:has(.band rect)").filter((lane) => {
        const [whole, band] = [box(lane), box(lane.querySelector(".band rect"))];
        return band.width < 1 || band.top < whole.top || band.bottom > whole.bottom;
      }).length,
      outside: all("#charts svg, .lane svg, #picture svg, .axis text, .bar-value").filter(
        (node) => box(node).right > box(document.querySelector("main")).right + 1,
      ).length,
      cut: all(".frame, .lane, section.part").filter(
        (n) => n.scrollHeight > n.clientHeight + 2 && getComputedStyle(n).overflowY !== "visible",
      ).length,
    };
  });

test("it prints whole, and alike from every window", async () => {
  const printed = [];
  for (const width of [1280, 390]) {
    const { page, close } = await open(report.url, { width });
    await view(page, "as-of=2025-12-31&why=park/bukhara");
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    const pages = pdf.match(/\/Type \/Page\b/g).length;
    assert.ok(pages >= 5 && pages <= 7, `${pages} pages`);
    const seen = width === 1280 ? await drawnFacts(page) : null;
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const facts = await drawnFacts(page);
    printed.push(facts);
    if (seen) {
      assert.deepEqual(facts.values, seen.values, "paper tells what the screen does");
      assert.deepEqual(facts.marks, seen.marks);
    }
    assert.ok(Math.abs(facts.asOfFromNewYear) < 5, `${facts.asOfFromNewYear} pixels from 2026`);
    assert.equal(facts.hiddenBands, 0, "every lane has its status");
    assert.equal(facts.outside, 0, "no drawing leaves the sheet");
    assert.equal(facts.cut, 0, "nothing is cut");
    assert.equal(await page.locator("#data-table tbody tr").count(), 50);
    assert.ok(await page.isHidden("#why"));
    await close();
  }
  assert.deepEqual(printed[0], printed[1]);
});

test("without a script it is a report all the same", async () => {
  const { page, faults, close } = await open(report.url, { javaScriptEnabled: false });
  const text = await page.innerText("body");
  assert.match(text, /as of 31 December 2025, all that is known, log position 50/);
  assert.match(text, /Bukhara Industry Development Complex\s+Bukhara region, Uzbekistan\s+operating/);
  assert.equal(await page.locator("#board-table tbody tr").count(), 9);
  assert.equal(await page.locator("details.subject-details").count(), 14);
  await page.locator("details.subject-details summary").first().click();
  assert.ok((await page.locator("#sources li").count()) >= 5);
  assert.ok(await page.isHidden(".scrubbers"));
  assert.ok(await page.isHidden(".failure"));
  assert.deepEqual(faults, []);
  await close();
});

test("a browser that cannot unpack the data says so, and shows what there is without a script", async () => {
  for (const [language, words] of [
    ["en", /did not start: this browser is too old/],
    ["ru", /не запустилась: браузер слишком стар/],
    ["uz", /ishga tushmadi: brauzer juda eski/],
  ]) {
    const { url } = makeReport(store, "--as-of", "2025-12-31", "--lang", language);
    const { page, faults } = await makePage();
    await page.addInitScript(() => delete window.DecompressionStream);
    await page.goto(url);
    await page.waitForSelector("html.failed");
    assert.match(await page.innerText(".failure"), words);
    assert.equal(await page.locator("#board-table tbody tr").count(), 9);
    assert.equal(await page.locator("details.subject-details").count(), 14);
    await page.locator("details.subject-details summary").first().click();
    assert.ok(await page.locator("details.subject-details table").first().isVisible());
    assert.ok(await page.locator(".still svg").first().isVisible());
    assert.ok((await page.locator("#sources li").count()) >= 5);
    assert.ok(await page.isHidden(".scrubbers"));
    assert.equal(faults.length, 1, faults.join());
    assert.match(faults[0], /DecompressionStream/);
    await page.context().close(); // nothing else is opened in a page that lacks it
  }
});

test("a browser that cannot run the script says so, and shows what there is without it", async () => {
  // As for a browser that cannot read it: the policy keeps back what is not the report's own.
  const text = readFileSync(report.file, "utf8").replace('<script type="module">', "$&new syntax;");
  const { page, faults, close } = await makePage();
  await page.goto(makeFile(text).url);
  await page.waitForSelector("html.failed");
  assert.match(await page.innerText(".failure"), /this browser is too old/);
  assert.equal(await page.locator("#board-table tbody tr").count(), 9);
  assert.equal(await page.locator("details.subject-details").count(), 14);
  assert.ok(await page.locator(".still svg").first().isVisible());
  assert.ok(await page.isHidden(".scrubbers"));
  assert.match(faults.join(), /script/i);
  await close();
});

test("what is coarser than exact is told, with how many there are of it", async () => {
  // A hundred events of one park that may each be on any day of ten years.
  const types = ["construction-started", "suspended", "resumed", "opened", "retired", "reinstated", "cancelled"];
  const event = (subject, type, occurred, known, id = type) =>
    JSON.stringify({
      specversion: "1.0",
      id: `${subject}-${id}`,
      source: "urn:test",
      type: `solnoma.${type}`,
      subject,
      known,
      occurred,
      data: {
        modality: "actual",
        title: { en: "Told" },
        ...(type === "described" ? { description: { names: { en: subject } } } : {}),
      },
    });
  const lines = [event("park/vague", "described", undefined, "2020-01-01")];
  for (let i = 0; i < 140; ++i)
    lines.push(event("park/vague", types[i % types.length], "201X", "2020-01-01", `e${i}`));
  lines.push(event("park/sure", "opened", "2015-01-01", "2020-01-01"));
  const made = makeStore("coarse", lines.join("\n"));
  for (const [language, notice, among] of [
    ["en", /^Coarser than exact: 1\. /, "possibly among: "],
    ["ru", /^Грубее точного: 1\. /, "возможно, одно из: "],
    ["uz", /^Aniqdan kengroq: 1\. /, "ehtimol, quyidagilardan biri: "],
  ]) {
    const { url } = makeReport(made, "--as-of", "2015-06-30", "--lang", language);
    for (const javaScriptEnabled of [true, false]) {
      const { page, faults, close } = await open(url, { javaScriptEnabled });
      const row = page.locator("#board-table tbody tr", { hasText: "park/vague" });
      assert.ok((await row.textContent()).includes(among), await row.textContent());
      if (javaScriptEnabled) {
        assert.match(await page.innerText("#board-coarse"), notice);
        await view(page, "as-of=2009-06-30");
        assert.ok(await page.isHidden("#board-coarse"), "before that nothing of it has happened");
      }
      assert.deepEqual(faults, []);
      await close();
    }
  }
  const [head, ...rows] = run("--store", made, "report", "--as-of", "2015-06-30", "--format", "csv")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const exact = head.indexOf("possible_exact");
  assert.deepEqual(rows.map((row) => [row[0], row[exact]]), [
    ["park/sure", "yes"],
    ["park/vague", "no"],
  ]);
});

test("it fits narrow and wide windows", async () => {
  const { page, close } = await open(report.url);
  for (const width of [360, 390, 768, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${width}: ${over} pixels too wide`);
    // A section that is wider than the window is not seen to be: it is cut.
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("#board-table, #data-table")]
        .filter((table) => table.getBoundingClientRect().right > innerWidth)
        .filter((table) => getComputedStyle(table.closest(".frame")).overflowX === "visible")
        .map((table) => table.id),
    );
    assert.deepEqual(cut, [], `${width}`);
  }
  await close();
});

test("a link to a part brings it below the bar, however little was drawn before", async () => {
  const standing = (page, id) =>
    page.evaluate((id) => {
      const bar = document.querySelector(".scrubbers").getBoundingClientRect().bottom;
      const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
      const top = document.querySelector(`#${id} h2`).getBoundingClientRect().top;
      return top >= bar && (top <= bar + 60 || (atEnd && top < innerHeight)) ? "" : `${top}, ${bar}`;
    }, id);
  const parts = ["sources", "board", "table", "charts", "picture", "timeline"];
  for (const width of [1280, 390]) {
    const { page, faults, close } = await open(report.url, { width });
    for (const id of parts) {
      await page.evaluate(() => scrollTo(0, 0));
      await page.click(`.parts a[href="#${id}"]`);
      await settled(page);
      assert.equal(await standing(page, id), "", `${width}: ${id}`);
    }
    await page.evaluate(() => scrollTo(0, 0));
    await view(page, "charts");
    assert.equal(await standing(page, "charts"), "", "by its fragment");
    assert.deepEqual(faults, []);
    await close();
  }
  const { page, close } = await open(`${report.url}#table`);
  assert.equal(await standing(page, "table"), "", "opened with a fragment");
  // As a window of 1,280 by 900 pixels is at 400 %: the bar would take two thirds of it.
  await page.setViewportSize({ width: 320, height: 225 });
  await settled(page);
  await page.evaluate(() => document.querySelector("#charts").scrollIntoView());
  const bar = await page.locator(".scrubbers").boundingBox();
  assert.ok(bar.y + bar.height <= 0, "the bar has let go");
  await close();
});

test("names are told once: of buttons, of arrows, of a rank; and there is a way up", async () => {
  for (const language of ["en", "uz"]) {
    const { page, faults, close } = await open(
      makeReport(store, "--as-of", "2025-12-31", "--lang", language).url,
      { width: 390, height: 844 },
    );
    const names = await page.evaluate(() =>
      [...document.querySelectorAll(".scrubbers button, #board button")].map(
        (button) =>
          button
            .getAttribute("aria-labelledby")
            ?.split(" ")
            .map((id) => document.getElementById(id).textContent)
            .join(" ") ??
          button.getAttribute("aria-label") ??
          button.textContent.trim(),
      ),
    );
    assert.ok(names.length > 30, `${names.length} buttons`);
    assert.deepEqual(names.filter((name, i) => names.indexOf(name) !== i), []);
    // What the tree for readers of the screen has of the heads that sort: their words alone.
    const heads = await page.locator("#board-table thead").ariaSnapshot();
    assert.doesNotMatch(heads, /[↕▲▼]/);
    const told = await page.locator("#charts .bar-row").evaluateAll((rows) =>
      rows.map((row) => row.getAttribute("aria-label")),
    );
    for (const row of told) {
      const numbers = row.match(/\(.*?\)/g) ?? [];
      assert.equal(new Set(numbers).size, numbers.length, `a period is told once: ${row}`);
    }
    assert.doesNotMatch(await page.textContent("#charts"), /oʻrin.{0,80}oʻrin/s);

    const screens = await page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
    assert.ok(screens < 25, `${screens} screens on a telephone`);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.click("#to-top");
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.waitForSelector("#to-top", { state: "hidden" });
    assert.deepEqual(faults, []);
    await close();
  }
});
