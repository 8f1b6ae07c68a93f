// What changed, in words, since the vantage that the reader came from.

import { bdi, byId, el } from "../parts/dom.mjs";
import { statusWords, stateLabel, eventTitle, typeLabel } from "../parts/parts.mjs";
import { dayText, many, t } from "../data/words.mjs";

const kListed = 60; // changes that are spelled out; the rest is counted

export function vantageWords(state) {
  const asOf = t("as of {day}", { day: dayText(state.asOf) });
  const known =
    state.knownBy === Infinity
      ? t("all that is known")
      : t("known by {day}", { day: dayText(state.knownBy) });
  return `${asOf}, ${known}`;
}

const sameWords = (a, b) =>
  a.status === b.status && String(a.possible) === String(b.possible);

/**
 * [{seen, was, status, came, went, plans}] of the subjects in which anything differs: whether the
 * status does, how many events came and went, and which plans. Both sides are {all, stands}: what
 * is seen of every subject, and which events stand. It runs at every step of a scrubber, so it
 * puts nothing into words.
 */
export function compare(before, after) {
  const found = [];
  for (const [i, seen] of after.all.entries()) {
    const was = before.all[i];
    const status =
      seen.status !== null &&
      was.status !== seen.status &&
      !(was.seen && sameWords(was.status, seen.status));
    let [came, went] = [0, 0];
    for (const { index } of seen.subject.events) {
      came += after.stands[index] & ~before.stands[index];
      went += before.stands[index] & ~after.stands[index];
    }
    const plans = was.plans === seen.plans ? [] : plansChanged(was.plans, seen.plans);
    if (status || came || went || plans.length)
      found.push({ seen, was, status, came, went, plans });
  }
  return found;
}

/** [[plan, state before, state after]]. */
function plansChanged(before, after) {
  const states = new Map(before.map((plan) => [plan.event, plan.state]));
  return after
    .filter((plan) => states.has(plan.event) && states.get(plan.event) !== plan.state)
    .map((plan) => [plan, states.get(plan.event), plan.state]);
}

/** "announced → operating". */
const statusChange = ({ was, seen }) =>
  `${was.seen ? statusWords(was.status) : t("not heard of")} → ${statusWords(seen.status)}`;

function summary(changes) {
  const sum = (count) => changes.reduce((total, change) => total + count(change), 0);
  const statuses = sum((c) => (c.status ? 1 : 0));
  const came = sum((c) => c.came);
  const went = sum((c) => c.went);
  const plans = sum((c) => c.plans.length);
  const parts = [
    statuses && many("{n} statuses differ", statuses),
    came && many("{n} events more", came),
    went && many("{n} events fewer", went),
    plans && many("{n} plans differ", plans),
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : t("no difference");
}

/** A change spelled out; `before` and `after` as of compare(). */
function item(change, before, after) {
  const { seen, status, plans } = change;
  const events = (from, to, how, words) =>
    seen.subject.events
      .filter(({ index }) => to.stands[index] && !from.stands[index])
      .map((event) => el("li", { class: how }, words, ": ", bdi(eventTitle(event))));
  return el(
    "li",
    {},
    el("b", {}, bdi(seen.name)),
    status ? `: ${statusChange(change)}` : "",
    el(
      "ul",
      {},
      events(before, after, "came", t("now counts")),
      events(after, before, "went", t("no longer counts")),
      plans.map(([plan, a, b]) =>
        el(
          "li",
          {},
          t("plan: {}", { "": typeLabel(plan.type) }),
          `: ${stateLabel(a)} → ${stateLabel(b)}`,
        ),
      ),
    ),
  );
}

export function makeChanges(app) {
  const box = byId("changes");
  const line = byId("changes-line");
  const list = byId("changes-list");
  const live = byId("live");
  let speak = 0;

  /** Only while it is open: nobody sees it otherwise. */
  const spellOut = () => {
    if (!box.open || !app.from) return;
    const { changes } = app;
    list.replaceChildren(
      ...changes.slice(0, kListed).map((change) => item(change, app.from, app)),
    );
    if (changes.length > kListed)
      list.append(el("li", {}, many("and {n} more subjects", changes.length - kListed)));
  };
  box.addEventListener("toggle", spellOut);

  return {
    draw() {
      const { changes, from } = app;
      box.hidden = !from;
      if (!from) return;
      const head = summary(changes);
      const first = changes.find((c) => c.status);
      line.replaceChildren(
        el("b", {}, head),
        " ",
        first
          ? el("span", { class: "example" }, bdi(first.seen.name), ": ", statusChange(first))
          : "",
        " ",
        el(
          "span",
          { class: "since" },
          t("compared with {vantage}", { vantage: vantageWords(from.state) }),
        ),
      );
      spellOut();
      clearTimeout(speak);
      speak = setTimeout(() => {
        const told = changes
          .filter((c) => c.status)
          .slice(0, 3)
          .map((c) => `${c.seen.name}: ${statusChange(c)}`);
        live.textContent = [vantageWords(app.state), head, ...told].join(". ");
      }, 350);
    },
  };
}
