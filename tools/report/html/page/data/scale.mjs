// The time scale: true to the days, but for long empty stretches, which are shortened and
// marked as such. All pictures of the page share it.

import { civil, dayOf } from "./days.mjs";

const kLeastWindow = 10; // days that a window shows at least
const kLeastGap = 200; // days; a shorter silence stays as long as it is

/** Stretches of days on which something may have happened, merged, ascending. */
function busy(events, extra) {
  const spans = extra.map((day) => [day, day]);
  for (const event of events) {
    if (event.hi !== null) spans.push([event.lo ?? event.hi, event.hi]);
    else if (event.lo !== null) spans.push([event.lo, event.lo]);
    if (event.planned) spans.push([event.knownDay, event.knownDay]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  const merged = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/**
 * Pieces of the scale: [{from, to, at, width, gap}], without holes. `at` and `width` are on the
 * scale's own ruler, in days where nothing is shortened.
 */
export function makeScale(events, extra, whole) {
  const spans = busy(events, extra);
  if (spans.length === 0) spans.push([0, 365]);
  const first = spans[0][0];
  const last = spans.at(-1)[1];
  const length = Math.max(60, last - first);
  const margin = Math.max(10, Math.round(length * 0.04));
  const least = Math.max(kLeastGap, length * 0.08);
  const pieces = [];
  let from = first - margin;
  let at = 0;
  const add = (to, width, gap) => {
    pieces.push({ from, to, at, width, gap });
    from = to;
    at += width;
  };
  for (let i = 0; !whole && i + 1 < spans.length; ++i) {
    const edge = Math.min(45, least / 4);
    const [start, end] = [spans[i][1] + edge, spans[i + 1][0] - edge].map(Math.round);
    if (end - start < least - 2 * edge) continue;
    add(start, start - from, false);
    add(end, length * 0.025, true);
  }
  add(last + 2 * margin, last + 2 * margin - from, false);
  return { pieces, from: first - margin, to: last + 2 * margin, width: at };
}

/** A day's place on the scale's ruler; beyond its ends it goes on in days. */
export function ruler(scale, day) {
  const { pieces } = scale;
  if (day <= scale.from) return day - scale.from;
  for (const piece of pieces)
    if (day <= piece.to)
      return piece.at + ((day - piece.from) / (piece.to - piece.from)) * piece.width;
  return scale.width + day - scale.to;
}

/** The day at a place on the ruler, not rounded. */
export function dayAt(scale, place) {
  if (place <= 0) return scale.from + place;
  for (const piece of scale.pieces)
    if (place <= piece.at + piece.width)
      return piece.from + ((place - piece.at) / piece.width) * (piece.to - piece.from);
  return scale.to + place - scale.width;
}

/** A window of the scale, laid over a width in pixels. */
export function lens(scale, from, to, pixels) {
  const left = ruler(scale, from);
  const right = Math.max(left + 1, ruler(scale, to));
  const factor = pixels / (right - left);
  return {
    scale,
    from,
    to,
    pixels,
    perDay: factor,
    x: (day) => (ruler(scale, day) - left) * factor,
    day: (x) => Math.round(dayAt(scale, left + x / factor)),
  };
}

/** The window moved by `pixels`, and zoomed by `factor` about the pixel `about`: {from, to}. */
export function moved(view, pixels, factor = 1, about = 0) {
  const { scale } = view;
  const left = ruler(scale, view.from);
  const length = ruler(scale, view.to) - left;
  const wanted = Math.min(scale.width, Math.max(kLeastWindow, length / factor));
  const fixed = left + (about / view.pixels) * length;
  let start = fixed - (about / view.pixels) * wanted + (pixels / view.pixels) * length;
  start = Math.min(scale.width - wanted, Math.max(0, start));
  if (wanted >= scale.width * 0.999) return { from: null, to: null };
  return { from: dayAt(scale, start), to: dayAt(scale, start + wanted) };
}

const kUnits = [
  ["day", 1, 1],
  ["day", 7, 7],
  ["month", 1, 30.4],
  ["month", 3, 91],
  ["year", 1, 365],
  ["year", 2, 730],
  ["year", 5, 1826],
  ["year", 10, 3652],
  ["year", 25, 9131],
  ["year", 100, 36524],
  ["year", 500, 182621],
  ["year", 1000, 365242],
];

/** [{day, unit}] of the lines to draw, at least `apart` pixels from each other. */
export function ticks(view, apart) {
  const [unit, step] = kUnits.find(([, , days]) => days * view.perDay >= apart) ?? kUnits.at(-1);
  const found = [];
  const visible = (piece) => !piece.gap && piece.to >= view.from && piece.from <= view.to;
  for (const piece of view.scale.pieces.filter(visible)) {
    const from = Math.floor(Math.max(piece.from, view.from));
    const to = Math.min(piece.to, view.to);
    for (const day of unitStarts(unit, step, from, to)) found.push({ day, unit });
  }
  return found;
}

function* unitStarts(unit, step, from, to) {
  const start = civil(from);
  if (unit === "day") {
    for (let day = Math.ceil(from / step) * step; day <= to; day += step) yield day;
    return;
  }
  const months = unit === "month" ? step : 12 * step;
  let index = Math.floor((start.year * 12 + start.month - 1) / months) * months;
  for (; ; index += months) {
    const day = dayOf(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 1);
    if (day > to) return;
    if (day >= from) yield day;
  }
}
