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

/** many("{n} events", 3): the form that the language wants after that number. */
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

const kLeastLetters = 3; // that tell a month

/** The months as they may be typed: in the language of the report, and in English. */
function monthForms(month) {
  const forms = [words.months.inDate[month], words.months.brief[month]];
  for (const language of [document.documentElement.lang, "en"])
    forms.push(
      new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(
        Date.UTC(2024, month, 15),
      ),
    );
  return forms.map((form) => form.toLowerCase().replace(/\.$/, ""));
}

const commonLetters = (a, b) => {
  let n = 0;
  while (n < a.length && a[n] === b[n]) ++n;
  return n;
};

/** 1 to 12 of a month's name in any case or form, "декабрь" or "дек"; 0: none. */
export function monthOf(word) {
  const typed = word.toLowerCase();
  const likeness = (form) =>
    form === typed ? Infinity : Math.min(commonLetters(typed, form), typed.length + 1);
  const found = Array.from({ length: 12 }, (_, month) =>
    Math.max(...monthForms(month).map(likeness)),
  );
  const most = Math.max(...found);
  // All but an ending must be alike: "decidedly" is no month.
  return most >= kLeastLetters && (most === Infinity || typed.length - most <= 2)
    ? found.indexOf(most) + 1
    : 0;
}

/** "Nov", for axes. */
export function shortMonth(month) {
  return words.months.brief[month - 1];
}
