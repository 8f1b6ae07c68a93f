// What the charts are put together from.

import { el, svg } from "./dom.mjs";
import { fitted, textWidth } from "./text_width.mjs";
import { grouped, t } from "../data/words.mjs";

const kMostBars = 24; // of a chart; the rest is counted

export function chartSize(frame) {
  const width = Math.max(260, frame.clientWidth);
  return { width, narrow: width < 480 };
}

export function shortNumber(n) {
  const scale = [
    [1e9, "{n} bn"],
    [1e6, "{n} m"],
    [1e4, "{n} k"],
  ].find(([by]) => Math.abs(n) >= by);
  const round = (x) => grouped(String(Math.round(x * 10) / 10));
  return scale ? t(scale[1], { n: round(n / (scale[0] === 1e4 ? 1e3 : scale[0])) }) : round(n);
}

export function niceTicks(most, count) {
  const raw = most / count;
  const power = 10 ** Math.floor(Math.log10(raw || 1));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? power * 10;
  const found = [];
  for (let v = 0; v <= most * 1.0001; v += step) found.push(v);
  return found;
}

const kLeastMark = 40; // pixels that are left to the longest mark

const kArrow = 44; // of a mark that goes on beyond its number
const kUnder = 18; // a line of words

/**
 * Where the words of `shown` stand, so that all of them can be read: behind their marks, or under
 * them where there is too little room. `right` is where the longest mark ends, `height` what a row
 * of them takes more; words(row, end, y) makes those of a mark that ends at `end`.
 */
export function wordsBesides(shown, left, width) {
  const room = kArrow + Math.max(0, ...shown.map((row) => textWidth(row.words)));
  const under = room > width - left - kLeastMark;
  return {
    right: width - (under ? kArrow : room),
    height: under ? kUnder : 0,
    words: (row, end, y) => {
      const [x, at] = under ? [left, y + 4 + kUnder] : [end, y + 4];
      return svg("text", { class: "bar-value", x, y: at }, fitted(row.words, width - x - 2));
    },
  };
}

/** As many rows as a chart has room for. */
export const firstRows = (rows) => rows.slice(0, kMostBars);

/** How many more there are, in words; nothing where there are none. */
export function restOf(rows) {
  const rest = rows.length - kMostBars;
  if (rest <= 0) return null;
  return el("p", { class: "facts" }, t("and {n} more", { n: grouped(String(rest)) }));
}

/**
 * Adds a row for each of `shown` to a chart: a button that tells why. Of a row: {name, words, place,
 * key}; `draw(row, y)` makes what stands behind its name, the words last.
 */
export function drawRows(app, root, shown, { width, narrow, left, rowHeight }, draw) {
  for (const [i, row] of shown.entries()) {
    const top = i * rowHeight;
    const y = top + (narrow ? 30 : 15);
    const name = fitted(row.name, narrow ? width - left - 8 : left - 14);
    const drawn = draw(row, y);
    const words = drawn.at(-1).textContent;
    const cut = [name !== row.name && row.name, words !== row.words && row.words].filter(Boolean);
    root.append(
      svg(
        "g",
        {
          class: "bar-row",
          role: "button",
          tabindex: "0",
          // What is seen, and the whole of what is cut.
          "aria-label": [name, words, ...cut.map((whole) => `(${whole})`)].join(" "),
          "data-key": row.key,
          onclick: () => app.why(row.place),
          onkeydown: (event) =>
            (event.key === "Enter" || event.key === " ") &&
            (event.preventDefault(), app.why(row.place)),
        },
        svg("rect", { class: "hit", x: 0, y: top, width, height: rowHeight }),
        svg(
          "text",
          {
            class: "bar-name",
            x: narrow ? left : left - 10,
            y: narrow ? y - 14 : y + 4,
            "text-anchor": narrow ? "start" : "end",
          },
          `${name} `,
        ),
        ...drawn,
      ),
    );
  }
}
