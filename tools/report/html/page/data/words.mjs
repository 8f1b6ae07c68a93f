// The page's own words, in the language of the report. They come with the data: the key is
// the English text, the value its translation, or one for each plural category.

import { civil } from "./days.mjs";

let words = {};
let plurals = new Intl.PluralRules("en");

export function useWords(given, language) {
  words = given;
  try {
    plurals = new Intl.PluralRules(language);
  } catch {
    plurals = new Intl.PluralRules("en");
  }
}

function put(pattern, values) {
  return pattern.replace(/\{(\w*)\}/g, (whole, name) =>
    name in values ? String(values[name]) : whole,
  );
}

/** t("known by {day}", {day: "…"}). */
export function t(english, values) {
  const word = words[english];
  const text = typeof word === "string" ? word : english;
  return values ? put(text, values) : text;
}

/** many("{n} parks", 3): the form that the language wants after that number. */
export function many(english, n) {
  const forms = words[english] ?? {};
  const number = grouped(String(n));
  return put(forms[plurals.select(Math.abs(n))] ?? forms.other ?? english, {
    n: number,
    "": number,
  });
}

/** "60000000" as "60 000 000", with the language's marks. */
export function grouped(decimal) {
  const { thousands, fraction } = words.numbers;
  const [whole, rest] = decimal.replace("-", "").split(".");
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, thousands) : whole;
  return (decimal.startsWith("-") ? "−" : "") + spaced + (rest ? fraction + rest : "");
}

/** "12 November 2025". */
export function dayText(day) {
  const { year, month, day: d } = civil(day);
  return t("{day} {month} {year}", { day: d, month: words.months.inDate[month - 1], year });
}

/** "Nov", for axes. */
export function shortMonth(month) {
  return words.months.brief[month - 1];
}
