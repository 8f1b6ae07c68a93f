// Sums of those that pass the filters, by country, region, partner, sector or status: how many
// there are, how far they have come, and their numbers with all bounds.

import { el, place } from "../parts/dom.mjs";
import { measureLabel, statusLabel } from "../parts/parts.mjs";
import { grouped, t } from "../data/words.mjs";

const kMostGroups = 40;
const kMostMeasures = 3;

const kBy = {
  country: (seen) => [seen.described?.countryName],
  region: (seen) => [seen.region],
  partner: (seen) => [seen.partner],
  sector: (seen) => (seen.sectors.length ? seen.sectors : [""]),
  status: (seen) => [statusLabel(seen.status.status)],
};

const kLabels = {
  country: () => t("Country"),
  region: () => t("Region"),
  partner: () => t("Partner"),
  sector: () => t("Sectors"),
  status: () => t("Status"),
};

/** The least and the most that a number leaves open; whether these belong to it; whether it is about. */
function rangeOf({ bound, value, upper, excluded = [] }) {
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
    default:
      return { low: n, high: n, open: false, about: bound === "about" };
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

/** "more than 150.5", "between 10 and 12", "about 7"; nothing where both ends are open. */
export function sumWords({ low, high, open, about }) {
  const number = (n) => grouped(String(Math.round(n * 1e6) / 1e6));
  const bound = (words, n) => t(words, { "": number(n) });
  if (low === -Infinity && high === Infinity) return "";
  if (high === Infinity) return bound(open ? "more than {}" : "at least {}", low);
  if (low === -Infinity) return bound(open ? "less than {}" : "at most {}", high);
  if (low !== high) return t("between {low} and {high}", { low: number(low), high: number(high) });
  return about ? bound("about {}", low) : number(low);
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

/** [measure, unit] that most of the rows have; of ranks and percents there is no sum. */
function summable(rows) {
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

export function makeSums(app) {
  const choose = el("select", {
    id: "sums-by",
    onchange: () => app.change({ sums: choose.value }),
  });
  const table = el("table", { id: "sums-table" });
  const rest = el("p", { class: "facts" });
  const node = el(
    "figure",
    {},
    el("figcaption", {}, t("Sums")),
    el("p", { class: "filters" }, el("label", { for: "sums-by" }, t("by"), choose)),
    el(
      "div",
      { class: "frame wide-table", tabindex: "0", role: "region", "aria-label": t("Sums") },
      table,
    ),
    rest,
  );
  choose.append(...Object.keys(kBy).map((by) => el("option", { value: by }, kLabels[by]())));

  /** What tells most of them apart: countries where there are several. */
  const usual = (rows) => (groupsOf(rows, "country").length > 1 ? "country" : "region");

  const bar = (rows) => {
    const counts = new Map();
    for (const { status } of rows) counts.set(status.status, (counts.get(status.status) ?? 0) + 1);
    const present = app.data.statuses.map((s) => s.status).filter((s) => counts.has(s));
    return [
      el(
        "div",
        { class: "bar", "aria-hidden": "true" },
        present.map((s) =>
          place(el("span", { class: `st-${s}` }), { "flex-grow": String(counts.get(s)) }),
        ),
      ),
      el(
        "span",
        { class: "facts" },
        present.map((s) => `${statusLabel(s)} ${grouped(String(counts.get(s)))}`).join(", "),
      ),
    ];
  };

  const number = (rows, measure, unit) => {
    const figures = rows.flatMap((seen) =>
      seen.figures.filter((f) => f.measure === measure && f.unit === unit),
    );
    const having = rows.filter((seen) =>
      seen.figures.some((f) => f.measure === measure && f.unit === unit),
    ).length;
    if (having === 0) return [el("span", { class: "none" }, "–")];
    const told = t("{shown} of {all}", {
      shown: grouped(String(having)),
      all: grouped(String(rows.length)),
    });
    return [
      el("span", { class: "sum" }, sumWords(sumOf(figures)) || "–"),
      having < rows.length ? el("span", { class: "facts" }, ` (${told})`) : null,
    ];
  };

  const line = (name, rows, measures) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name || t("not told")),
      el("td", {}, grouped(String(rows.length))),
      el("td", {}, ...bar(rows)),
      measures.map(([measure, unit]) => el("td", {}, number(rows, measure, unit))),
    );

  return {
    node,
    draw() {
      const rows = app.rows.filter((seen) => seen.subject.hasStatus && seen.seen);
      node.hidden = rows.length === 0;
      if (node.hidden) return;
      const by = kBy[app.state.sums] ? app.state.sums : usual(rows);
      choose.value = by;
      const groups = groupsOf(rows, by);
      const measures = summable(rows);
      const head = ([measure, unit]) =>
        unit === measure || /^[a-z]/.test(unit) ? measureLabel(measure) : `${measureLabel(measure)}, ${unit}`;
      table.replaceChildren(
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            [kLabels[by](), "№", t("Status"), ...measures.map(head)].map((words) =>
              el("th", { scope: "col" }, words),
            ),
          ),
        ),
        el(
          "tbody",
          {},
          groups.slice(0, kMostGroups).map(([name, each]) => line(name, each, measures)),
          line(t("together"), rows, measures),
        ),
      );
      const more = groups.length - kMostGroups;
      rest.hidden = more <= 0;
      rest.textContent = t("and {n} more", { n: grouped(String(Math.max(0, more))) });
    },
  };
}
