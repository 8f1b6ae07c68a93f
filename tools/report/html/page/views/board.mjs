// The board: every park with its status at the vantage, its numbers and its plans.

import { bdi, byId, el, place } from "../parts/dom.mjs";
import { Kept, LongList } from "../parts/lists.mjs";
import {
  chip,
  doubt,
  eventTitle,
  stateLabel,
  statusLabel,
  swatch,
  whenText,
} from "../parts/parts.mjs";
import { parseDay } from "../data/days.mjs";
import { nounCount } from "../parts/parts.mjs";
import { grouped, t } from "../data/words.mjs";

/** Names a button of a row by its park and by what it says: "agreed" alone would be many. */
const ofSubject = ({ subject }, what) => {
  const id = `n${subject.index}-${what}`;
  return { id, "aria-labelledby": `n${subject.index} ${id}` };
};

const kBoardRow = 64; // of a row of a long board

function figuresOf(seen, measure) {
  return seen.figures.filter((f) => f.measure === measure);
}

/** For what events say while that is being read. */
const notYet = () => el("span", { class: "none" }, "…");

/** The unit that most parks have a measure in: amounts in two currencies are not compared. */
function usualUnit(rows, measure) {
  const counts = new Map();
  for (const seen of rows)
    for (const { unit } of figuresOf(seen, measure)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), ["", 0])[0];
}

function amount(seen, measure, unit) {
  const numbers = figuresOf(seen, measure).filter((f) => f.unit === unit);
  return Math.max(-1, ...numbers.map((f) => Number(f.value)));
}

function openPlans(seen) {
  return seen.plans.filter((plan) => plan.state === "overdue" || plan.state === "pending").length;
}

function sinceDay(seen) {
  const since = seen.status?.since;
  return since ? parseDay(since.latest ?? since.earliest, -Infinity) : -Infinity;
}

const kOf = "of "; // begins the key of a measure's column
const kFirstMeasure = 4; // the column

/** What the other columns are sorted by. */
const kBoardKeys = {
  name: (seen) => seen.name,
  status: (seen, { order }) => order.get(seen.status?.status) ?? -1,
  since: sinceDay,
  latest: (seen) => seen.latest?.hi ?? -Infinity,
  plans: openPlans,
};

/** Rows in the order that "-status" or "name" asks for; anything else: as they came. */
export function sorted(rows, sort, keys, extra) {
  const key = keys[sort.replace(/^-/, "")];
  if (!key) return rows;
  const sign = sort.startsWith("-") ? -1 : 1;
  const compare = (a, b) =>
    typeof a === "string" ? a.localeCompare(b) : a < b ? -1 : a > b ? 1 : 0;
  return rows
    .map((row) => [key(row, extra), row])
    .sort((a, b) => sign * compare(a[0], b[0]))
    .map(([, row]) => row);
}

/** Makes the heads of a table's columns into buttons that sort. */
export function sortable(head, app, field) {
  for (const cell of head.querySelectorAll("th[data-sort]")) {
    const name = cell.dataset.sort;
    const button = el("button", { type: "button", class: "sort" }, cell.textContent);
    button.addEventListener("click", () => {
      const next =
        app.state[field] === name ? `-${name}` : app.state[field] === `-${name}` ? "" : name;
      app.change({ [field]: next });
    });
    cell.replaceChildren(button);
  }
  return () => {
    for (const cell of head.querySelectorAll("th[data-sort]")) {
      const name = cell.dataset.sort;
      const by = app.state[field];
      if (by === name) cell.setAttribute("aria-sort", "ascending");
      else if (by === `-${name}`) cell.setAttribute("aria-sort", "descending");
      else cell.removeAttribute("aria-sort");
    }
  };
}

export function makeBoard(app) {
  const table = byId("board-table");
  const body = table.tBodies[0];
  const showSort = sortable(table.tHead, app, "sort");
  const order = new Map(app.data.statuses.map((s, i) => [s.status, i]));
  const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  // The measures that have columns, as the head names them.
  const measures = [...table.tHead.querySelectorAll(`th[data-sort^="${kOf}"]`)].map((cell) =>
    cell.dataset.sort.slice(kOf.length),
  );
  const keys = { ...kBoardKeys };
  for (const measure of measures)
    keys[kOf + measure] = (seen, { units }) => amount(seen, measure, units[measure]);
  const list = new LongList(byId("board-frame"), body, (height) =>
    el(
      "tr",
      { class: "spacer", "aria-hidden": "true" },
      place(el("td", { colspan: labels.length }), { height: `${height}px` }),
    ),
  );
  app.lists.push(list);
  const cell = (column, ...content) => el("td", { "data-label": labels[column] }, ...content);

  /** What is planned of a measure, and still awaited: shown as that, beside what is reported. */
  const planned = (seen, measure) =>
    seen.plans
      .filter((plan) => plan.state === "pending" || plan.state === "overdue")
      .flatMap((plan) => {
        const event = seen.subject.events[plan.event];
        return event.quantities
          .filter((q) => q.measure === measure)
          .map((q) => ({ text: q.text, place: `${seen.subject.subject}@${event.at}` }));
      });

  const number = (column, seen, measure) => {
    const figures = figuresOf(seen, measure);
    const plans = planned(seen, measure);
    if (figures.length === 0 && seen.plans.length > 0 && !seen.subject.told)
      return cell(column, notYet());
    if (figures.length + plans.length === 0)
      return cell(column, el("span", { class: "none" }, "–"));
    return cell(
      column,
      figures.map((f, i) =>
        el(
          "button",
          {
            type: "button",
            class: "why figure",
            "data-key": `${seen.subject.subject}:${measure}`,
            ...ofSubject(seen, `${measure}-${i}`),
            onclick: () => app.why(`${seen.subject.subject}:${measure}`),
          },
          bdi(f.text),
          f.part ? [" (", bdi(f.part), ")"] : null,
        ),
      ),
      plans.map(({ text, place: where }, i) =>
        el(
          "button",
          {
            type: "button",
            class: "why planned-figure",
            "data-key": `${where}:${measure}`,
            ...ofSubject(seen, `${measure}-plan-${i}`),
            onclick: () => app.why(where),
          },
          `${t("plan")}: `,
          bdi(text),
        ),
      ),
    );
  };

  const plansOf = (seen) => {
    const counts = new Map();
    for (const plan of seen.plans) counts.set(plan.state, (counts.get(plan.state) ?? 0) + 1);
    if (counts.size === 0) return el("span", { class: "none" }, "–");
    return ["overdue", "pending", "moved", "met", "lapsed", "dropped"]
      .filter((state) => counts.has(state))
      .map((state) =>
        el(
          "button",
          {
            type: "button",
            class: `why plan ${state}`,
            "data-key": `${seen.subject.subject}:plans:${state}`,
          ...ofSubject(seen, state),
            onclick: () => app.why(`${seen.subject.subject}:plans`),
          },
          el("span", { class: `plan-mark ${state}`, "aria-hidden": "true" }),
          `${stateLabel(state)}: ${counts.get(state)}`,
        ),
      );
  };

  const row = (seen) => {
    const { subject, status, latest } = seen;
    const id = subject.subject;
    const changed = app.changed.has(subject.index);
    const where = [seen.place, seen.partner].filter(Boolean).join(" · ");
    const head = el(
      "th",
      { scope: "row" },
      el(
        "button",
        { type: "button", class: "why name", "data-key": `${id}:name`, onclick: () => app.why(id) },
        el("bdi", { id: `n${subject.index}`, class: seen.named ? "" : "slug" }, seen.name),
      ),
      el("span", { class: "where" }, bdi(where || id)),
    );
    const line = el(
      "tr",
      {
        class:
          [seen.seen ? "" : "unseen", changed ? "changed" : "", app.open(id) ? "open" : ""]
            .join(" ")
            .trim() || null,
        "data-subject": id,
      },
      head,
    );
    if (!seen.seen) {
      line.append(
        el("td", { colspan: labels.length - 1, class: "nothing" }, t("nothing was known yet")),
      );
      return line;
    }
    line.append(
      cell(
        1,
        el(
          "button",
          {
            type: "button",
            class: "why",
            "data-key": `${id}:status`,
            "data-status": status.status,
            ...ofSubject(seen, "status"),
            onclick: () => app.why(id),
          },
          chip(status.status),
          doubt(status),
        ),
      ),
      cell(2, status.sinceText ? bdi(status.sinceText) : el("span", { class: "none" }, "–")),
      cell(
        3,
        latest && !subject.told
          ? notYet()
          : latest
          ? el(
              "button",
              {
                type: "button",
                class: "why mark",
                "data-key": `${id}:latest`,
                ...ofSubject(seen, "latest"),
                onclick: () => app.why(`${id}@${latest.at}`),
              },
              el("bdi", { class: "title" }, eventTitle(latest)),
              el("span", { class: "when" }, bdi(whenText(latest))),
            )
          : el("span", { class: "none" }, "–"),
      ),
      ...measures.map((measure, i) => number(kFirstMeasure + i, seen, measure)),
      cell(kFirstMeasure + measures.length, plansOf(seen)),
    );
    return line;
  };

  const kept = new Kept();
  const keptRow = (seen) =>
    kept.get(
      seen.subject.index,
      [
        seen.status,
        seen.plans,
        seen.figures,
        seen.latest,
        seen.described,
        seen.seen,
        seen.subject.told,
        app.changed.has(seen.subject.index),
        app.open(seen.subject.subject),
      ],
      () => row(seen),
    );

  const legend = byId("board-legend");
  const draw = () => {
    showSort();
    const parks = app.passed.filter((seen) => seen.subject.hasStatus);
    drawLegend(app, legend, parks);
    const shown = app.rows.filter((seen) => seen.subject.hasStatus);
    const units = {};
    for (const measure of measures) units[measure] = usualUnit(shown, measure);
    const rows = sorted(shown, app.state.sort, keys, { order, units });
    const coarse = rows.filter((seen) => seen.seen && seen.status.possibleExact === false).length;
    byId("board-coarse").hidden = coarse === 0;
    byId("board-coarse").textContent = t(
      "Coarser than exact: {n}. So many vague dates overlap there that not every order of events was gone through: what is possible is among the statuses that are told, but some of these may not be.",
      { n: grouped(String(coarse)) },
    );
    body.parentElement.classList.toggle("empty", rows.length === 0);
    const all = Number(byId("board-count").dataset.of);
    byId("board-count").textContent =
      rows.length === parks.length && app.passed.length === app.all.length && rows.length >= all
        ? nounCount(rows.length)
        : t("{shown} of {all}", { shown: grouped(String(rows.length)), all: nounCount(all) });
    list.set(
      rows.length,
      () => kBoardRow,
      (i) => keptRow(rows[i]),
    );
  };
  return { where: byId("board"), draw };
}

/** How many parks have which status: a bar, and the buttons that filter by it. */
function drawLegend(app, legend, parks) {
  const counts = new Map();
  for (const seen of parks)
    if (seen.seen) counts.set(seen.status.status, (counts.get(seen.status.status) ?? 0) + 1);
  const present = app.data.statuses
    .map((s) => s.status)
    .filter((s) => counts.has(s) || app.state.status.has(s));
  const bar = el(
    "div",
    { class: "bar", "aria-hidden": "true" },
    present.map((status) =>
      place(el("span", { class: `st-${status}` }), {
        "flex-grow": String(counts.get(status) ?? 0),
      }),
    ),
  );
  const buttons = present.map((status) =>
    el(
      "button",
      {
        type: "button",
        class: "pick",
        "data-key": `pick:${status}`,
        "aria-pressed": String(app.state.status.has(status)),
        onclick: () => {
          const picked = new Set(app.state.status);
          if (!picked.delete(status)) picked.add(status);
          app.change({ status: picked });
        },
      },
      swatch(status),
      statusLabel(status),
      el("b", {}, String(counts.get(status) ?? 0)),
    ),
  );
  app.keepFocus(legend, () =>
    legend.replaceChildren(
      bar,
      el(
        "div",
        { class: "picks", role: "group", "aria-label": t("Show only those with this status") },
        buttons,
      ),
    ),
  );
}
