// "Why": for a status, a number, a plan or an event, what decided it and what was considered
// and rejected, with the sources. A place is named "park/x", "park/x:residents",
// "park/x:plans" or "park/x@3", an event of it by its number.

import { bdi, byId, el } from "../parts/dom.mjs";
import { counts, supersededBy } from "../data/data.mjs";
import {
  chip,
  citation,
  doubt,
  eventTitle,
  measureLabel,
  quantityWords,
  ruleLabel,
  typeLabel,
  whenText,
} from "../parts/parts.mjs";
import { vantageWords } from "./changes.mjs";
import { dayText, t } from "../data/words.mjs";

/** An event's part in a status, as `explain` words it. */
export function verdict(event, status, state) {
  if (event.knownDay > state.knownBy) return "not yet known";
  if (!counts(event, state.knownBy)) return "superseded";
  const first = event.planned ? event.knownDay : (event.lo ?? -Infinity);
  if (first > state.asOf) return "not yet happened";
  if (event.role === "none") return "what has no effect on a status";
  const last = event.planned ? event.knownDay : event.hi;
  if (!status.because.includes(event.at)) {
    const told = status.becauseComplete !== false || event.planned || event.lo === last;
    return told ? "what made no difference" : "what may have made a difference";
  }
  return last > state.asOf ? "what may have happened by then" : "what decided";
}

const kVerdicts = [
  "what decided",
  "what may have happened by then",
  "what may have made a difference",
  "superseded",
  "not yet known",
  "not yet happened",
  "what made no difference",
  "what has no effect on a status",
];
const kRejected = new Set(kVerdicts.slice(3));

export function parsePlace(place) {
  const parts = /^([^:@]+)(?::([^@]+))?(?:@(\d+))?$/.exec(place);
  return parts && { subject: parts[1], topic: parts[2] ?? "", event: parts[3] ? +parts[3] : null };
}

/** One event with all that can be cited of it. */
export function eventCard(app, event, knownBy) {
  const by = supersededBy(event, knownBy);
  const old =
    event.supersedes !== null && event.supersedes !== undefined
      ? event.subject.events[event.supersedes]
      : null;
  return el(
    "li",
    { class: `event${event.planned ? " planned" : ""}`, "data-event": event.id, "data-source": event.source },
    el("p", { class: "event-title" }, bdi(eventTitle(event))),
    el(
      "p",
      { class: "facts" },
      event.planned ? [t("plan"), " · "] : null,
      typeLabel(event.type),
      " · ",
      bdi(whenText(event)),
    ),
    event.label
      ? el("p", { class: "facts" }, t("in the source's words"), ": ", bdi(event.label))
      : null,
    event.quantities.length ? el("p", { class: "facts" }, bdi(quantityWords(event))) : null,
    event.parties.length ? el("p", { class: "facts" }, bdi(event.parties.join(", "))) : null,
    event.note ? el("p", { class: "note" }, bdi(event.note)) : null,
    event.cited.map((source) => el("p", { class: "source" }, citation(source))),
    by
      ? el("p", { class: "facts" }, t("superseded by"), ": ", bdi(eventTitle(by)), ` (${by.id})`)
      : null,
    old
      ? el("p", { class: "facts" }, t("supersedes"), ": ", bdi(eventTitle(old)), ` (${old.id})`)
      : null,
    el(
      "p",
      { class: "ids" },
      t("known since {day}", { day: dayText(event.knownDay) }),
      " · ",
      bdi(event.id),
      " · ",
      t("position {n}", { n: event.position }),
    ),
  );
}

const cards = (app, events) =>
  el(
    "ol",
    { class: "events" },
    events.map((e) => eventCard(app, e, app.state.knownBy)),
  );

function statusParts(app, seen) {
  const { status, subject } = seen;
  if (!status) return [];
  const groups = new Map(kVerdicts.map((v) => [v, []]));
  for (const event of subject.events)
    groups.get(verdict(event, status, app.state)).push(event);
  const group = (name) =>
    groups.get(name).length ? [el("h4", {}, t(name)), cards(app, groups.get(name))] : [];
  const rejected = kVerdicts.filter((v) => kRejected.has(v)).flatMap(group);
  return [
    el(
      "div",
      { class: "verdict" },
      el("p", {}, chip(status.status), doubt(status)),
      el(
        "p",
        { class: "facts" },
        status.sinceText ? [t("since"), ": ", bdi(status.sinceText), " · "] : null,
        t("rule"),
        ": ",
        ruleLabel(status.rule),
      ),
    ),
    ...group("what decided"),
    ...group("what may have happened by then"),
    ...group("what may have made a difference"),
    rejected.length ? el("h3", {}, t("Considered and rejected")) : null,
    ...rejected,
  ];
}

function figureParts(app, seen, measure) {
  const figures = seen.figures.filter((f) => f.measure === measure);
  const used = new Set(figures.flatMap((f) => f.because));
  const others = seen.subject.events.filter(
    (e) => !used.has(e.at) && e.quantities.some((q) => q.measure === measure),
  );
  const reason = (event) => {
    if (event.knownDay > app.state.knownBy) return t("not yet known");
    if (!counts(event, app.state.knownBy)) return t("superseded");
    if (event.planned) return t("plan");
    if (event.hi > app.state.asOf) return t("not yet happened");
    return t("a newer number stands");
  };
  return [
    ...figures
      .map((f) => [
        el("p", { class: "number" }, bdi(f.text), f.part ? [" (", bdi(f.part), ")"] : null),
        el("h4", {}, t("what decided")),
        cards(
          app,
          f.because.map((i) => seen.subject.events[i]),
        ),
      ])
      .flat(),
    figures.length ? null : el("p", {}, t("no such number is known from here")),
    others.length ? el("h3", {}, t("Considered and rejected")) : null,
    ...others.flatMap((event) => [el("h4", {}, reason(event)), cards(app, [event])]),
  ];
}

function planParts(app, seen) {
  if (seen.plans.length === 0) return [];
  const { events } = seen.subject;
  return seen.plans.map((plan) => {
    const first = plan.baseline !== plan.event ? events[plan.baseline] : null;
    return el(
      "section",
      { class: "plan-card" },
      el(
        "h4",
        {},
        el("span", { class: `plan-mark ${plan.state}`, "aria-hidden": "true" }),
        whatLabel(plan),
        ": ",
        bdi(plan.text),
      ),
      first
        ? el(
            "p",
            { class: "facts" },
            t("first planned for"),
            ": ",
            bdi(whenText(first)),
            ` (${first.id})`,
          )
        : null,
      cards(
        app,
        [plan.event, plan.metBy, plan.movedTo, plan.droppedBy]
          .filter((i) => i !== null && i !== undefined)
          .map((i) => events[i]),
      ),
    );
  });
}

function portrait(seen) {
  const rows = seen.described?.facts ?? [];
  return rows.length
    ? el(
        "dl",
        { class: "portrait" },
        rows.map(([name, text]) => [el("dt", {}, name), el("dd", {}, bdi(text))]).flat(),
      )
    : null;
}

export function makeWhy(app) {
  const panel = byId("why");
  const body = byId("why-body");
  let opener = null;
  let shown = "";
  byId("why-close").addEventListener("click", () => app.why(""));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    app.why("");
  });
  return {
    needsWhole: true,
    draw() {
      const place = parsePlace(app.state.why);
      const seen = place && app.all.find((s) => s.subject.subject === place.subject);
      if (!seen) {
        const wasOpen = !panel.hidden;
        panel.hidden = true;
        document.body.classList.remove("with-why");
        if (wasOpen && opener) app.focusKey(opener);
        opener = null;
        shown = "";
        return;
      }
      const { subject } = seen;
      const event = place.event === null ? null : subject.events[place.event];
      byId("why-title").replaceChildren(bdi(seen.name));
      byId("why-vantage").textContent = vantageWords(app.state);
      const parts = event
        ? [
            el("h3", {}, t("Event")),
            cards(app, [event]),
            subject.hasStatus ? el("h3", {}, t("Why this status")) : null,
            ...statusParts(app, seen),
          ]
        : place.topic === "plans"
          ? [el("h3", {}, t("Plans")), ...planParts(app, seen)]
          : place.topic
            ? [el("h3", {}, measureLabel(place.topic)), ...figureParts(app, seen, place.topic)]
            : [
                portrait(seen),
                subject.hasStatus ? el("h3", {}, t("Why this status")) : null,
                ...statusParts(app, seen),
                seen.plans.length ? el("h3", {}, t("Plans")) : null,
                ...planParts(app, seen),
              ];
      const more =
        place.topic || event
          ? el(
              "button",
              { type: "button", class: "quiet", onclick: () => app.why(subject.subject) },
              t("All about it"),
            )
          : null;
      const picture = subject.hasStatus
        ? el(
            "button",
            { type: "button", class: "quiet", onclick: () => app.showPicture(subject.subject) },
            t("See it on both axes of time"),
          )
        : null;
      const top = shown === app.state.why ? body.scrollTop : 0;
      app.keepFocus(body, () =>
        body.replaceChildren(
          ...parts.flat().filter(Boolean),
          el("p", { class: "more" }, [more, picture].filter(Boolean)),
        ),
      );
      body.scrollTop = top;
      if (shown !== app.state.why && !panel.contains(document.activeElement))
        opener = document.activeElement?.dataset?.key ?? opener;
      const opening = panel.hidden;
      panel.hidden = false;
      document.body.classList.add("with-why");
      if (opening && !app.restoring) byId("why-close").focus({ preventScroll: true });
      shown = app.state.why;
    },
  };
}
