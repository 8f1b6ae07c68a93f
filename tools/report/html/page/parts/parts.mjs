// Small parts that several places of the page show alike.

import { bdi, byId, el, webAddress } from "./dom.mjs";
import { isoDay, parseDay } from "../data/days.mjs";
import { dayText, many, t } from "../data/words.mjs";

let data;

export function useLabels(given) {
  data = given;
  data.statusLabels = Object.fromEntries(given.statuses.map((s) => [s.status, s.label]));
}

export const statusLabel = (status) => data.statusLabels[status] ?? status;
export const typeLabel = (type) => data.types[type] ?? type;
/** "opened, phase-2": of an event or a plan, its type and the part that it names. */
export const whatLabel = ({ type, part }) => typeLabel(type) + (part ? `, ${part}` : "");
export const ruleLabel = (rule) => data.rules?.[rule] ?? rule;
export const stateLabel = (state) => data.planStates?.[state] ?? state;
export const measureLabel = (measure) => data.measures?.[measure] ?? measure;

export function swatch(status, possible = false) {
  return el("span", {
    class: `swatch st-${status}${possible ? " possible" : ""}`,
    "aria-hidden": "true",
  });
}

/** A status by pattern and by word; `possible` ones have a broken edge. */
export function chip(status, possible = false) {
  return el(
    "span",
    { class: `chip${possible ? " maybe" : ""}` },
    swatch(status, possible),
    statusLabel(status),
  );
}

/** What else the status may be: ["possibly", chips…], or "possibly among" where some of these
 * may be the status in no world; or that it is certain. */
export function doubt(answer) {
  const others = answer.possible.filter((status) => status !== answer.status);
  if (others.length === 0) return el("span", { class: "sure" }, t("certain"));
  return el(
    "span",
    { class: "doubt" },
    answer.possibleExact === false ? t("possibly among: {}", { "": "" }) : [t("possibly"), " "],
    others.map((status, i) => [i ? ", " : "", chip(status, true)]).flat(),
  );
}

/** "operating", or "announced, possibly operating", as plain words. */
export function statusWords(answer) {
  const others = answer.possible.filter((status) => status !== answer.status);
  const sure = statusLabel(answer.status);
  if (others.length === 0) return sure;
  const listed = others.map(statusLabel).join(", ");
  if (answer.possibleExact === false) return `${sure}, ${t("possibly among: {}", { "": listed })}`;
  return t("{status}, possibly {others}", { status: sure, others: listed });
}

/** "RIA Novosti, 2 February 2024"; a date that is no day stays as it was recorded. */
export function published(source) {
  const day = parseDay(source.published);
  const date =
    Number.isFinite(day) && isoDay(day) === source.published ? dayText(day) : source.published;
  return [source.publisher, date].filter(Boolean).join(", ");
}

/** "residents: more than 10 companies", of all numbers of an event. */
export function quantityWords(event) {
  return event.quantities.map((q) => `${measureLabel(q.measure)}: ${q.text}`).join("; ");
}

/** Who published it and when, linked to where it can be read. */
export function citation(source) {
  const text = published(source);
  const url = webAddress(source.url);
  return el(
    "span",
    { class: "cite" },
    url
      ? el(
          "a",
          { href: url, rel: "noopener noreferrer external", target: "_blank" },
          bdi(text || url),
        )
      : bdi(text || t("source not named")),
    !url && source.url ? [" ", bdi(source.url)] : null,
    source.note ? [" · ", bdi(source.note)] : null,
  );
}

/** When an event happened or is planned for, in the report's words. */
export function whenText(event) {
  return event.when || (event.planned ? t("no date") : event.known);
}

export function eventTitle(event) {
  return event.title || typeLabel(event.type);
}

/** "9 parks": so many of what the board is about, as the report calls them. */
export function nounCount(n) {
  return many("noun", n);
}
