// What lies across all lanes of the timeline: the lines of its axis, shortened stretches, and the
// days of the vantage and of today.

import { axisLabel } from "./axis.mjs";
import { today } from "../data/days.mjs";
import { el, place } from "./dom.mjs";
import { ticks } from "../data/scale.mjs";
import { textWidth } from "./text_width.mjs";
import { t } from "../data/words.mjs";

/** `names` is where the lines are named. */
export function makeVantageLines(app, over, names) {
  const ground = el("div", { class: "over-ground" });
  const lines = el("div", { class: "over-lines" });
  over.replaceChildren(ground, lines);

  /** Lines of the axis and shortened stretches. */
  const drawGround = (view, left) => {
    const parts = [];
    for (const tick of ticks(view, 46))
      parts.push(
        place(el("div", { class: axisLabel(tick).strong ? "grid strong" : "grid" }), {
          left: `${view.x(tick.day)}px`,
        }),
      );
    for (const piece of view.scale.pieces.filter((p) => p.gap)) {
      const [x0, x1] = [view.x(piece.from), view.x(piece.to)];
      if (x1 > 0 && x0 < view.pixels)
        parts.push(place(el("div", { class: "gap" }), { left: `${x0}px`, width: `${x1 - x0}px` }));
    }
    ground.replaceChildren(...parts);
    place(over, { left: `${left}px`, width: `${view.pixels}px` });
  };

  /**
   * As of, known by, and today: lines beneath the lanes, so that none runs through words, and their
   * names in the head; a name that another would cover stands lower.
   */
  const drawLines = (view) => {
    const { asOf, knownBy } = app.state;
    const now = today();
    const wanted = [[asOf, "as-of", t("As of")]];
    if (knownBy !== Infinity && knownBy !== asOf)
      wanted.push([knownBy, "known-by", t("Known by")]);
    if (now !== asOf && now < app.scale.to && !app.printing)
      wanted.push([now, "today", t("today")]);
    const rows = [];
    const seen = wanted
      .map(([day, name, words]) => {
        const x = view.x(day);
        const room = textWidth(words) * 1.1 + 14;
        const flip = x + room > view.pixels;
        return { x, name, words, flip, from: flip ? x - room : x, to: flip ? x : x + room };
      })
      .filter(({ x }) => x >= 0 && x <= view.pixels);
    for (const each of seen) {
      const free = rows.findIndex((row) => row.every((o) => o.to <= each.from || o.from >= each.to));
      each.row = free < 0 ? rows.length : free;
      (rows[each.row] ??= []).push(each);
    }
    names.replaceChildren(
      ...seen.map(({ x, name, words, flip, row }) =>
        place(el("span", { class: `line-name ${name}${flip ? " flip" : ""}` }, words), {
          left: `${x}px`,
          top: `${1.3 * row}rem`,
        }),
      ),
    );
    place(names, { height: `${1.3 * Math.max(1, rows.length)}rem` });
    lines.replaceChildren(
      ...seen
        .map(({ x, name }) => place(el("div", { class: `line ${name}` }), { left: `${x}px` }))
        .reverse(),
    );
  };

  return { drawGround, drawLines };
}
