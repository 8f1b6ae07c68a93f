// Sums over time, as bars that are stacked by group: at the end of each year, what was there by then.

import { chartSize, niceTicks, shortNumber } from "../parts/chart_parts.mjs";
import { civil, dayOf } from "../data/days.mjs";
import { firstDays, kUnrecorded, lookUp, stepsKnownBy } from "../data/data.mjs";
import { el, svg } from "../parts/dom.mjs";
import { groupsOf, kCount, sumOf, sumWords } from "../data/sums.mjs";
import { statusLabel } from "../parts/parts.mjs";
import { textWidth } from "../parts/text_width.mjs";
import { dayText, t } from "../data/words.mjs";

const kColoured = 6; // that have a colour of their own; the rest is one
const kMostYears = 24;
const kFew = 0.02; // of the rows
const kLeastBar = 14; // pixels from one bar to the next

/** The ends of years up to a day, the day itself the last: no more than `most`, evenly apart. */
export function yearEnds(first, last, most) {
  const [from, to] = [civil(first).year, civil(last).year];
  const step = Math.max(1, Math.ceil((to - from + 1) / most));
  const days = [];
  for (let year = to; year >= from; year -= step)
    days.unshift(year === to ? last : dayOf(year, 12, 31));
  return days;
}

/**
 * The first day on which more than a few of the rows are more than unrecorded, for a reader of a
 * day: a mine that is four hundred years older than all others would leave them no room.
 */
function firstDay(rows, knownBy) {
  const days = rows
    .map(({ subject }) =>
      [subject.status, subject.figures].flatMap((course) =>
        course?.grid.length ? firstDays(stepsKnownBy(course, knownBy)).filter(Number.isFinite) : [],
      ),
    )
    .filter((each) => each.length > 0)
    .map((each) => Math.min(...each))
    .sort((a, b) => a - b);
  return days[Math.floor(days.length * kFew)] ?? Infinity;
}

const kNoSum = { low: 0, high: 0, open: false, about: false };

const mayBe = (seen) => seen.status.possible.some((status) => status !== kUnrecorded);
const isSure = (seen) => seen.status.status !== kUnrecorded;

/** What is counted, or added up, of rows on one day. */
function summedOf(rows, { measure, unit }) {
  if (measure === kCount) return { ...kNoSum, low: rows.filter(isSure).length, high: rows.length };
  return sumOf(
    rows.flatMap((seen) => seen.figures.filter((f) => f.measure === measure && f.unit === unit)),
  );
}

/**
 * {names, bars: [{day, sums, total}]}: of each day the sum of each group, of `by` as the page stands
 * now, in the order of `names`; "" stands for what is not told, null for all further groups. A row is
 * on a day what it was then: its status and its numbers; what it is called stays.
 */
export function sumsOverTime(rows, by, what, days, knownBy) {
  const on = days.map((day) =>
    rows
      .map((seen) => ({
        ...seen,
        status: lookUp(seen.subject.status, day, knownBy),
        figures: lookUp(seen.subject.figures, day, knownBy) ?? [],
      }))
      .filter((seen) => seen.status && (what.measure !== kCount || mayBe(seen))),
  );
  // What may be there has no status yet that it could be counted under.
  const groupsOn = (day) =>
    groupsOf(what.measure === kCount && by === "status" ? day.filter(isSure) : day, by);
  // The largest by what is summed on the last day.
  const size = ([, group]) => {
    const { low, high } = summedOf(group, what);
    return Number.isFinite(low) ? low : Number.isFinite(high) ? high : 0;
  };
  const all = new Set(on.flatMap((day) => groupsOn(day).map(([name]) => name)));
  const last = new Map(groupsOn(on.at(-1) ?? []).map((group) => [group[0], size(group)]));
  const names = [...all].sort(
    (a, b) => (a === "") - (b === "") || (last.get(b) ?? 0) - (last.get(a) ?? 0),
  );
  const own = names.length > kColoured + 1 ? names.slice(0, kColoured) : names;
  const isOwn = new Set(own);
  const bars = days.map((day, i) => {
    const groups = groupsOn(on[i]);
    const found = new Map(groups);
    const rest = new Set(groups.filter(([name]) => !isOwn.has(name)).flatMap(([, group]) => group));
    const sums = own.map((name) => summedOf(found.get(name) ?? [], what));
    if (own.length < names.length) sums.push(summedOf([...rest], what));
    return { day, sums, total: summedOf(on[i], what) };
  });
  return { names: own.length < names.length ? [...own, null] : own, bars };
}

const sureHeight = ({ low }) => Math.max(0, Number.isFinite(low) ? low : 0);
const wordsOf = (sum) => (sum.low === 0 && sum.high === 0 ? "–" : sumWords(sum) || "–");

const nameWords = (by) => (name) => {
  if (name === null) return t("others");
  return (name && by === "status" ? statusLabel(name) : name) || t("not told");
};

/** The bars as a table: years down, groups across. */
function barsAsTable({ names, bars }, called, label) {
  const head = ["", ...names.map(called), t("together")];
  return el(
    "details",
    {},
    el("summary", {}, t("The same as a table")),
    el(
      "div",
      { class: "frame wide-table", tabindex: "0", role: "region", "aria-label": label },
      el(
        "table",
        { class: "sums-over-time" },
        el("thead", {}, el("tr", {}, head.map((text) => el("th", { scope: "col" }, text)))),
        el(
          "tbody",
          {},
          bars.map(({ day, sums, total }) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, dayText(day)),
              [...sums, total].map((sum) => el("td", {}, wordsOf(sum))),
            ),
          ),
        ),
      ),
    ),
  );
}

/**
 * [elements] of the chart. A bar is as high as what is sure; a line above it goes to what is possible,
 * an arrow where that has no end. `fill(i, name)` gives the class of a group.
 */
export function sumsChart(frame, rows, by, what, { last, knownBy, fill }) {
  const called = nameWords(by);
  const first = firstDay(rows, knownBy);
  if (!(first <= last)) return [];
  const { width } = chartSize(frame);
  const height = frame.paper ? 170 : 220;
  const [left, bottom, top] = [48, 24, 16];
  const most = Math.max(2, Math.min(kMostYears, Math.floor((width - left) / kLeastBar)));
  const told = sumsOverTime(rows, by, what, yearEnds(first, last, most), knownBy);
  const { names, bars } = told;
  const stack = ({ sums }) => sums.reduce((total, sum) => total + sureHeight(sum), 0);
  const whole = (bar) => Math.max(stack(bar), Number.isFinite(bar.total.high) ? bar.total.high : 0);
  const highest = Math.max(...bars.map(whole));
  if (highest === 0) return [];
  const step = (width - left - 6) / bars.length;
  const y = (n) => height - bottom - (n / highest) * (height - bottom - top);
  const label = `${what.label}: ${t("over time")}`;
  const root = svg("svg", { width, height, role: "img", "aria-label": label });
  const counts = what.measure === kCount;
  for (const n of niceTicks(highest, 4).filter((each) => !counts || Number.isInteger(each)))
    root.append(
      svg(
        "g",
        { class: "axis" },
        svg("line", { class: "grid", x1: left, x2: width - 6, y1: y(n), y2: y(n) }),
        svg("text", { x: left - 6, y: y(n) + 4, "text-anchor": "end" }, shortNumber(n)),
      ),
    );
  let free = -Infinity; // to the right of the last year that is written
  for (const [i, bar] of bars.entries()) {
    const x = left + i * step + step * 0.12;
    const wide = step * 0.76;
    const group = svg("g", { class: "sums-bar" });
    const lines = bar.sums
      .map((sum, k) => (sum.low === 0 && sum.high === 0 ? null : `${called(names[k])}: ${wordsOf(sum)}`))
      .filter(Boolean);
    group.append(
      svg("title", {}, [dayText(bar.day), ...lines, `${t("together")}: ${wordsOf(bar.total)}`].join("\n")),
    );
    let base = 0;
    for (const [k, sum] of bar.sums.entries()) {
      const n = sureHeight(sum);
      if (n === 0) continue;
      group.append(
        svg("rect", {
          class: `area ${fill(k, names[k])}`,
          x: x.toFixed(1),
          width: wide.toFixed(1),
          y: y(base + n).toFixed(1),
          height: (y(base) - y(base + n)).toFixed(1),
        }),
      );
      base += n;
    }
    const middle = (x + wide / 2).toFixed(1);
    const { high } = bar.total;
    if (high === Infinity)
      group.append(
        svg("path", { class: "beyond", d: `M${middle} ${(y(base) - 2).toFixed(1)}v-10m-4 4l4-4l4 4` }),
      );
    else if (high > base)
      group.append(
        svg("path", {
          class: "beyond",
          d: `M${middle} ${(y(base) - 2).toFixed(1)}V${y(high).toFixed(1)}m-4 0h8`,
        }),
      );
    root.append(group);
    const year = String(civil(bar.day).year);
    const half = (textWidth(year) * 1.06) / 2;
    const at = Math.min(x + wide / 2, width - half - 2);
    if (at - half < free + 6) continue;
    root.append(svg("text", { class: "axis-words", x: at, y: height - 8, "text-anchor": "middle" }, year));
    free = at + half;
  }
  return [
    el("p", { class: "chart-name" }, label),
    root,
    el(
      "p",
      { class: "key" },
      names.map((name, k) =>
        el(
          "span",
          {},
          el("span", { class: `swatch ${fill(k, name, true)}`, "aria-hidden": "true" }),
          called(name),
        ),
      ),
    ),
    by === "sector" ? el("p", { class: "facts" }, t("What has several sectors stands in each of them.")) : null,
    el(
      "p",
      { class: "facts" },
      t("At the end of each year shown, and on {day}: bars are what is sure, lines above them what is possible.", {
        day: dayText(last),
      }),
    ),
    barsAsTable(told, called, label),
  ];
}
