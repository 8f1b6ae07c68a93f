// One lane of the timeline: a subject's events, plans and status against the time scale.

import { counts, kUnrecorded, stepsKnownBy } from "../data/data.mjs";
import { svg } from "./dom.mjs";
import { parseDay } from "../data/days.mjs";
import {
  eventTitle,
  measureLabel,
  quantityWords,
  statusWords,
  typeLabel,
  whatLabel,
  whenText,
} from "./parts.mjs";
import { fitted, textWidth } from "./text_width.mjs";
import { t } from "../data/words.mjs";

const kLaneRow = 19; // pixels from one row of marks to the next
const kLaneRowOnPaper = 16;
const kLaneTop = 12;
const kBand = 14;
const kFade = 64; // how far a span with an open end fades
const kMostRows = 12;
const kLeastLane = 68; // room for a name of two lines and a status
const kLeastLaneOnPaper = 56;
export const kCompact = 50; // a lane's height where there are many

const kLabelGap = 9; // from a mark to its words
const kLeastWords = 40; // pixels; less is no label

const short = (text) => (text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text);

function labelOf(event, plan, brief) {
  if (plan) return short(`${whatLabel(event)}: ${plan.text}`);
  const counted = event.quantities.length > 0;
  // "residents reported: residents: more than 10" would say it twice.
  if (counted && event.type.endsWith("-reported"))
    return short(brief ? measureLabel(event.quantities[0].measure) : quantityWords(event));
  return short(
    counted && !brief ? `${whatLabel(event)}: ${quantityWords(event)}` : whatLabel(event),
  );
}

const anchor = (event) => (event.planned ? (event.hi ?? event.lo ?? event.knownDay) : event.hi);

/** How wide the words at a mark may get: those of a plan tell what becomes of it. */
function widestLabel(event, brief) {
  if (!event.planned) return textWidth(labelOf(event, null, brief));
  event.plansTold ??= event.subject.plans.answers
    .flat()
    .filter((plan) => plan.event === event.at)
    .map((plan) => labelOf(event, plan, false));
  return Math.max(0, ...event.plansTold.map(textWidth));
}

/**
 * Chooses the words at a mark, on which side of it they stand, and how wide they may be: 0 is no
 * words. They stay within the drawing.
 */
function fitLabel(mark, view, compact) {
  const { event, x } = mark;
  Object.assign(mark, { brief: false, left: false, room: 0 });
  if (compact || mark.to < 0 || mark.from > view.pixels) return;
  const within = (at) => Math.min(view.pixels, Math.max(0, at));
  mark.start = within(Math.min(mark.from, x));
  mark.end = within(Math.max(mark.to, x));
  const right = view.pixels - mark.end - kLabelGap - 2;
  const left = mark.start - kLabelGap - 2;
  for (const brief of [false, true]) {
    mark.brief = brief;
    mark.room = Math.ceil(widestLabel(event, brief) * 1.04);
    mark.left = mark.room > right && mark.room <= left;
    if (mark.left || mark.room <= right) return;
  }
  mark.left = left > right;
  mark.room = Math.max(left, right);
  if (mark.room < kLeastWords) mark.room = 0;
}

/**
 * Where the marks of a subject lie: {height, band, marks: [{event, x, from, to, row, …}]}. All events have their
 * rows whether or not they count at the vantage, so that lanes keep their shape while scrubbing.
 */
export function layLane(subject, view, compact) {
  const marks = [];
  for (const event of subject.events) {
    if (!event.mark) continue;
    const x = view.x(anchor(event));
    const from = event.lo === null ? (event.hi === null ? x : x - kFade) : view.x(event.lo);
    const to = event.hi === null ? (event.lo === null ? x : x + kFade) : view.x(event.hi);
    if (to < -200 || from > view.pixels + 60) continue;
    marks.push({ event, x, from, to });
  }
  marks.sort((a, b) => a.x - b.x || a.event.at - b.event.at);
  const ends = [];
  const most = compact ? 1 : kMostRows;
  const step = view.paper ? kLaneRowOnPaper : kLaneRow;
  for (const mark of marks) {
    fitLabel(mark, view, compact);
    const room = mark.room ? mark.room + kLabelGap + 4 : 0;
    const start = Math.min(mark.from, mark.x - 8, mark.left ? mark.start - room : Infinity);
    const end = Math.max(mark.to, mark.x + 8, mark.left ? -Infinity : (mark.end ?? 0) + room);
    let row = ends.findIndex((at) => at <= start);
    if (row < 0 && ends.length < most) row = ends.length;
    if (row < 0) {
      // A crowd: the mark is there, its words would lie over others.
      mark.room = 0;
      row = compact ? 0 : ends.indexOf(Math.min(...ends));
    }
    ends[row] = Math.max(ends[row] ?? -Infinity, end + 4);
    mark.row = row;
    mark.y = kLaneTop + row * step;
  }
  const rows = Math.max(1, ends.length);
  const least = view.paper ? kLeastLaneOnPaper : kLeastLane;
  const height = compact ? kCompact : Math.max(least, kLaneTop + rows * step + kBand + 12);
  return { height, band: height - kBand - 8, marks };
}

/** The status as it runs, in pattern and colour; where it is uncertain, the others below it. */
function drawBand(seen, view, top, knownBy) {
  const { subject } = seen;
  const group = svg("g", { class: "band" });
  group.append(
    svg("line", { class: "ground", x1: 0, x2: view.pixels, y1: top + kBand, y2: top + kBand }),
  );
  const steps = bandOf(seen, knownBy);
  if (!steps) return group;
  for (const [i, [from, at]] of steps.entries()) {
    const answer = subject.status.answers[at];
    const x0 = Math.max(-4, view.x(Math.max(parseDay(from, -1e7), -1e7)));
    const x1 = Math.min(
      view.pixels + 4,
      i + 1 < steps.length ? view.x(parseDay(steps[i + 1][0])) : view.pixels + 4,
    );
    if (x1 <= x0 || x1 < 0 || x0 > view.pixels) continue;
    const others = answer.possible.filter((status) => status !== answer.status);
    const tall = others.length ? kBand * 0.5 : kBand;
    const piece = (status, y, height, extra) =>
      status === kUnrecorded
        ? null
        : svg("rect", {
            class: `fill-${status} ${extra}`,
            x: x0.toFixed(1),
            y: y.toFixed(1),
            width: (x1 - x0).toFixed(1),
            height: height.toFixed(1),
          });
    const cell = svg(
      "g",
      {},
      svg("title", {}, statusWords(answer)),
      piece(answer.status, top, tall, "sure"),
      others.map((status, j) =>
        piece(
          status,
          top + tall + 1 + (j * (kBand - tall - 1)) / others.length,
          (kBand - tall - 1) / others.length,
          "maybe",
        ),
      ),
    );
    group.append(cell);
  }
  return group;
}

const kStar = { suspended: 1, cancelled: 1, retired: 1, resumed: 1, reinstated: 1 };

function glyph(event, plan, x, y) {
  if (plan) {
    const shape = svg("path", {
      class: `glyph hollow ${plan.state}`,
      d: `M${x} ${y - 6}l6 6l-6 6l-6-6z`,
    });
    const sign =
      plan.state === "overdue"
        ? svg("path", { class: "sign", d: `M${x} ${y - 3}v3.4m0 1.7v1` })
        : plan.state === "dropped"
          ? svg("path", { class: "sign", d: `M${x - 4} ${y - 4}l8 8m0-8l-8 8` })
          : plan.state === "met"
            ? svg("path", { class: "sign", d: `M${x - 2.4} ${y}l1.8 2l3-4` })
            : plan.state === "moved"
              ? svg("path", { class: "sign", d: `M${x - 3} ${y}h5m-2-2.2l2.2 2.2l-2.2 2.2` })
              : plan.state === "lapsed"
                ? svg("path", { class: "sign", d: `M${x - 3} ${y}h6` })
                : null;
    return [shape, sign];
  }
  if (event.role === "step" && kStar[event.type])
    return [svg("path", { class: "glyph", d: `M${x - 5} ${y - 5}h10v10h-10z` })];
  return [
    svg("circle", {
      class: `glyph${event.role === "step" ? "" : " minor"}`,
      cx: x,
      cy: y,
      r: event.role === "step" ? 5 : 3.6,
    }),
  ];
}

function drawSpan(mark, y, planned) {
  const { event, from, to } = mark;
  if (to - from < 3) return null;
  const open = event.lo === null ? "left" : event.hi === null ? "right" : "both";
  const shape = { x: from.toFixed(1), y: y - 4, width: (to - from).toFixed(1), height: 8, rx: 4 };
  if (planned) return svg("rect", { ...shape, class: `span target open-${open}` });
  return svg("rect", { ...shape, class: `span fade-${open}` });
}

/** What ties a plan to what became of it: of a key that moved, the baseline alone. */
function drawTie(plan, from, marks, view, asOf) {
  const { y } = from;
  const moved = plan.state === "moved" && plan.baseline === plan.event;
  const became = moved ? plan.movedTo : plan.metBy;
  if (became === null || became === undefined) {
    if (plan.state !== "pending" && plan.state !== "overdue") return null;
    const until = view.x(asOf);
    if (until <= from.x + 8) return null;
    return svg("path", {
      class: `tie ${plan.state}`,
      d: `M${from.x + 7} ${y}H${until.toFixed(1)}`,
    });
  }
  const to = marks.find((mark) => mark.event.at === became);
  if (!to) return null;
  const y2 = to.y;
  const side = to.x >= from.x ? 1 : -1;
  if (Math.abs(to.x - from.x) < 14)
    return svg("path", {
      class: `tie ${plan.state}`,
      d: `M${from.x} ${y + (y2 > y ? 7 : -7)}C${from.x - 16} ${(y + y2) / 2} ${to.x - 16} ${(y + y2) / 2} ${to.x} ${y2 + (y2 > y ? -6 : 6)}`,
    });
  const bend = to.x - side * 8;
  return svg("path", {
    class: `tie ${plan.state}`,
    d:
      y === y2
        ? `M${from.x + side * 7} ${y}H${to.x - side * 6}`
        : `M${from.x + side * 7} ${y}H${bend}Q${to.x} ${y} ${to.x} ${y + Math.sign(y2 - y) * 8}V${y2 - Math.sign(y2 - y) * 6}`,
  });
}

/** Those of a lane's marks that are there for a reader of that day. */
export function visibleMarks(lane, seen, knownBy) {
  const plans = new Set(seen.plans.map((plan) => plan.event));
  return lane.marks.filter(({ event }) =>
    event.planned ? plans.has(event.at) : counts(event, knownBy),
  );
}

/** What the status band is drawn from. */
export function bandOf(seen, knownBy) {
  const { status } = seen.subject;
  return seen.subject.hasStatus && status.grid.length ? stepsKnownBy(status, knownBy) : null;
}

/** Lays the veil over what comes after the day of the question, and the line of that day. */
export function moveVeil(lane, view, asOf) {
  const x = Math.min(view.pixels, Math.max(0, view.x(asOf)));
  const veil = lane.querySelector(".veil");
  veil.setAttribute("x", x.toFixed(1));
  veil.setAttribute("width", (view.pixels - x).toFixed(1));
  const line = lane.querySelector(".as-of-line");
  const at = view.x(asOf) + 1; // as the line across all lanes, which is two pixels wide
  line.setAttribute("x1", at.toFixed(1));
  line.setAttribute("x2", at.toFixed(1));
}

/** The lane of `seen`, with the marks `shown`, as an svg. */
export function drawLane(app, seen, lane, shown, view, compact) {
  const { subject } = seen;
  const { asOf, knownBy } = app.state;
  const plans = new Map(seen.plans.map((plan) => [plan.event, plan]));
  const root = svg("svg", {
    class: "lane-plot",
    width: view.pixels,
    height: lane.height,
    role: "group",
    "aria-label": seen.name,
  });
  root.append(drawBand(seen, view, lane.band, knownBy));
  root.append(
    svg("rect", { class: "veil", y: 0, height: lane.height }),
    svg("line", { class: "as-of-line", y1: 0, y2: lane.height }),
  );
  for (const mark of shown) {
    const plan = mark.event.planned ? plans.get(mark.event.at) : null;
    if (plan && !compact) {
      const tie = drawTie(plan, mark, shown, view, asOf);
      if (tie) root.append(tie);
    }
  }
  for (const mark of [...shown].sort((a, b) => a.row - b.row || a.x - b.x)) {
    const { event, x } = mark;
    if (x < -30 && mark.to < 0) continue;
    const plan = event.planned ? plans.get(event.at) : null;
    const y = compact ? lane.band - 12 : mark.y;
    const label = compact ? "" : labelOf(event, plan, mark.brief);
    const seenLabel = label && mark.room ? fitted(label, mark.room) : "";
    const words = [
      seenLabel === label ? "" : seenLabel, // a name begins with what is seen
      label || typeLabel(event.type),
      plan ? t("plan") : "",
      eventTitle(event),
      whenText(event),
    ]
      .filter(Boolean)
      .join(", ");
    const group = svg("g", {
      class: `mark${plan ? " plan" : ""}${!plan && event.hi > asOf ? " later" : ""}`,
      role: "button",
      tabindex: "-1",
      "aria-label": words,
      "data-key": `${subject.subject}@${event.at}`,
      "data-place": `${subject.subject}@${event.at}`,
    });
    const span = drawSpan(mark, y, Boolean(plan));
    group.append(
      svg("rect", {
        class: "hit",
        x: Math.min(mark.from, x - 9),
        y: y - 9,
        width: Math.max(18, mark.to - mark.from),
        height: 18,
      }),
    );
    if (span) group.append(span);
    if (!compact && !plan && lane.band - y > 14)
      group.prepend(svg("line", { class: "stem", x1: x, x2: x, y1: y + 6, y2: lane.band }));
    for (const part of glyph(event, plan, x, y)) if (part) group.append(part);
    if (seenLabel) {
      const width = textWidth(seenLabel) + 4;
      const at = mark.left ? mark.start - kLabelGap : mark.end + kLabelGap;
      // On a ground of its own, so that no line runs through the letters.
      group.append(
        svg("rect", {
          class: "label-ground",
          x: (mark.left ? at - width + 2 : at - 2).toFixed(1),
          y: y - 7,
          width: width.toFixed(1),
          height: 15,
        }),
        svg(
          "text",
          {
            class: "label",
            x: at.toFixed(1),
            y: y + 4,
            "text-anchor": mark.left ? "end" : "start",
          },
          seenLabel,
        ),
      );
    }
    root.append(group);
  }
  return root;
}
