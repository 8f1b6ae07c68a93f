// Everything beneath: every event as a row of a table, and every source.

import { bdi, byId, el, place } from "../parts/dom.mjs";
import { sortable, sorted } from "./board.mjs";
import { counts } from "../data/data.mjs";
import { LongList } from "../parts/lists.mjs";
import { citation, eventTitle, quantityWords, typeLabel, whenText } from "../parts/parts.mjs";
import { dayText, many, t } from "../data/words.mjs";

const kTableRow = 58;

const kTableKeys = {
  when: (event) => event.hi ?? event.lo ?? (event.planned ? Infinity : event.knownDay),
  subject: (event, app) => app.all[event.subject.index].name,
  type: (event) => typeLabel(event.type),
  title: (event) => eventTitle(event),
  known: (event) => event.knownDay,
  position: (event) => event.position,
};

/** How an event stands at the vantage, in words. */
function standingOf(event, state) {
  if (event.knownDay > state.knownBy) return "not yet known";
  if (!counts(event, state.knownBy)) return event.type === "retracted" ? "counts" : "superseded";
  if ((event.planned ? event.knownDay : (event.lo ?? -Infinity)) > state.asOf)
    return "not yet happened";
  if (event.planned) return "plan";
  return event.hi > state.asOf ? "possibly" : "counts";
}

export function makeTable(app) {
  const table = byId("data-table");
  const body = table.tBodies[0];
  const showSort = sortable(table.tHead, app, "table");
  const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const list = new LongList(byId("data-frame"), body, (height) =>
    el(
      "tr",
      { class: "spacer", "aria-hidden": "true" },
      place(el("td", { colspan: labels.length }), { height: `${height}px` }),
    ),
  );
  app.lists.push(list);
  let rows = [];

  const row = (i) => {
    const event = rows[i];
    const how = standingOf(event, app.state);
    const cell = (column, ...content) => el("td", { "data-label": labels[column] }, ...content);
    const key = `${event.subject.subject}@${event.at}`;
    return el(
      "tr",
      { class: how === "counts" || how === "plan" ? null : "aside" },
      cell(0, bdi(whenText(event))),
      cell(1, bdi(app.all[event.subject.index].name)),
      cell(
        2,
        typeLabel(event.type),
        event.planned ? el("span", { class: "tag" }, t("plan")) : null,
      ),
      cell(
        3,
        el(
          "button",
          { type: "button", class: "why", "data-key": `row:${key}`, onclick: () => app.why(key) },
          bdi(eventTitle(event)),
        ),
        event.quantities.length ? el("span", { class: "facts" }, bdi(quantityWords(event))) : null,
      ),
      cell(4, dayText(event.knownDay)),
      cell(
        5,
        event.cited.map((source, j) => [j ? "; " : "", citation({ ...source, note: "" })]).flat(),
      ),
      cell(6, how === "plan" ? t("counts") : t(how)),
      cell(7, String(event.position)),
      cell(8, el("code", {}, bdi(event.id))),
    );
  };

  return {
    where: byId("table"),
    needsWhole: true,
    draw(flags) {
      showSort();
      if (flags.filter || flags.rows || flags.sort || rows.length === 0)
        rows = sorted(
          app.rows.flatMap((seen) => seen.subject.events.filter((e) => e.shown !== false)),
          app.state.table,
          kTableKeys,
          app,
        );
      byId("data-count").textContent = many("{n} events", rows.length);
      if (flags.filter || flags.rows || flags.sort || list.count !== rows.length)
        list.set(rows.length, () => kTableRow, row);
      else list.fill(true);
    },
  };
}

export function makeSources(app) {
  const frame = byId("sources-frame");
  const root = byId("sources-list");
  const list = new LongList(frame, root, (height) =>
    place(el("li", { class: "spacer", "aria-hidden": "true" }), { height: `${height}px` }),
  );
  app.lists.push(list);
  return {
    where: byId("sources"),
    needsWhole: true,
    draw(flags) {
      if (!flags.filter && !flags.rows && list.count > 0) return;
      const cited = new Map();
      for (const seen of app.rows)
        for (const event of seen.subject.events)
          for (const source of event.cited) cited.set(source, (cited.get(source) ?? 0) + 1);
      const rows = [...cited].sort(
        ([a], [b]) =>
          (b.published ?? "").localeCompare(a.published ?? "") ||
          (a.publisher ?? "").localeCompare(b.publisher ?? ""),
      );
      byId("sources-count").textContent = many("{n} sources", rows.length);
      list.set(
        rows.length,
        () => 34,
        (i) =>
          el(
            "li",
            {},
            citation(rows[i][0]),
            el("span", { class: "times" }, many("{n} events", rows[i][1])),
          ),
      );
    },
  };
}
