// What changed, in words, since the vantage that the reader came from.

import { bdi, byId, el } from "./dom.mjs";
import { counts } from "./data.mjs";
import { statusWords, stateLabel, eventTitle, typeLabel } from "./parts.mjs";
import { dayText, many, t } from "./words.mjs";

const kListed = 60; // changes that are spelled out; the rest is counted

export function vantageWords(state) {
  const asOf = t("as of {day}", { day: dayText(state.asOf) });
  const known =
    state.knownBy === Infinity
      ? t("all that is known")
      : t("known by {day}", { day: dayText(state.knownBy) });
  return `${asOf}, ${known}`;
}

/** Whether an event counts as something to be seen: known, not superseded, begun or planned. */
function standing(event, state) {
  if (!event.mark || !counts(event, state.knownBy)) return false;
  return (event.planned ? event.knownDay : (event.hi ?? event.knownDay)) <= state.asOf;
}

/** [{seen, before, after, came, went, plans}] of the subjects in which anything differs. */
export function compare(before, after, from, to) {
  const found = [];
  const stood = (before.stood ??= before.map((was) =>
    was.subject.events.map((event) => standing(event, from)),
  ));
  for (const [i, now] of after.entries()) {
    const was = before[i];
    const change = { seen: now, came: [], went: [], plans: [] };
    if (was.status !== now.status && now.status)
      change.status = was.seen
        ? [statusWords(was.status), statusWords(now.status)]
        : [t("not heard of"), statusWords(now.status)];
    for (const [j, event] of now.subject.events.entries()) {
      const stands = standing(event, to);
      if (stands !== stood[i][j]) (stands ? change.came : change.went).push(event);
    }
    if (was.plans !== now.plans) {
      const states = new Map(was.plans.map((plan) => [plan.event, plan.state]));
      for (const plan of now.plans)
        if (states.has(plan.event) && states.get(plan.event) !== plan.state)
          change.plans.push([plan, states.get(plan.event), plan.state]);
    }
    if (change.status && change.status[0] === change.status[1]) delete change.status;
    if (change.status || change.came.length || change.went.length || change.plans.length)
      found.push(change);
  }
  return found;
}

function summary(changes) {
  const statuses = changes.filter((c) => c.status).length;
  const came = changes.reduce((sum, c) => sum + c.came.length, 0);
  const went = changes.reduce((sum, c) => sum + c.went.length, 0);
  const plans = changes.reduce((sum, c) => sum + c.plans.length, 0);
  const parts = [
    statuses && many("{n} statuses differ", statuses),
    came && many("{n} events more", came),
    went && many("{n} events fewer", went),
    plans && many("{n} plans differ", plans),
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : t("no difference");
}

export function makeChanges(app) {
  const line = byId("changes-line");
  const list = byId("changes-list");
  const live = byId("live");
  let speak = 0;
  return {
    draw() {
      const from = app.from;
      const box = byId("changes");
      if (!from) {
        box.hidden = true;
        return;
      }
      box.hidden = false;
      const { changes } = app;
      const head = summary(changes);
      const first = changes.find((c) => c.status);
      line.replaceChildren(
        el("b", {}, head),
        " ",
        first
          ? el("span", { class: "example" }, bdi(first.seen.name), ": ", first.status.join(" → "))
          : "",
        " ",
        el(
          "span",
          { class: "since" },
          t("compared with {vantage}", { vantage: vantageWords(from.state) }),
        ),
      );
      list.replaceChildren(
        ...changes.slice(0, kListed).map((c) =>
          el(
            "li",
            {},
            el("b", {}, bdi(c.seen.name)),
            c.status ? `: ${c.status.join(" → ")}` : "",
            el(
              "ul",
              {},
              c.came.map((e) =>
                el("li", { class: "came" }, t("now counts"), ": ", bdi(eventTitle(e))),
              ),
              c.went.map((e) =>
                el("li", { class: "went" }, t("no longer counts"), ": ", bdi(eventTitle(e))),
              ),
              c.plans.map(([plan, a, b]) =>
                el(
                  "li",
                  {},
                  t("plan"),
                  " ",
                  typeLabel(plan.type),
                  `: ${stateLabel(a)} → ${stateLabel(b)}`,
                ),
              ),
            ),
          ),
        ),
      );
      if (changes.length > kListed)
        list.append(el("li", {}, many("and {n} more subjects", changes.length - kListed)));
      clearTimeout(speak);
      speak = setTimeout(() => {
        const told = changes
          .filter((c) => c.status)
          .slice(0, 3)
          .map((c) => `${c.seen.name}: ${c.status.join(" → ")}`);
        live.textContent = [vantageWords(app.state), head, ...told].join(". ");
      }, 350);
    },
  };
}
