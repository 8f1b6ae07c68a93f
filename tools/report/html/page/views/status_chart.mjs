// How many have which status, over time.

import { chartSize, niceTicks } from "../parts/chart_parts.mjs";
import { kUnrecorded } from "../data/data.mjs";
import { drawAxis } from "../parts/axis.mjs";
import { el, svg } from "../parts/dom.mjs";
import { statusLabel, swatch } from "../parts/parts.mjs";
import { lens } from "../data/scale.mjs";
import { statusOverTime } from "../data/view.mjs";
import { grouped, t } from "../data/words.mjs";

/** Of the days that fall on one pixel only the last is to be seen. */
const lastOfEachPixel = (course, view) => {
  const pixel = ({ from }) => Math.round(view.x(Math.max(-1e7, from)));
  const isLast = (step, i) => i + 1 === course.length || pixel(step) !== pixel(course[i + 1]);
  return course.filter(isLast);
};

/** How many have which status over time, as stacked steps. */
export function statusChart(app, frame) {
  const { width } = chartSize(frame);
  const height = frame.paper ? 200 : 250;
  const [left, bottom, top] = [34, 24, 10];
  const parks = app.rows.filter((s) => s.subject.hasStatus).map((s) => s.subject);
  const view = lens(app.scale, app.scale.from, app.scale.to, width - left - 6);
  const course = lastOfEachPixel(statusOverTime(parks, app.state.knownBy), view);
  const y = (n) => height - bottom - (n / Math.max(1, parks.length)) * (height - bottom - top);
  const root = svg("svg", {
    width,
    height,
    role: "img",
    "aria-label": t("By status over time"),
  });
  const order = app.data.statuses.map((s) => s.status).filter((s) => s !== kUnrecorded);
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
