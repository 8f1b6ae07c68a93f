// Charts of what is to be seen from the vantage. Bounds are drawn as what they are: a number
// that is "more than" has an open end.

import { byId, el, svg } from "./dom.mjs";
import { measureLabel, stateLabel, statusLabel, swatch, typeLabel } from "./parts.mjs";
import { drawAxis } from "./timeline.mjs";
import { lens } from "./scale.mjs";
import { Kept } from "./lists.mjs";
import { statusOverTime } from "./view.mjs";
import { grouped, many, t } from "./words.mjs";

const kTwoFrom = 1000; // pixels from which figures stand side by side
const kBetween = 40;
const kMost = 24; // bars of a chart; the rest is counted

const name = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function sizes(frame) {
  const width = Math.max(260, frame.clientWidth);
  return { width, narrow: width < 480 };
}

function shortNumber(n) {
  const scale = [
    [1e9, "{n} bn"],
    [1e6, "{n} m"],
    [1e4, "{n} k"],
  ].find(([by]) => Math.abs(n) >= by);
  const round = (x) => grouped(String(Math.round(x * 10) / 10));
  return scale ? t(scale[1], { n: round(n / (scale[0] === 1e4 ? 1e3 : scale[0])) }) : round(n);
}

function niceTicks(most, count) {
  const raw = most / count;
  const power = 10 ** Math.floor(Math.log10(raw || 1));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? power * 10;
  const found = [];
  for (let v = 0; v <= most * 1.0001; v += step) found.push(v);
  return found;
}

/** Parks by status over time, as stacked steps. */
function statusChart(app, frame) {
  const { width } = sizes(frame);
  const height = 250;
  const [left, bottom, top] = [34, 24, 10];
  const parks = app.rows.filter((s) => s.subject.hasStatus).map((s) => s.subject);
  const course = statusOverTime(parks, app.state.knownBy);
  const view = lens(app.scale, app.scale.from, app.scale.to, width - left - 6);
  const y = (n) => height - bottom - (n / Math.max(1, parks.length)) * (height - bottom - top);
  const root = svg("svg", {
    width,
    height,
    role: "img",
    "aria-label": t("Parks by status over time"),
  });
  const order = app.data.statuses.map((s) => s.status).filter((s) => s !== "unrecorded");
  const base = new Array(course.length).fill(0);
  for (const status of order) {
    const above = [];
    const below = [];
    for (const [i, { from, counts }] of course.entries()) {
      const n = counts.get(status) ?? 0;
      const x0 = left + Math.max(0, view.x(Math.max(-1e7, from)));
      const x1 =
        left +
        (i + 1 < course.length
          ? Math.min(view.pixels, Math.max(0, view.x(course[i + 1].from)))
          : view.pixels);
      above.push(`${x0.toFixed(1)} ${y(base[i] + n).toFixed(1)}H${x1.toFixed(1)}`);
      below.unshift(`${x1.toFixed(1)} ${y(base[i]).toFixed(1)}H${x0.toFixed(1)}`);
      base[i] += n;
    }
    if (course.some((c) => (c.counts.get(status) ?? 0) > 0))
      root.append(
        svg(
          "path",
          { class: `area fill-${status}`, d: `M${[...above, ...below].join("L")}Z` },
          svg("title", {}, statusLabel(status)),
        ),
      );
  }
  for (const n of niceTicks(Math.max(1, parks.length), 4).filter(Number.isInteger))
    root.append(
      svg(
        "g",
        { class: "axis" },
        svg("line", { class: "grid", x1: left, x2: width - 6, y1: y(n), y2: y(n) }),
        svg("text", { x: left - 6, y: y(n) + 4, "text-anchor": "end" }, grouped(String(n))),
      ),
    );
  root.append(
    svg("g", { transform: `translate(${left} ${height - bottom})` }, drawAxis(view, 5, 18)),
  );
  root.append(svg("line", { class: "as-of-line", y1: top, y2: height - bottom }));
  const present = order.filter((s) => course.some((c) => (c.counts.get(s) ?? 0) > 0));
  const move = (day) => {
    const x = left + Math.min(view.pixels, Math.max(0, view.x(day)));
    const line = root.querySelector(".as-of-line");
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
  };
  return {
    move,
    parts: [
      root,
      el(
        "p",
        { class: "key" },
        present.map((s) => el("span", {}, swatch(s), statusLabel(s))),
      ),
    ],
  };
}

/** Words behind a mark; where there is no room they end at the edge, over the mark. */
function besides(x, y, words, width) {
  const room = x + words.length * 6.6 <= width;
  return svg(
    "text",
    { class: "bar-value", y, x: room ? x : width - 4, "text-anchor": room ? "start" : "end" },
    words,
  );
}

/** One bar of a number with its bound, from zero at `x0`: [elements]. */
function boundedBar(bound, x0, x, y, height, planned, end) {
  const cls = `bar-mark${planned ? " planned" : ""}`;
  const bar = (a, b) =>
    svg("rect", { class: cls, x: a.toFixed(1), y, width: Math.max(1, b - a).toFixed(1), height });
  const middle = y + height / 2;
  switch (bound) {
    case "more-than":
    case "slightly-more-than": {
      const reach = Math.min(end, x + (bound === "more-than" ? 26 : 12));
      return [
        bar(x0, x),
        svg("path", { class: "open-end", d: `M${x + 1} ${middle}H${reach}m-5-4l5 4l-5 4` }),
      ];
    }
    case "less-than":
      return [
        svg("rect", {
          class: `${cls} under`,
          x: x0.toFixed(1),
          y,
          width: Math.max(1, x - x0).toFixed(1),
          height,
        }),
        svg("path", {
          class: "open-end",
          d: `M${x} ${y - 1}v${height + 2}M${x - 2} ${middle}h-12m5-4l-5 4l5 4`,
        }),
      ];
    case "about":
      return [
        bar(x0, x),
        svg("path", { class: "open-end", d: `M${x} ${middle}m-6 0q3-5 6 0t6 0` }),
      ];
    default:
      return [bar(x0, x)];
  }
}

function bars(app, frame, rows, label) {
  const { width, narrow } = sizes(frame);
  const left = narrow ? 8 : 240;
  const row = narrow ? 44 : 30;
  const shown = rows.slice(0, kMost);
  const height = shown.length * row + 26;
  const most = Math.max(...shown.map((r) => r.value), 1);
  const right = width - (narrow ? 90 : 160);
  const x = (v) => left + (Math.max(0, v) / most) * (right - left);
  const root = svg("svg", { width, height, role: "group", "aria-label": label });
  for (const v of niceTicks(most, narrow ? 3 : 5))
    root.append(
      svg(
        "g",
        { class: "axis" },
        svg("line", { class: "grid", x1: x(v), x2: x(v), y1: 0, y2: height - 20 }),
        svg(
          "text",
          { x: x(v), y: height - 5, "text-anchor": v === 0 ? "start" : "middle" },
          shortNumber(v),
        ),
      ),
    );
  for (const [i, r] of shown.entries()) {
    const y = i * row + (narrow ? 20 : 7);
    const shortName = name(r.name, narrow ? 44 : 36);
    const mark = svg(
      "g",
      {
        class: "bar-row",
        role: "button",
        tabindex: "0",
        "aria-label": `${shortName} ${r.short}. ${r.name}: ${r.text}`,
        "data-key": `bar:${r.place}`,
        onclick: () => app.why(r.place),
        onkeydown: (event) =>
          (event.key === "Enter" || event.key === " ") &&
          (event.preventDefault(), app.why(r.place)),
      },
      svg("rect", { class: "hit", x: 0, y: i * row, width, height: row }),
      svg(
        "text",
        {
          class: "bar-name",
          x: narrow ? left : left - 10,
          y: narrow ? y - 5 : y + 12,
          "text-anchor": narrow ? "start" : "end",
        },
        `${shortName} `,
      ),
      boundedBar(r.bound, left, x(r.value), y, 15, r.planned, width - 4),
      besides(x(r.value) + (r.bound === "exact" ? 8 : 34), y + 12, r.short, width),
    );
    root.append(mark);
  }
  const parts = [root];
  if (rows.length > shown.length)
    parts.push(
      el("p", { class: "facts" }, many("and {n} more subjects", rows.length - shown.length)),
    );
  return parts;
}

function boundWords(value, bound) {
  const patterns = {
    "more-than": "more than {}",
    "slightly-more-than": "slightly more than {}",
    "less-than": "less than {}",
    about: "about {}",
  };
  return patterns[bound] ? t(patterns[bound], { "": value }) : value;
}

/** Reported numbers of one measure, and planned ones as hollow bars. */
function measureRows(app, measure) {
  const rows = [];
  for (const seen of app.rows.filter((s) => s.subject.hasStatus)) {
    const id = seen.subject.subject;
    for (const f of seen.figures.filter((f) => f.measure === measure))
      rows.push({
        name: seen.name,
        place: `${id}:${measure}`,
        value: Number(f.value),
        bound: f.bound,
        text: f.text,
        short: boundWords(shortNumber(Number(f.value)), f.bound),
        planned: false,
      });
    for (const plan of seen.plans.filter((p) => p.state === "pending" || p.state === "overdue")) {
      const event = seen.subject.events[plan.event];
      for (const q of event.quantities.filter((q) => q.measure === measure))
        rows.push({
          name: seen.name,
          place: `${id}@${plan.event}`,
          value: Number(q.value),
          bound: q.bound,
          text: `${t("plan")}: ${q.text}`,
          short: `${t("plan")}: ${boundWords(shortNumber(Number(q.value)), q.bound)}`,
          planned: true,
        });
    }
  }
  return rows.sort((a, b) => b.value - a.value);
}

/** What is known of the slippage of plans: met ones, and overdue ones so far. */
function slippageRows(app) {
  const rows = [];
  for (const seen of app.rows)
    for (const plan of seen.plans) {
      const place = `${seen.subject.subject}:plans`;
      const row = { place, name: `${seen.name}: ${typeLabel(plan.type)}`, plan };
      if (
        plan.state === "met" &&
        plan.slippage &&
        (plan.slippage.least !== null || plan.slippage.most !== null)
      )
        rows.push({
          ...row,
          least: plan.slippage.least,
          most: plan.slippage.most,
          words: plan.text,
        });
      else if (plan.state === "overdue") {
        const days = app.state.asOf - seen.subject.events[plan.event].hi;
        rows.push({
          ...row,
          least: days,
          most: null,
          words: `${stateLabel("overdue")}: ${many("at least {} days late", days)}`,
        });
      }
    }
  return rows.sort((a, b) => (b.least ?? b.most) - (a.least ?? a.most));
}

/** Slippage as intervals of days about "on time". */
function slippageChart(app, frame, rows) {
  const { width, narrow } = sizes(frame);
  const shown = rows.slice(0, kMost);
  const left = narrow ? 8 : 250;
  const row = narrow ? 46 : 30;
  const height = shown.length * row + 24;
  const ends = shown.flatMap((r) => [r.least ?? r.most, r.most ?? r.least]);
  const [low, high] = [Math.min(0, ...ends), Math.max(1, ...ends)];
  const right = width - (narrow ? 30 : 190);
  const x = (d) => left + 14 + ((d - low) / (high - low)) * (right - left - 14);
  const root = svg("svg", { width, height, role: "group", "aria-label": t("Slippage of plans") });
  root.append(
    svg("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: height - 18 }),
    svg(
      "text",
      {
        class: "axis-words",
        x: x(0),
        y: height - 4,
        "text-anchor": x(0) < width * 0.2 ? "start" : "middle",
      },
      t("on time"),
    ),
  );
  for (const [i, r] of shown.entries()) {
    const y = i * row + (narrow ? 32 : 15);
    const a = x(r.least ?? r.most - (high - low) * 0.1);
    const shortName = name(r.name, narrow ? 46 : 36);
    const b = r.most === null ? Math.min(x(r.least) + 30, width - 6) : x(r.most);
    root.append(
      svg(
        "g",
        {
          class: "bar-row",
          role: "button",
          tabindex: "0",
          "aria-label": `${shortName} ${r.words}. ${r.name}`,
          "data-key": `slip:${r.place}:${r.plan.event}`,
          onclick: () => app.why(r.place),
          onkeydown: (event) =>
            (event.key === "Enter" || event.key === " ") &&
            (event.preventDefault(), app.why(r.place)),
        },
        svg("rect", { class: "hit", x: 0, y: i * row, width, height: row }),
        svg(
          "text",
          {
            class: "bar-name",
            x: narrow ? left : left - 10,
            y: narrow ? y - 14 : y + 4,
            "text-anchor": narrow ? "start" : "end",
          },
          `${shortName} `,
        ),
        svg("path", {
          class: `interval ${r.plan.state}`,
          d: `M${a} ${y - 5}v10M${a} ${y}H${b}${r.most === null ? "m-6-4l6 4l-6 4" : "m0-5v10"}`,
        }),
        besides(b + 8, y + 4, r.words, width),
      ),
    );
  }
  const parts = [root];
  if (rows.length > shown.length)
    parts.push(
      el("p", { class: "facts" }, t("{shown} of {all}", { shown: shown.length, all: rows.length })),
    );
  return parts;
}

/** Numbers of relations and programmes: one small chart for each measure. */
function indicatorRows(app) {
  const byMeasure = new Map();
  for (const seen of app.rows.filter((s) => !s.subject.hasStatus))
    for (const f of seen.figures) {
      const key = `${f.measure}\n${f.unit}`;
      if (!byMeasure.has(key)) byMeasure.set(key, []);
      byMeasure
        .get(key)
        .push({
          name: seen.name + (f.period ? `, ${f.period}` : ""),
          place: `${seen.subject.subject}:${f.measure}`,
          value: Number(f.value),
          bound: f.bound,
          text: f.text,
          short: boundWords(
            f.unit === "percent"
              ? `${shortNumber(Number(f.value))} %`
              : shortNumber(Number(f.value)),
            f.bound,
          ),
          planned: false,
        });
    }
  return byMeasure;
}

const figure = (title, parts) => el("figure", {}, el("figcaption", {}, title), parts);

export function makeCharts(app) {
  const root = byId("charts-grid");
  const wide = el("div", { class: "wide" });
  const half = el("div", { class: "half" });
  root.replaceChildren(wide, half);
  const kept = new Kept();
  let frame = null; // of a figure in the grid; measured when the page's width changes
  let whole = null;

  const drawStatus = () => {
    const parks = app.rows.filter((s) => s.subject.hasStatus);
    const chart = kept.get(
      "status",
      [whole.clientWidth, app.scale, app.state.knownBy, parks.map((s) => s.subject.index).join()],
      () => {
        const made = statusChart(app, whole);
        return { ...made, node: figure(t("Parks by status over time"), made.parts) };
      },
    );
    chart.move(app.state.asOf);
    if (wide.firstChild !== chart.node || parks.length === 0)
      wide.replaceChildren(...(parks.length ? [chart.node] : []));
  };

  /** A figure that is drawn anew only when what it shows differs. */
  const shown = (key, title, rows, draw) =>
    kept.get(
      key,
      [frame.clientWidth, rows.map((r) => `${r.place} ${r.name} ${r.words ?? r.text}`).join("|")],
      () => figure(title, draw(rows)),
    );

  const drawRest = () => {
    const charts = [];
    for (const measure of ["residents", "investment"]) {
      const rows = measureRows(app, measure);
      const label = measureLabel(measure);
      if (rows.length)
        charts.push(shown(measure, label, rows, () => bars(app, frame, rows, label)));
    }
    const late = slippageRows(app);
    if (late.length)
      charts.push(
        shown("slippage", t("Slippage of plans"), late, () => slippageChart(app, frame, late)),
      );
    for (const [key, rows] of indicatorRows(app)) {
      const [measure, unit] = key.split("\n");
      const label = /^[A-Z]{3}$/.test(unit)
        ? `${measureLabel(measure)}, ${unit}`
        : measureLabel(measure); // a currency
      charts.push(shown(`of ${key}`, label, rows, () => bars(app, frame, rows, label)));
    }
    if (
      charts.length === half.children.length &&
      charts.every((chart, i) => chart === half.children[i])
    )
      return;
    app.keepFocus(half, () => half.replaceChildren(...charts));
  };

  // Of the page, not of the figures: these may be out of sight, and then have no size.
  const measure = () => {
    const main = document.querySelector("main");
    const style = getComputedStyle(main);
    const width = Math.floor(
      main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
    );
    const two = width >= kTwoFrom;
    half.classList.toggle("two", two);
    whole = { clientWidth: width };
    frame = { clientWidth: two ? Math.floor((width - kBetween) / 2) : width };
  };
  return {
    where: byId("charts"),
    draw(flags) {
      if (flags.size || !frame) measure();
      if (!(flags.vantage || flags.filter || flags.size || flags.scale)) return;
      drawStatus();
      drawRest();
    },
  };
}
