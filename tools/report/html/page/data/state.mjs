// What the reader has chosen, and the same as the address's fragment, so that a view can be
// sent. What a fragment says that cannot be understood is ignored.

import { isoDay, parseDay } from "./days.mjs";

/** Nothing chosen: the page as it opens. knownBy Infinity: all that is known. */
export function opening(data) {
  return {
    asOf: parseDay(data.vantage.asOf),
    knownBy: parseDay(data.vantage.knownBy, Infinity),
    status: new Set(),
    region: "",
    partner: "",
    text: "",
    from: null,
    to: null,
    whole: false, // true: empty stretches are not shortened
    why: "",
    picture: "",
    sort: "",
    table: "",
    sums: "",
    summed: "",
  };
}

const kTexts = ["region", "partner", "text", "why", "picture", "sort", "table", "sums", "summed"];

export function toFragment(state, start) {
  const parts = new URLSearchParams();
  if (state.asOf !== start.asOf) parts.set("as-of", isoDay(state.asOf));
  if (state.knownBy !== start.knownBy)
    parts.set("known-by", state.knownBy === Infinity ? "all" : isoDay(state.knownBy));
  if (state.status.size > 0) parts.set("status", [...state.status].sort().join(","));
  for (const name of kTexts) if (state[name]) parts.set(name, state[name]);
  if (state.from !== null)
    parts.set("view", `${isoDay(Math.round(state.from))}..${isoDay(Math.round(state.to))}`);
  if (state.whole) parts.set("scale", "whole");
  return parts.toString();
}

function realDay(text) {
  const day = /^-?\d{4}-\d\d-\d\d$/.test(text) ? parseDay(text) : NaN;
  return Number.isFinite(day) && isoDay(day) === text ? day : null;
}

export function fromFragment(fragment, start, statuses) {
  const state = { ...start, status: new Set(start.status) };
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const asOf = realDay(parts.get("as-of") ?? "");
  if (asOf !== null) state.asOf = asOf;
  const knownBy = parts.get("known-by") ?? "";
  if (knownBy === "all") state.knownBy = Infinity;
  else if (realDay(knownBy) !== null) state.knownBy = realDay(knownBy);
  for (const status of (parts.get("status") ?? "").split(","))
    if (statuses.has(status)) state.status.add(status);
  for (const name of kTexts) {
    const text = parts.get(name);
    if (text !== null && text.length <= 300) state[name] = text;
  }
  const [from, to] = (parts.get("view") ?? "").split("..").map(realDay);
  if (from !== null && to !== null && from !== undefined && to !== undefined && from < to)
    Object.assign(state, { from, to });
  state.whole = parts.get("scale") === "whole";
  return state;
}
