// The two scrubbers: as of which day, and known by which.

import { byId, el, place, svg } from "../parts/dom.mjs";
import { isoDay, parseDay, typedDay } from "../data/days.mjs";
import { lens } from "../data/scale.mjs";
import { dayText, monthOf, t } from "../data/words.mjs";

const kPlayEvery = 900; // milliseconds
const kCatch = 6; // pixels: so near to a tick the thumb is on it

/**
 * `get()` and `set(day)` the value; `endless`: past the right end lies "all that is known".
 * `ticks()` gives the days on which anything differs, as a Map of day to weight.
 */
function makeScrubber(app, root, { get, set, ticks, endless, label }) {
  const track = el("div", { class: "track", role: "slider", tabindex: "0", "aria-label": label });
  const marks = svg("svg", { class: "ticks", "aria-hidden": "true", focusable: "false" });
  const done = el("div", { class: "done", "aria-hidden": "true" });
  const thumb = el("div", { class: "thumb", "aria-hidden": "true" });
  track.append(done, marks, thumb);
  const field = root.querySelector("input");
  const button = (name, words, act) =>
    el(
      "button",
      {
        type: "button",
        class: `step ${name}`,
        "aria-label": `${label}: ${words}`, // both scrubbers have one
        title: words,
        onclick: act,
      },
      el("span", { "aria-hidden": "true" }),
    );
  let days = [];
  let weights = null;
  let playing = 0;
  const after = (day) => days.find((d) => d > day);
  const before = (day) => days.findLast((d) => d < day);
  const next = () => after(get()) ?? (endless ? Infinity : undefined);
  const move = (day) => day !== undefined && set(day);
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.classList.remove("on");
    play.setAttribute("aria-pressed", "false");
  };
  const play = button("play", t("Play"), () => {
    if (playing) return stop();
    if (next() === undefined || get() === Infinity) set(days[0]);
    play.classList.add("on");
    play.setAttribute("aria-pressed", "true");
    playing = setInterval(
      () => (get() === Infinity || next() === undefined ? stop() : move(next())),
      kPlayEvery,
    );
  });
  play.setAttribute("aria-pressed", "false");
  root.append(
    button("back", t("previous change"), () => move(before(get()))),
    track,
    button("on", t("next change"), () => move(next())),
    play,
  );

  const pad = 10;
  let room = 0; // of the track, in pixels; measured when it may have changed
  const width = () => room - 2 * pad - (endless ? 26 : 0);
  const view = () => lens(app.scale, app.scale.from, app.scale.to, Math.max(10, width()));
  const placeOf = (day) => {
    const v = view();
    return pad + (day === Infinity ? width() + 22 : Math.min(width(), Math.max(0, v.x(day))));
  };

  let edge = 0;
  const at = (event) => {
    const x = event.clientX - edge - pad;
    if (endless && x > width() + 8) return Infinity;
    const v = view();
    const day = v.day(Math.min(width(), Math.max(0, x)));
    const near = days.reduce(
      (best, d) => (Math.abs(v.x(d) - x) < Math.abs(v.x(best) - x) ? d : best),
      days[0] ?? day,
    );
    return Math.abs(v.x(near) - x) <= kCatch ? near : day;
  };
  track.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    stop();
    track.setPointerCapture(event.pointerId);
    edge = track.getBoundingClientRect().left;
    track.focus();
    app.hold(true);
    set(at(event));
  });
  track.addEventListener(
    "pointermove",
    (event) => track.hasPointerCapture(event.pointerId) && set(at(event)),
  );
  for (const name of ["pointerup", "pointercancel"])
    track.addEventListener(name, () => app.hold(false));

  track.addEventListener("keydown", (event) => {
    const day = get();
    const by = event.shiftKey ? 1 : null;
    const go = {
      ArrowRight: () => (by ? (day === Infinity ? undefined : day + by) : next()),
      ArrowLeft: () =>
        day === Infinity ? (days.at(-1) ?? app.scale.to) : by ? day - by : before(day),
      PageUp: () => (day === Infinity ? undefined : day + 365),
      PageDown: () => (day === Infinity ? app.scale.to : day - 365),
      Home: () => days[0],
      End: () => (endless ? Infinity : days.at(-1)),
    };
    go.ArrowUp = go.ArrowRight;
    go.ArrowDown = go.ArrowLeft;
    if (!go[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    stop();
    move(go[event.key]());
  });

  const sentence = byId(`${field.id}-wrong`);
  const wrong = (is) => {
    field.setAttribute("aria-invalid", String(is));
    sentence.hidden = !is;
    if (!is) return;
    const day = parseDay("2022-03-15");
    sentence.textContent = t("“{text}” is no date. Write {iso}, {words}, or a month or year alone.", {
      text: field.value.trim(),
      iso: isoDay(day),
      words: dayText(day),
    });
  };
  field.addEventListener("change", () => {
    const text = field.value.trim();
    const day = endless && text === "" ? Infinity : typedDay(text, monthOf);
    wrong(day === null);
    if (day !== null) set(day);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") field.dispatchEvent(new Event("change"));
  });

  const drawTicks = () => {
    const columns = new Map();
    const v = view();
    for (const [day, weight] of weights) {
      const x = Math.round(pad + v.x(day));
      columns.set(x, (columns.get(x) ?? 0) + weight);
    }
    const most = Math.max(1, ...columns.values());
    const path = [...columns]
      .map(([x, n]) => `M${x}.5 26v-${(4 + 10 * Math.sqrt(n / most)).toFixed(1)}`)
      .join("");
    const gaps = app.scale.pieces
      .filter((p) => p.gap)
      .map((p) => {
        const [x0, x1] = [pad + v.x(p.from), pad + v.x(p.to)];
        return `M${((x0 + x1) / 2 - 2).toFixed(1)} 22l3-8m1 8l3-8`;
      });
    marks.replaceChildren(
      svg("path", { class: "tick", d: path }),
      svg("path", { class: "break", d: gaps.join("") }),
    );
  };

  return {
    draw(again, resized) {
      if (resized) room = track.clientWidth;
      if (again || weights === null) {
        weights = ticks();
        days = [...weights.keys()].sort((a, b) => a - b);
        drawTicks();
      }
      const day = get();
      const x = placeOf(day);
      place(thumb, { transform: `translateX(${x}px)` });
      place(done, { width: `${x}px` });
      const words = day === Infinity ? t("all that is known") : dayText(day);
      track.setAttribute("aria-valuemin", String(app.scale.from));
      track.setAttribute("aria-valuemax", String(app.scale.to + (endless ? 1 : 0)));
      track.setAttribute("aria-valuenow", String(day === Infinity ? app.scale.to + 1 : day));
      track.setAttribute("aria-valuetext", words);
      if (document.activeElement !== field || playing || app.held) {
        field.value = day === Infinity ? "" : isoDay(day);
        wrong(false);
      }
      root.querySelector("output").textContent = words;
    },
  };
}

export function makeScrubbers(app, { asOfTicks, knownByTicks }) {
  const asOf = makeScrubber(app, byId("scrub-as-of"), {
    get: () => app.state.asOf,
    set: (day) => app.change({ asOf: day }),
    ticks: asOfTicks,
    endless: false,
    label: t("As of"),
  });
  const knownBy = makeScrubber(app, byId("scrub-known-by"), {
    get: () => app.state.knownBy,
    set: (day) => app.change({ knownBy: day }),
    ticks: knownByTicks,
    endless: true,
    label: t("Known by"),
  });
  return {
    draw(flags) {
      asOf.draw(flags.knownBy || flags.filter || flags.size, flags.size);
      knownBy.draw(flags.filter || flags.size, flags.size);
    },
  };
}
