// Sums of those that pass the filters, by country, region, partner, sector or status: how many
// there are, how far they have come, and their numbers with all bounds; as a table and over time.

import { el, place } from "../parts/dom.mjs";
import { Kept } from "../parts/lists.mjs";
import { measureLabel, statusLabel } from "../parts/parts.mjs";
import { groupsOf, kBy, kCount, summable, sumOf, sumWords, unitOf } from "../data/sums.mjs";
import { sumsChart } from "./sums_chart.mjs";
import { grouped, t } from "../data/words.mjs";

const kMostGroups = 40;

const kLabels = {
  country: () => t("Country"),
  region: () => t("Region"),
  partner: () => t("Partner"),
  sector: () => t("Sectors"),
  status: () => t("Status"),
};

export function makeSums(app) {
  const choose = el("select", {
    id: "sums-by",
    onchange: () => app.change({ sums: choose.value }),
  });
  const table = el("table", { id: "sums-table" });
  const rest = el("p", { class: "facts" });
  const what = el("select", {
    id: "sums-of",
    onchange: () => app.change({ summed: what.value }),
  });
  const chart = el("div", { id: "sums-chart" });
  const kept = new Kept();
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
    el("p", { class: "filters" }, el("label", { for: "sums-of" }, t("over time"), what)),
    chart,
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
      el("th", { scope: "row" }, name),
      el("td", {}, grouped(String(rows.length))),
      el("td", {}, ...bar(rows)),
      measures.map(([measure, unit]) => el("td", {}, number(rows, measure, unit))),
    );

  const head = (rows, [measure, unit]) =>
    [measureLabel(measure), unitOf(rows, measure, unit)].filter(Boolean).join(", ");

  const drawTable = (rows, by, groups, measures) => {
    const name = (each) => (each && by === "status" ? statusLabel(each) : each) || t("not told");
    table.replaceChildren(
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          [kLabels[by](), "№", t("Status"), ...measures.map((each) => head(rows, each))].map((words) =>
            el("th", { scope: "col" }, words),
          ),
        ),
      ),
      el(
        "tbody",
        {},
        groups.slice(0, kMostGroups).map(([each, of]) => line(name(each), of, measures)),
        line(t("together"), rows, measures),
      ),
    );
    const more = groups.length - kMostGroups;
    rest.hidden = more <= 0;
    rest.textContent = t("and {n} more", { n: grouped(String(Math.max(0, more))) });
  };

  /** Statuses have their own colours; all else has those of its place. */
  const fillBy = (by) => (i, name, swatch) =>
    by === "status" && name ? `${swatch ? "st" : "fill"}-${name}` : `${swatch ? "of-group" : "group"}-${i}`;

  const drawChart = (rows, by, measures, frame) => {
    const kinds = [[kCount, ""], ...measures];
    const keyOf = ([measure, unit]) => `${measure} ${unit}`.trim();
    const chosen = kinds.find((kind) => keyOf(kind) === app.state.summed) ?? kinds[0];
    const words = (kind) => (kind[0] === kCount ? t("number") : head(rows, kind));
    what.replaceChildren(
      ...kinds.map((kind) => el("option", { value: keyOf(kind) }, words(kind))),
    );
    what.value = keyOf(chosen);
    const last = Math.max(app.start.asOf, app.state.asOf);
    const { knownBy } = app.state;
    const needs = [frame.clientWidth, frame.paper, by, keyOf(chosen), last, knownBy];
    const shown = kept.get(
      "chart",
      [...needs, rows.map((seen) => seen.subject.index).join()],
      () =>
        el(
          "div",
          {},
          sumsChart(
            frame,
            rows,
            by,
            { measure: chosen[0], unit: chosen[1], label: `${kLabels[by]()}: ${words(chosen)}` },
            { last, knownBy, fill: fillBy(by) },
          ),
        ),
    );
    if (chart.firstChild !== shown) chart.replaceChildren(shown);
  };

  return {
    node,
    draw(frame) {
      const rows = app.rows.filter((seen) => seen.subject.hasStatus && seen.seen);
      node.hidden = rows.length === 0;
      if (node.hidden) return;
      const by = kBy[app.state.sums] ? app.state.sums : usual(rows);
      choose.value = by;
      const measures = summable(rows);
      drawTable(rows, by, groupsOf(rows, by), measures);
      drawChart(rows, by, measures, frame);
    },
  };
}
