// The report's data, as the file carries it, made ready to be looked up.

import { parseDay } from "./days.mjs";

/** The status of a park of which nothing that counts is known: it is not drawn, nor counted. */
export const kUnrecorded = "unrecorded";

/** Reads what is embedded: JSON as it is, or deflated and in base64 where it is large. */
export async function readData(element) {
  const text = element.textContent;
  if (element.dataset.encoding !== "deflate") return JSON.parse(text);
  const letters = atob(text);
  const packed = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; ++i) packed[i] = letters.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** What an event says that says nothing; what it does say comes with a part of the data. */
const kSilent = {
  title: "",
  when: "",
  note: "",
  part: null,
  fulfils: [],
  quantities: [],
  parties: [],
  cited: [],
  supersededBy: [],
};

/** When events of one kind stand, as the page asks of it again and again. */
function prepareTime(time) {
  time.lo = parseDay(time.earliest);
  time.hi = parseDay(time.latest);
  time.knownDay = parseDay(time.known);
  time.planned = time.modality === "planned";
  time.mark = time.shown !== false && time.type !== "described" && time.type !== "retracted";
  time.held = spansOf(time.effective ?? []);
  return time;
}

/** Makes subjects and their events of the core: all that counts, sums and statuses come from. */
export function prepare(data) {
  data.events = [];
  data.sources = new Map();
  data.times.forEach(prepareTime);
  const nothing = { answers: [], grid: [] };
  for (const [i, subject] of data.subjects.entries()) {
    subject.index = i;
    subject.told = false;
    for (const name of ["status", "plans", "figures", "described"])
      subject[name] = data.courses[subject[name]] ?? (name === "status" ? null : nothing);
    subject.firstKnown = Infinity;
    subject.events = subject.events.map((place, at) => {
      const event = { ...kSilent, ...data.times[place], subject, at, index: data.events.length };
      subject.firstKnown = Math.min(subject.firstKnown, event.knownDay);
      data.events.push(event);
      return event;
    });
  }
  data.columns = columnsOf(data.events);
  return data;
}

/** Takes in a part: what the events of some subjects say, and their sources. */
export function takeIn(data, part) {
  for (const [i, { events, sources }] of part.subjects.entries()) {
    const subject = data.subjects[part.first + i];
    const cited = sources.map((source) => {
      const key = JSON.stringify([source.publisher, source.published, source.url, source.note]);
      if (!data.sources.has(key)) data.sources.set(key, source);
      return data.sources.get(key);
    });
    for (const [at, said] of events.entries()) {
      const event = Object.assign(subject.events[at], said);
      event.cited = (said.sources ?? []).map((place) => cited[place]);
    }
    subject.told = true;
  }
}

/** What is asked of every event whenever the vantage moves, side by side: see standing(). */
function columnsOf(events) {
  const columns = {
    day: new Float64Array(events.length),
    from: new Float64Array(events.length),
    to: new Float64Array(events.length),
  };
  for (const [i, event] of events.entries()) {
    columns.day[i] = event.mark
      ? event.planned
        ? event.knownDay
        : (event.hi ?? event.knownDay)
      : Infinity;
    columns.from[i] = event.held[0]?.[0] ?? Infinity;
    columns.to[i] = event.held.at(-1)?.[1] ?? -Infinity;
  }
  return columns;
}

/** Which events, by number, stand at a vantage: known, not superseded, happened or planned. */
export function standing({ columns, events }, { asOf, knownBy }) {
  const { day, from, to } = columns;
  const known = Math.min(knownBy, kLatest);
  const stands = new Uint8Array(events.length);
  for (let i = 0; i < stands.length; ++i)
    if (day[i] <= asOf && from[i] <= known && known < to[i])
      stands[i] = events[i].held.length === 1 || counts(events[i], knownBy) ? 1 : 0;
  return stands;
}

const kLatest = 1e9; // "all that is known" as a day: after every other

const spansOf = (intervals) =>
  intervals.map(([from, to, by]) => [parseDay(from, -Infinity), parseDay(to, Infinity), by]);

/** Whether an event counts for a reader of that day: known, and not superseded. */
export function counts(event, knownBy) {
  const day = Math.min(knownBy, kLatest);
  for (const [from, to] of event.held) if (from <= day && day < to) return true;
  return false;
}

/** The event that supersedes it for a reader of that day; null: none. */
export function supersededBy(event, knownBy) {
  const day = Math.min(knownBy, kLatest);
  const hit = spansOf(event.supersededBy).find(([from, to]) => from <= day && day < to);
  return hit ? event.subject.events[hit[2]] : null;
}

export function firstDays(steps) {
  return (steps.days ??= steps.map((step) => parseDay(step[0], -Infinity)));
}

function lastBefore(days, day) {
  let low = 0;
  let high = days.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (days[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The steps over as-of days for a reader of that day: [[from, answer], …]. */
export function stepsKnownBy(course, knownBy) {
  return course.grid[lastBefore(firstDays(course.grid), knownBy)][1];
}

/** The answer at (as of, known by). This is the whole of the page's "rule". */
export function lookUp(course, asOf, knownBy) {
  if (!course || course.grid.length === 0) return null;
  const steps = stepsKnownBy(course, knownBy);
  if (steps.length === 0) return null;
  return course.answers[steps[lastBefore(firstDays(steps), asOf)][1]] ?? null;
}

/** What a subject was said to be, for a reader of that day. */
export function describedBy(subject, knownBy) {
  const { answers, grid } = subject.described;
  if (grid.length === 0) return null;
  return answers[grid[lastBefore(firstDays(grid), knownBy)][1]] ?? null;
}

