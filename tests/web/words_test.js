// Every word that the script says of its own accord comes with the page, in every language.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { civil, isoDay, parseDay, typedDay } from "../../tools/report/html/page/data/days.mjs";
import { languages, makeReport, makeStore } from "./support.js";

const modules = new URL("../../tools/report/html/page/", import.meta.url);
const source = readdirSync(modules, { recursive: true })
  .filter((name) => name.endsWith(".mjs"))
  .map((name) => readFileSync(new URL(name, modules), "utf8"))
  .join("\n");

test("no word is missing or left in English", () => {
  const store = makeStore("words");
  const words = (language) =>
    JSON.parse(
      readFileSync(
        makeReport(store, "--lang", language, "--as-of", "2025-12-31").file,
        "utf8",
      ).match(/<script type="application\/json" id="words">(.*?)<\/script>/s)[1],
    );
  const english = words("en");
  for (const [, word] of source.matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g))
    assert.ok(word in english, word);
  for (const [, word] of source.matchAll(/\bmany\(\s*"((?:[^"\\]|\\.)*)"/g))
    assert.ok(english[word]?.other, word);
  for (const language of languages.filter((each) => each !== "en")) {
    const local = words(language);
    assert.deepEqual(Object.keys(local), Object.keys(english));
    for (const [key, word] of Object.entries(local)) {
      if (key === "months" || key === "numbers" || key === "noun") continue;
      assert.notDeepEqual(word, english[key], `${language}: ${key}`);
      for (const text of typeof word === "string" ? [word] : Object.values(word))
        assert.deepEqual(
          (text.match(/\{\w*\}/g) ?? []).sort(),
          (key.match(/\{\w*\}/g) ?? []).sort(),
          `${language}: ${text}`,
        );
    }
  }
});

test("Russian counts as Russian does", () => {
  const file = readFileSync(
    makeReport(makeStore("plurals"), "--lang", "ru", "--as-of", "2025-12-31").file,
    "utf8",
  );
  const parks = JSON.parse(file.match(/id="words">(.*?)<\/script>/s)[1]).noun;
  assert.deepEqual(parks, {
    one: "{n} парк",
    few: "{n} парка",
    many: "{n} парков",
    other: "{n} парков",
  });
});

test("days are counted right", () => {
  assert.equal(parseDay("1970-01-01"), 0);
  for (let day = -800000; day < 3000000; day += 9973) assert.equal(parseDay(isoDay(day)), day);
  assert.deepEqual(civil(parseDay("2024-02-29")), { year: 2024, month: 2, day: 29 });
  assert.equal(isoDay(typedDay("2024-02")), "2024-02-29");
  assert.equal(isoDay(typedDay("2022")), "2022-12-31");
  assert.equal(typedDay("2023-02-29"), null);
  const months = { march: 3, noyabr: 11, декабря: 12 };
  const typed = (text) => typedDay(text, (word) => months[word.toLowerCase()] ?? 0);
  for (const [text, day] of [
    ["15.03.2022", "2022-03-15"],
    ["5.3.2022", "2022-03-05"],
    ["03.2022", "2022-03-31"],
    ["15 March 2022", "2022-03-15"],
    ["March 15th, 2022", "2022-03-15"],
    ["2025-yil 12-noyabr", "2025-11-12"],
    ["31 декабря 2025 года", "2025-12-31"],
    ["декабря 2025", "2025-12-31"],
  ])
    assert.equal(isoDay(typed(text)), day, text);
  for (const text of ["yesterday", "15.13.2022", "31 march", "march 2022 2023", "1 2 march 2022", "x 2022"])
    assert.equal(typed(text), null, text);
});
