// What is to be seen from the chosen vantage through the chosen filters: looked up once for
// every part of the page to draw.

import { counts, describedBy, firstDays, lookUp, stepsKnownBy } from "./data.mjs";
import { parseDay } from "./days.mjs";

/** Of one subject at a vantage. `seen`: anything at all was known of it. */
export function seeSubject(subject, asOf, knownBy) {
  const described = describedBy(subject, knownBy);
  return {
    subject,
    described,
    seen: subject.firstKnown <= knownBy,
    name: described?.name ?? subject.subject,
    named: Boolean(described?.name),
    region: described?.region ?? "",
    place: described?.place ?? "",
    partner: described?.partner ?? "",
    sectors: described?.sectors ?? [],
    status: subject.hasStatus ? lookUp(subject.status, asOf, knownBy) : null,
    plans: lookUp(subject.plans, asOf, knownBy) ?? [],
    figures: lookUp(subject.figures, asOf, knownBy) ?? [],
    latest: latestMark(subject, asOf, knownBy),
  };
}

/** The last of the marks that had certainly happened, in the order of the timeline. */
function latestMark(subject, asOf, knownBy) {
  subject.dated ??= subject.events
    .filter((event) => event.mark && !event.planned && event.hi !== null)
    .sort((a, b) => a.hi - b.hi || (a.lo ?? -Infinity) - (b.lo ?? -Infinity) || a.at - b.at);
  return subject.dated.findLast((event) => event.hi <= asOf && counts(event, knownBy)) ?? null;
}

export function statusOf(seen) {
  return seen.status?.status ?? "";
}

export function seeAll(data, state) {
  return data.subjects.map((subject) => seeSubject(subject, state.asOf, state.knownBy));
}

function holds(seen, state, words) {
  if (state.region && seen.region !== state.region) return false;
  if (state.partner && seen.partner !== state.partner) return false;
  if (words.length === 0) return true;
  const { subject } = seen;
  const text =
    `${seen.name} ${subject.subject} ${seen.place} ${seen.partner} ${seen.sectors.join(" ")}`.toLowerCase();
  if (words.every((word) => text.includes(word))) return true;
  subject.titles ??= subject.events
    .map((event) => event.title ?? "")
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word) || subject.titles.includes(word));
}

/** Those that pass the filters; the status is judged apart, so that its counts can be shown. */
export function passing(all, state) {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((seen) => holds(seen, state, words));
}

export function withStatus(passed, state) {
  if (state.status.size === 0) return passed;
  return passed.filter((seen) => seen.status && state.status.has(seen.status.status));
}

/** Days from which anything differs: over as-of for readers of one day, or over known-by. */
export function asOfChanges(subjects, knownBy) {
  const days = new Map();
  const add = (course) => {
    if (!course || course.grid.length === 0) return;
    for (const day of firstDays(stepsKnownBy(course, knownBy)))
      if (day !== -Infinity) days.set(day, (days.get(day) ?? 0) + 1);
  };
  for (const subject of subjects) {
    if (subject.hasStatus) add(subject.status);
    add(subject.plans);
    add(subject.figures);
  }
  return days;
}

export function knownByChanges(subjects) {
  const days = new Map();
  for (const subject of subjects)
    for (const event of subject.events)
      days.set(event.knownDay, (days.get(event.knownDay) ?? 0) + 1);
  return days;
}

/** How many parks had which status, from each as-of day on: [{from, counts: Map}]. */
export function statusOverTime(subjects, knownBy) {
  const moves = [];
  const now = new Map();
  for (const subject of subjects) {
    if (!subject.hasStatus || subject.status.grid.length === 0) continue;
    const steps = stepsKnownBy(subject.status, knownBy);
    let before = null;
    for (const [from, answer] of steps) {
      const { status } = subject.status.answers[answer];
      moves.push([parseDay(from, -Infinity), before, status]);
      before = status;
    }
  }
  moves.sort((a, b) => a[0] - b[0]);
  const course = [];
  for (const [day, before, after] of moves) {
    if (before !== null) now.set(before, now.get(before) - 1);
    now.set(after, (now.get(after) ?? 0) + 1);
    if (course.at(-1)?.from === day) course.at(-1).counts = new Map(now);
    else course.push({ from: day, counts: new Map(now) });
  }
  return course;
}
