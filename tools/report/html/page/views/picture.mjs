// One park's status on both axes of time: as of (across) and known by (up).

import { byId, el, svg } from "../parts/dom.mjs";
import { firstDays, lookUp } from "../data/data.mjs";
import { kPaperWidth } from "../parts/paper.mjs";
import { chip, doubt, statusLabel, statusWords } from "../parts/parts.mjs";
import { axisLabel, drawAxis } from "../parts/axis.mjs";
import { lens, makeScale, ticks } from "../data/scale.mjs";
import { textWidth } from "../parts/text_width.mjs";
import { dayText, t } from "../data/words.mjs";

const kPictureLeft = 74;
const kPictureBottom = 26;
const kPictureTop = 10;

/** The rectangles on which one answer holds: [{answer, asOf: [from, to], knownBy: [from, to]}]. */
export function cells(course) {
  const found = [];
  const rows = firstDays(course.grid);
  for (const [i, [, steps]] of course.grid.entries()) {
    const days = firstDays(steps);
    for (const [j, [, at]] of steps.entries())
      found.push({
        answer: course.answers[at],
        asOf: [days[j], days[j + 1] ?? Infinity],
        knownBy: [rows[i], rows[i + 1] ?? Infinity],
      });
  }
  return found;
}

export function makePicture(app) {
  const choose = byId("picture-choose");
  const frame = byId("picture-frame");
  const says = byId("picture-says");
  const table = byId("picture-table");
  choose.addEventListener("change", () => app.change({ picture: choose.value }));
  const parks = app.data.subjects.filter((s) => s.hasStatus);
  if (parks.length === 0) {
    byId("picture").hidden = true;
    return { draw() {} };
  }
  choose.replaceChildren(...parks.map((s) => el("option", { value: s.subject }, s.subject)));
  const busiest = parks.reduce((a, b) =>
    b.status.answers.length > a.status.answers.length ? b : a,
  );
  const plot = svg("svg", { id: "picture-plot", tabindex: "0", role: "application" });
  frame.replaceChildren(plot);
  let across = null;
  let up = null;
  let height = 0;
  let drawn = null;
  const patterns = new Map();

  const y = (day) => height - kPictureBottom - up.x(day);
  const pick = (event) => {
    const box = plot.getBoundingClientRect();
    const x = event.clientX - box.left - kPictureLeft;
    const v = height - kPictureBottom - (event.clientY - box.top);
    const knownBy = v > up.pixels - 4 ? Infinity : up.day(Math.max(0, v));
    app.change({ asOf: across.day(Math.max(0, Math.min(across.pixels, x))), knownBy });
  };
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    plot.setPointerCapture(event.pointerId);
    app.hold(true);
    pick(event);
  });
  plot.addEventListener(
    "pointermove",
    (event) => plot.hasPointerCapture(event.pointerId) && pick(event),
  );
  for (const name of ["pointerup", "pointercancel"])
    plot.addEventListener(name, () => app.hold(false));
  plot.addEventListener("keydown", (event) => {
    const { course } = drawn;
    const { asOf, knownBy } = app.state;
    const rows = firstDays(course.grid).filter(Number.isFinite);
    const days = [...new Set(cells(course).map((c) => c.asOf[0]))]
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const act = {
      ArrowRight: () => ({ asOf: days.find((d) => d > asOf) ?? asOf }),
      ArrowLeft: () => ({
        asOf: days.findLast((d) => d < asOf) ?? (days[0] !== undefined ? days[0] - 30 : asOf),
      }),
      ArrowUp: () => ({ knownBy: rows.find((d) => d > knownBy) ?? Infinity }),
      ArrowDown: () => ({
        knownBy: rows.findLast((d) => d < knownBy) ?? (rows.length ? rows[0] - 30 : knownBy),
      }),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    app.change(act());
  });

  /** Stripes of what else is possible, to lie over the status; made when first needed. */
  const stripes = (others) => {
    const id = `maybe-${others.join("-")}`;
    if (!patterns.has(id)) {
      const width = 7 * others.length + 12;
      patterns.set(
        id,
        svg(
          "pattern",
          {
            id,
            width,
            height: width,
            patternUnits: "userSpaceOnUse",
            patternTransform: "rotate(45)",
          },
          others.map((status, i) =>
            svg("rect", { class: `stripe-${status}`, x: 7 * i, width: 6, height: width }),
          ),
        ),
      );
    }
    return `url(#${id})`;
  };

  const drawCells = (subject) => {
    const group = svg("g", {});
    for (const cell of cells(subject.status)) {
      const x0 = kPictureLeft + Math.max(0, across.x(Math.max(-1e7, cell.asOf[0])));
      const x1 =
        kPictureLeft +
        Math.min(across.pixels, cell.asOf[1] === Infinity ? across.pixels : across.x(cell.asOf[1]));
      const y1 = Math.min(height - kPictureBottom, y(Math.max(-1e7, cell.knownBy[0])));
      const y0 = Math.max(
        kPictureTop,
        cell.knownBy[1] === Infinity ? kPictureTop : y(cell.knownBy[1]),
      );
      if (x1 <= x0 || y1 <= y0) continue;
      const { answer } = cell;
      const others = answer.possible.filter((s) => s !== answer.status);
      const box = {
        x: x0.toFixed(1),
        y: y0.toFixed(1),
        width: (x1 - x0).toFixed(1),
        height: (y1 - y0).toFixed(1),
      };
      const words = statusWords(answer);
      group.append(
        svg("rect", { ...box, class: `cell fill-${answer.status}` }, svg("title", {}, words)),
      );
      if (others.length)
        group.append(
          svg(
            "rect",
            { ...box, class: "cell maybe", fill: stripes(others) },
            svg("title", {}, words),
          ),
        );
      const room = (x1 - x0 - 16) / 1.12; // the letters are bold
      const text = [words, statusLabel(answer.status)].find((w) => textWidth(w) <= room);
      if (text && y1 - y0 > 20) {
        const label = { x: x0 + 8, y: y0 + 16 };
        group.append(
          svg("text", { class: "cell-label back", ...label }, text),
          svg("text", { class: "cell-label", ...label }, text),
        );
      }
    }
    return group;
  };

  const drawWhole = (subject) => {
    const width = app.printing ? kPaperWidth : Math.max(260, frame.clientWidth);
    height = app.printing ? 290 : Math.round(Math.min(460, Math.max(280, width * 0.5)));
    across = lens(app.scale, app.scale.from, app.scale.to, width - kPictureLeft - 8);
    const known = makeScale(
      [],
      app.data.events.map((event) => event.knownDay),
      app.state.whole,
    );
    up = lens(known, known.from, known.to, height - kPictureBottom - kPictureTop);
    const bottom = svg(
      "g",
      { transform: `translate(${kPictureLeft} ${height - kPictureBottom})` },
      drawAxis(across, 6, 18),
    );
    const left = svg("g", { class: "axis" });
    let last = Infinity;
    let told = null;
    for (const tick of ticks(up, 30)) {
      const at = y(tick.day);
      const { text, strong, year } = axisLabel(tick, told);
      left.append(
        svg("line", {
          class: "grid strong",
          x1: kPictureLeft - 5,
          x2: kPictureLeft,
          y1: at,
          y2: at,
        }),
      );
      if (last - at < 15 || at < kPictureTop + 8) continue;
      last = at;
      told = year;
      left.append(
        svg(
          "text",
          { class: strong ? "strong" : "", x: kPictureLeft - 8, y: at + 4, "text-anchor": "end" },
          text,
        ),
      );
    }
    const gaps = [
      ...app.scale.pieces
        .filter((p) => p.gap)
        .map(
          (p) =>
            `M${kPictureLeft + across.x((p.from + p.to) / 2) - 4} ${height - kPictureBottom + 5}l4-10m2 10l4-10`,
        ),
      ...known.pieces
        .filter((p) => p.gap)
        .map((p) => `M${kPictureLeft - 5} ${y((p.from + p.to) / 2) + 4}l10-4m-10-2l10-4`),
    ].map((d) => svg("path", { class: "break", d }));
    const drawnCells = drawCells(subject);
    plot.setAttribute("width", width);
    plot.setAttribute("height", height);
    plot.replaceChildren(
      svg(
        "defs",
        {},
        ...patterns.values(),
        svg(
          "clipPath",
          { id: "picture-clip" },
          svg("rect", { x: kPictureLeft, y: kPictureTop, width: across.pixels, height: up.pixels }),
        ),
      ),
      drawnCells,
      svg("path", { class: "diagonal", d: diagonal(known), "clip-path": "url(#picture-clip)" }),
      svg("rect", {
        class: "edge",
        x: kPictureLeft,
        y: kPictureTop,
        width: across.pixels,
        height: up.pixels,
      }),
      bottom,
      left,
      ...gaps,
      svg(
        "g",
        { class: "cross" },
        svg("line", { class: "v" }),
        svg("line", { class: "h" }),
        svg("circle", { r: 6 }),
      ),
    );
  };

  /** Where both days are the same: what was known at the time. */
  const diagonal = (known) =>
    [...app.scale.pieces, ...known.pieces]
      .flatMap((p) => [p.from, p.to])
      .sort((a, b) => a - b)
      .map(
        (d, i) => `${i ? "L" : "M"}${(kPictureLeft + across.x(d)).toFixed(1)} ${y(d).toFixed(1)}`,
      )
      .join("");

  const drawTable = (subject) => {
    const rows = firstDays(subject.status.grid);
    const words = (day) => (day === -Infinity ? t("from the beginning") : dayText(day));
    table.replaceChildren(
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          [t("Known by, from"), t("As of, from"), t("Status")].map((h) =>
            el("th", { scope: "col" }, h),
          ),
        ),
      ),
      el(
        "tbody",
        {},
        cells(subject.status).map((c, i, all) =>
          el(
            "tr",
            {},
            el("td", {}, i && all[i - 1].knownBy[0] === c.knownBy[0] ? "" : words(c.knownBy[0])),
            el("td", {}, words(c.asOf[0])),
            el("td", {}, statusWords(c.answer)),
          ),
        ),
      ),
    );
    return rows;
  };

  return {
    where: byId("picture"),
    draw(flags) {
      const subject = parks.find((s) => s.subject === app.state.picture) ?? busiest;
      const seen = app.all[subject.index];
      if (drawn?.course !== subject.status || flags.size || flags.scale) {
        drawn = { course: subject.status };
        drawWhole(subject);
        drawTable(subject);
      }
      if (choose.options.length <= 300 || flags.size)
        for (const option of choose.options) {
          const name = app.all[app.subjectAt.get(option.value)].name;
          if (option.textContent !== name) option.textContent = name;
        }
      choose.value = subject.subject;
      const x = kPictureLeft + Math.max(0, Math.min(across.pixels, across.x(app.state.asOf)));
      const at =
        app.state.knownBy === Infinity
          ? kPictureTop
          : Math.max(kPictureTop, Math.min(height - kPictureBottom, y(app.state.knownBy)));
      const [v, h, dot] = plot.querySelector(".cross").children;
      for (const [name, value] of Object.entries({
        x1: x,
        x2: x,
        y1: kPictureTop,
        y2: height - kPictureBottom,
      }))
        v.setAttribute(name, value);
      for (const [name, value] of Object.entries({
        x1: kPictureLeft,
        x2: kPictureLeft + across.pixels,
        y1: at,
        y2: at,
      }))
        h.setAttribute(name, value);
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", at);
      const answer = lookUp(subject.status, app.state.asOf, app.state.knownBy);
      const known =
        app.state.knownBy === Infinity
          ? t("all that is known")
          : t("known by {day}", { day: dayText(app.state.knownBy) });
      says.replaceChildren(
        t("as of {day}", { day: dayText(app.state.asOf) }),
        ", ",
        known,
        ": ",
        chip(answer.status),
        " ",
        doubt(answer),
      );
      plot.setAttribute(
        "aria-label",
        `${seen.name}. ${t("Status on both axes of time; the arrow keys move the vantage")}. ${says.textContent}`,
      );
    },
  };
}
