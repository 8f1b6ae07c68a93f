// What is summed, and how: groups of subjects, and numbers with all their bounds.

import { grouped, t } from "./words.mjs";

/** Stands for a measure where subjects are counted. */
export const kCount = "";

const kMostMeasures = 3;

/** What a subject is grouped by; "", or nothing, is what is not told. */
export const kBy = {
  country: (seen) => [seen.described?.countryName],
  region: (seen) => [seen.region],
  partner: (seen) => [seen.partner],
  sector: (seen) => (seen.sectors.length ? seen.sectors : [""]),
  status: (seen) => [seen.status.status],
};

/** The least and the most that a number leaves open; whether these belong to it; whether it is about. */
function rangeOf({ bound, value, upper = value, excluded = [], open: beyond }) {
  const n = Number(value);
  switch (bound) {
    case "more-than":
    case "slightly-more-than":
      return { low: n, high: Infinity, open: true, about: false };
    case "at-least":
      return { low: n, high: Infinity, open: false, about: false };
    case "less-than":
      return { low: -Infinity, high: n, open: true, about: false };
    case "at-most":
      return { low: -Infinity, high: n, open: false, about: false };
    case "between":
      return { low: n, high: Number(upper), open: excluded.length > 0, about: false };
    case "about":
      return {
        low: beyond === "below" ? -Infinity : n,
        high: beyond === "above" ? Infinity : Number(upper),
        open: false,
        about: true,
      };
    default:
      return { low: n, high: n, open: false, about: false };
  }
}

/** The sum of numbers with bounds: what all of them leave open. */
export function sumOf(figures) {
  const sum = { low: 0, high: 0, open: false, about: false };
  for (const figure of figures) {
    const { low, high, open, about } = rangeOf(figure);
    sum.low += low;
    sum.high += high;
    sum.open ||= open;
    sum.about ||= about;
  }
  return sum;
}

/** "more than 150.5", "between 10 and 12", "about 7, or more"; nothing where both ends are open. */
export function sumWords({ low, high, open, about }) {
  const number = (n) => grouped(String(Math.round(n * 1e6) / 1e6));
  const bound = (words, n) => t(words, { "": number(n) });
  if (low === -Infinity && high === Infinity) return "";
  const nearly = (n) => bound("about {}", n);
  if (high === Infinity)
    return about
      ? t("{}, or more", { "": nearly(low) })
      : bound(open ? "more than {}" : "at least {}", low);
  if (low === -Infinity)
    return about
      ? t("{}, or less", { "": nearly(high) })
      : bound(open ? "less than {}" : "at most {}", high);
  if (low !== high)
    return t(about ? "about {low} to {high}" : "between {low} and {high}", {
      low: number(low),
      high: number(high),
    });
  return about ? nearly(low) : number(low);
}

/** [name, rows] of each group, the largest first; what is not told of last. */
export function groupsOf(rows, by) {
  const groups = new Map();
  for (const seen of rows)
    for (const name of new Set(kBy[by](seen).map((each) => each ?? ""))) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(seen);
    }
  return [...groups].sort(
    ([a, x], [b, y]) => (a === "") - (b === "") || y.length - x.length || a.localeCompare(b),
  );
}

/** The unit of a sum where it is shown: a currency, or a word that the report's numbers have. */
export function unitOf(rows, measure, unit) {
  if (unit === measure) return "";
  if (/^[A-Z]{3}$/.test(unit)) return unit;
  for (const seen of rows)
    for (const figure of seen.figures)
      if (figure.measure === measure && figure.unit === unit)
        return figure.text.includes(unit) ? unit : "";
  return "";
}

/** [measure, unit] that most of the rows have; of ranks and percents there is no sum. */
export function summable(rows) {
  const counts = new Map();
  for (const seen of rows)
    for (const key of new Set(seen.figures.map((f) => `${f.measure}\n${f.unit}`)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, n]) => [...key.split("\n"), n])
    .filter(([, unit]) => unit !== "rank" && unit !== "percent")
    .sort((a, b) => b[2] - a[2])
    .slice(0, kMostMeasures);
}

