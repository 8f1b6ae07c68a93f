// What subjects are called together, in the store's own words (kinds.toml).

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { makeReport, makeStore, open } from "./support.js";

const opened = (subject) => ({
  specversion: "1.0",
  id: `${subject}-opened`,
  source: "urn:test:kinds",
  type: "solnoma.opened",
  subject,
  known: "2020-12-31",
  occurred: "2020",
  data: { title: { en: "Opening" }, modality: "actual" },
});
const subjects = Array.from({ length: 21 }, (_, i) => `reactor/r${i + 1}`);
const store = makeStore(
  "kinds",
  [...subjects, "greenhouse/g1", "park/p1"].map((each) => JSON.stringify(opened(each))).join("\n"),
);

const kWords = `
[reactor.en]
head = "Reactor"
one = "{n} reactor"
other = "{n} reactors"
[reactor.ru]
head = "Реактор"
one = "{n} реактор"
few = "{n} реактора"
many = "{n} реакторов"
[reactor.uz]
head = "Reaktor"
one = "{n} ta reaktor"
other = "{n} ta reaktor"
[greenhouse.ru]
head = "Теплица"
one = "{n} теплица"
few = "{n} теплицы"
many = "{n} теплиц"
[park.en]
head = "Science park"
one = "{n} science park"
other = "{n} science parks"
`;
const say = (text) => writeFileSync(`${store}/kinds.toml`, text);

/** Head and count of the board of a report of these subjects. */
async function called(chosen, language) {
  const { url } = makeReport(store, ...chosen, "--as-of", "2024-12-31", "--lang", language);
  const { page, faults, close } = await open(url);
  const head = await page.locator("#board-table th[data-sort]").first().innerText();
  const count = await page.textContent("#board-count");
  assert.deepEqual(faults, []);
  await close();
  return [head, count];
}

test("a kind has the store's words, in the form that goes with the number", async () => {
  say(kWords);
  for (const [language, head, ...counts] of [
    ["en", "Reactor", "1 reactor", "2 reactors", "5 reactors", "21 reactors"],
    ["ru", "Реактор", "1 реактор", "2 реактора", "5 реакторов", "21 реактор"],
    ["uz", "Reaktor", "1 ta reaktor", "2 ta reaktor", "5 ta reaktor", "21 ta reaktor"],
  ])
    for (const [i, n] of [1, 2, 5, 21].entries())
      assert.deepEqual(await called(subjects.slice(0, n), language), [head, counts[i]]);
});

test("the store's words stand before the program's; a language without any has the program's", async () => {
  say(kWords);
  assert.deepEqual(await called(["park/p1"], "en"), ["Science park", "1 science park"]);
  assert.deepEqual(await called(["park/p1"], "ru"), ["Парк", "1 парк"]);
  assert.deepEqual(await called(["greenhouse/g1"], "ru"), ["Теплица", "1 теплица"]);
  assert.deepEqual(await called(["greenhouse/g1"], "en"), ["Subject", "1 subject"]);
  assert.deepEqual(await called(["greenhouse/g1", "park/p1"], "en"), ["Subject", "2 subjects"]);
});

test("words that are markup stay words", async () => {
  say(`[reactor.en]\nhead = "<b>R</b>"\none = "{n} </script><i>r"\nother = "{n} rs"\n`);
  assert.deepEqual(await called(["reactor/r1"], "en"), ["<b>R</b>", "1 </script><i>r"]);
});

test("a mistake in the file is told with its line and what to do, and text needs no words", () => {
  for (const [text, told] of [
    ["[reactor.en]\nhead = \"R\"\none = \"{n} r\"\n", /reactor\.en: 'other' is missing, in .*kinds\.toml:1; say all of head, one, other/],
    ["\n[reactor.de]\n", /reactor: 'de' is not known here, in .*kinds\.toml:2; use one of en, ru, uz\b/],
    ["[reactor.ru]\nhead = \"Р\"\nfew = \"{n} р\"\nmani = \"{n} р\"\n", /reactor\.ru: 'mani' is not known here, in .*kinds\.toml:4; did you mean 'many'\?/],
    ["[reactor.en]\none = \"reactor\"\n", /reactor\.en\.one: it does not say where the number stands, in .*:2; write it as in "\{n\} reactor"/],
    ["[reactor.en]\nhead = 5\n", /reactor\.en\.head: it must be a text, in .*:2; write a word in quotes/],
    ["reactor = \"r\"\n", /reactor: it must be a table, in .*:1; write the words of a language under \[reactor\.en\]/],
    ["[Reactor.en]\n", /no kind is called 'Reactor', in .*:1; write it as it is recorded/],
    ["[reactor.en\n", /it is not TOML/],
  ]) {
    say(text);
    const run = (format) =>
      execFileSync(process.env.SOLNOMA_PROGRAM, ["--store", store, "report", "--format", format], { stdio: "pipe", encoding: "utf8" });
    assert.throws(() => run("html"), (error) => told.test(error.stderr) || assert.fail(error.stderr));
    assert.match(run("text"), /reactor\/r1/);
  }
});
