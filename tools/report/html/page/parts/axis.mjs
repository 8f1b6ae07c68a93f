// The axis of time: its ticks, their words, and what is shortened.

import { svg } from "./dom.mjs";
import { civil } from "../data/days.mjs";
import { ticks } from "../data/scale.mjs";
import { textWidth } from "./text_width.mjs";
import { many, shortMonth } from "../data/words.mjs";

/** The words at a tick; `before` is the year that the axis told last. */
export function axisLabel({ day, unit }, before) {
  const { year, month, day: d } = civil(day);
  if (unit === "year" || (unit === "month" && month === 1))
    return { text: String(year), strong: true, year };
  const told = year === before ? "" : ` ${year}`;
  if (unit === "month") return { text: shortMonth(month) + told, strong: false, year };
  return { text: (d === 1 ? "" : `${d} `) + shortMonth(month) + told, strong: d === 1, year };
}

/** The lines and labels of an axis; labels that would touch are left out. */
export function drawAxis(view, height, y) {
  const group = svg("g", { class: "axis" });
  let end = -Infinity;
  let told = null;
  for (const tick of ticks(view, 46)) {
    const x = view.x(tick.day);
    const { text, strong, year } = axisLabel(tick, told);
    group.append(
      svg("line", {
        class: strong ? "grid strong" : "grid",
        x1: x,
        x2: x,
        y1: height - 6,
        y2: height,
      }),
    );
    const width = textWidth(text) * 1.06;
    if (x < end + 6 || x < -3 || x + 3 + width > view.pixels) continue;
    group.append(svg("text", { class: strong ? "strong" : "", x: x + 3, y }, text));
    end = x + 3 + width;
    told = year;
  }
  return group;
}

function gapWords(days) {
  return days >= 730
    ? many("{n} years", Math.round(days / 365.25))
    : many("{n} months", Math.round(days / 30.44));
}

/** The axis as the timeline's head row, with what is left out told. */
export function drawAxisRow(node, view) {
  node.setAttribute("width", view.pixels);
  node.replaceChildren(drawAxis(view, 30, 16));
  let end = 0;
  for (const piece of view.scale.pieces.filter((p) => p.gap)) {
    const middle = view.x((piece.from + piece.to) / 2);
    const words = `// ${gapWords(piece.to - piece.from)}`;
    const half = textWidth(words) / 2;
    const x = Math.max(end + half, middle);
    if (middle < 0 || x - middle > half || x + half > view.pixels) continue;
    node.append(svg("text", { class: "gap-words", x, y: 28, "text-anchor": "middle" }, words));
    end = x + half + 6;
  }
}
