// The timeline: a lane for each subject, an axis, and the lines of the vantage.

import { bdi, byId, el, place, svg } from "./dom.mjs";
import { Kept, LongList } from "./lists.mjs";
import { civil, today } from "./days.mjs";
import { bandOf, drawLane, kCompact, layLane, moveVeil, visibleMarks } from "./marks.mjs";
import { chip, eventTitle, published, typeLabel, whenText } from "./parts.mjs";
import { lens, moved, ticks } from "./scale.mjs";
import { dayText, many, shortMonth, t } from "./words.mjs";

const kDetailed = 80; // lanes; more are drawn in the compact form
const kHeading = 44;

/** The words at a tick; `before` is the year that the axis told last. */
export function axisLabel({ day, unit }, before) {
  const { year, month, day: d } = civil(day);
  if (unit === "year" || (unit === "month" && month === 1))
    return { text: String(year), strong: true, year };
  const told = year === before ? "" : ` ${year}`;
  if (unit === "month") return { text: shortMonth(month) + told, strong: false, year };
  return { text: (d === 1 ? "" : `${d} `) + shortMonth(month) + told, strong: d === 1, year };
}

/** The lines and labels of an axis; labels that would touch are left out. */
export function drawAxis(view, height, y) {
  const group = svg("g", { class: "axis" });
  let end = -Infinity;
  let told = null;
  for (const tick of ticks(view, 46)) {
    const x = view.x(tick.day);
    const { text, strong, year } = axisLabel(tick, told);
    group.append(
      svg("line", {
        class: strong ? "grid strong" : "grid",
        x1: x,
        x2: x,
        y1: height - 6,
        y2: height,
      }),
    );
    if (x < end + 6 || x + text.length * 6 > view.pixels) continue;
    group.append(svg("text", { class: strong ? "strong" : "", x: x + 3, y }, text));
    end = x + text.length * 7;
    told = year;
  }
  return group;
}

function gapWords(days) {
  return days >= 730
    ? many("{n} years", Math.round(days / 365.25))
    : many("{n} months", Math.round(days / 30.44));
}

export function makeTimeline(app) {
  const root = byId("tl");
  const frame = byId("tl-frame");
  const lanes = byId("tl-lanes");
  const over = byId("tl-over");
  const axis = byId("tl-axis");
  const plot = byId("tl-plot");
  const tip = byId("tip");
  const list = new LongList(frame, lanes, (height) =>
    place(el("div", { class: "spacer" }), { height: `${height}px` }),
  );
  app.lists.push(list);
  let view = null;
  let items = [];
  let compact = false;

  const wide = () => room > 700;
  const labelWidth = () => (wide() ? 232 : 0);

  // Widths are measured when they may have changed: asking lays the page out.
  let room = 0;
  let scrollbar = 0;
  const makeView = (measure) => {
    if (measure) {
      room = root.clientWidth;
      scrollbar = frame.offsetWidth - frame.clientWidth;
    }
    const { from, to } = app.window();
    const pixels = Math.max(100, room - labelWidth() - scrollbar);
    if (view?.scale !== app.scale || view.from !== from || view.to !== to || view.pixels !== pixels)
      view = lens(app.scale, from, to, pixels);
  };

  const label = (seen) =>
    el(
      "div",
      { class: "lane-label" },
      el(
        "button",
        {
          type: "button",
          class: "why name",
          "data-key": `lane:${seen.subject.subject}`,
          onclick: () => app.why(seen.subject.subject),
        },
        el("bdi", { class: seen.named ? "" : "slug" }, seen.name),
      ),
      seen.status && seen.seen ? chip(seen.status.status) : null,
    );

  const kept = new Kept();
  const laneOf = (i) => {
    const item = items[i];
    if (item.heading)
      return kept.get("heading", [item.heading], () =>
        place(el("h3", { class: "lane-heading" }, item.heading), { height: `${kHeading}px` }),
      );
    const { seen } = item;
    const { asOf, knownBy } = app.state;
    const changed = app.changed.has(seen.subject.index);
    const lane = kept.get(`lane ${seen.subject.index}`, [view, compact], () =>
      layLane(seen.subject, view, compact),
    );
    const shown = visibleMarks(lane, seen, knownBy);
    const later = shown.filter(({ event }) => !event.planned && event.hi > asOf).length;
    const tied =
      !compact && seen.plans.some((plan) => plan.state === "pending" || plan.state === "overdue");
    const node = kept.get(
      seen.subject.index,
      [
        lane,
        seen.status,
        seen.plans,
        seen.described,
        seen.seen,
        changed,
        bandOf(seen, knownBy),
        later,
        shown.map((m) => m.event.at).join(),
        tied ? asOf : 0,
      ],
      () =>
        place(
          el(
            "div",
            {
              class: ["lane", seen.seen ? "" : "unseen", changed ? "changed" : ""].join(" ").trim(),
              "data-subject": seen.subject.subject,
            },
            label(seen),
            drawLane(app, seen, lane, shown, view, compact),
          ),
          { height: `${lane.height + (wide() ? 0 : 26)}px` },
        ),
    );
    moveVeil(node, view, asOf);
    return node;
  };

  const lay = () => {
    const parks = app.rows.filter((seen) => seen.subject.hasStatus);
    const others = app.rows.filter((seen) => !seen.subject.hasStatus);
    items = parks.map((seen) => ({ seen }));
    if (others.length) {
      if (parks.length) items.push({ heading: t("Relations and programmes") });
      items.push(...others.map((seen) => ({ seen })));
    }
    compact = items.length > kDetailed;
    root.classList.toggle("compact", compact);
    const top = wide() ? 0 : 26;
    list.set(
      items.length,
      (i) => {
        const item = items[i];
        if (item.heading) return kHeading;
        if (compact) return kCompact + top;
        return (
          kept.get(`lane ${item.seen.subject.index}`, [view, compact], () =>
            layLane(item.seen.subject, view, compact),
          ).height + top
        );
      },
      laneOf,
    );
  };

  /** The same lanes, seen from another vantage. */
  const refresh = () => {
    for (const item of items) if (item.seen) item.seen = app.all[item.seen.subject.index];
    list.fill(true);
  };

  const drawAxisRow = () => {
    axis.setAttribute("width", view.pixels);
    axis.replaceChildren(drawAxis(view, 30, 16));
    for (const piece of view.scale.pieces.filter((p) => p.gap)) {
      const x = view.x((piece.from + piece.to) / 2);
      if (x > 0 && x < view.pixels)
        axis.append(
          svg(
            "text",
            { class: "gap-words", x, y: 28, "text-anchor": "middle" },
            `⫽ ${gapWords(piece.to - piece.from)}`,
          ),
        );
    }
  };

  const ground = el("div", { class: "over-ground" });
  const lines = el("div", { class: "over-lines" });
  over.replaceChildren(ground, lines);

  /** Lines of the axis and shortened stretches. */
  const drawGround = () => {
    const parts = [];
    for (const tick of ticks(view, 46))
      parts.push(
        place(el("div", { class: axisLabel(tick).strong ? "grid strong" : "grid" }), {
          left: `${view.x(tick.day)}px`,
        }),
      );
    for (const piece of view.scale.pieces.filter((p) => p.gap)) {
      const [x0, x1] = [view.x(piece.from), view.x(piece.to)];
      if (x1 > 0 && x0 < view.pixels)
        parts.push(place(el("div", { class: "gap" }), { left: `${x0}px`, width: `${x1 - x0}px` }));
    }
    ground.replaceChildren(...parts);
    place(over, { left: `${labelWidth()}px`, width: `${view.pixels}px` });
  };

  /** As of, known by, and today. */
  const drawLines = () => {
    const parts = [];
    const line = (day, name, words) => {
      const x = view.x(day);
      if (x < 0 || x > view.pixels) return;
      const flip = x > view.pixels - 90;
      parts.push(
        place(el("div", { class: `line ${name}${flip ? " flip" : ""}` }, el("span", {}, words)), {
          left: `${x}px`,
        }),
      );
    };
    if (app.state.knownBy !== Infinity && app.state.knownBy !== app.state.asOf)
      line(app.state.knownBy, "known-by", t("Known by"));
    const now = today();
    if (now !== app.state.asOf && now < app.scale.to && !app.printing)
      line(now, "today", t("today"));
    line(app.state.asOf, "as-of", t("As of"));
    lines.replaceChildren(...parts);
  };

  const zoom = (factor, about = view.pixels / 2) => app.change(moved(view, 0, factor, about));
  const pan = (pixels) => app.change(moved(view, pixels));

  byId("zoom-in").addEventListener("click", () => zoom(1.6));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  byId("zoom-all").addEventListener("click", () => app.change({ from: null, to: null }));
  const whole = byId("whole-scale");
  whole.addEventListener("change", () =>
    app.change({ whole: whole.checked, from: null, to: null }),
  );

  const localX = (event) => event.clientX - root.getBoundingClientRect().left - labelWidth();
  root.addEventListener(
    "wheel",
    (event) => {
      const onAxis = event.target.closest?.("#tl-head-row");
      if (event.ctrlKey || event.metaKey || onAxis) {
        event.preventDefault();
        zoom(Math.exp(-event.deltaY * 0.0022), Math.max(0, localX(event)));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        pan(event.deltaX || event.deltaY);
      }
    },
    { passive: false },
  );

  // Drag with one pointer, pinch with two.
  const pointers = new Map();
  let dragged = 0;
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest(".lane-label")) return;
    pointers.set(event.pointerId, event);
    dragged = 0;
  });
  addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    pointers.set(event.pointerId, event);
    if (pointers.size === 1) {
      const by = before.clientX - event.clientX;
      dragged += Math.abs(by);
      if (dragged > 4) {
        app.hold(true);
        plot.classList.add("dragging");
        pan(by);
      }
    } else if (pointers.size === 2) {
      const [a, b] = pointers.values();
      const other = a.pointerId === event.pointerId ? b : a;
      const was = Math.abs(before.clientX - other.clientX);
      const is = Math.abs(event.clientX - other.clientX);
      app.hold(true);
      if (was > 5 && is > 5) zoom(is / was, (localX(event) + localX(other)) / 2);
    }
  });
  for (const name of ["pointerup", "pointercancel"])
    addEventListener(name, (event) => {
      if (!pointers.delete(event.pointerId)) return;
      plot.classList.remove("dragging");
      app.hold(false);
    });
  plot.addEventListener(
    "dblclick",
    (event) => !event.target.closest(".mark, .lane-label") && zoom(2, localX(event)),
  );
  plot.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (mark && dragged <= 4) app.why(mark.dataset.place);
  });

  const step = (mark, key) => {
    const marks = [...mark.closest(".lane").querySelectorAll(".mark")];
    const x = (m) => m.querySelector(".hit").getBoundingClientRect().right;
    const order = marks.sort((a, b) => x(a) - x(b));
    const i = order.indexOf(mark);
    if (key === "ArrowRight") return order[i + 1];
    if (key === "ArrowLeft") return order[i - 1];
    let lane = mark.closest(".lane");
    do lane = key === "ArrowDown" ? lane.nextElementSibling : lane.previousElementSibling;
    while (lane && !lane.querySelector(".mark"));
    return lane?.querySelector(".mark");
  };
  plot.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const mark = event.target.closest(".mark");
    const act = mark
      ? {
          Enter: () => app.why(mark.dataset.place),
          " ": () => app.why(mark.dataset.place),
          Escape: () => plot.focus(),
          ...Object.fromEntries(
            ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => [
              key,
              () => step(mark, key)?.focus(),
            ]),
          ),
        }
      : event.target === plot
        ? {
            ArrowLeft: () => pan(-view.pixels / 8),
            ArrowRight: () => pan(view.pixels / 8),
            Enter: () => lanes.querySelector(".mark")?.focus(),
            Home: () => app.change({ from: null, to: null }),
          }
        : {};
    act["+"] = act["="] = () => zoom(1.6);
    act["-"] = () => zoom(1 / 1.6);
    act["0"] = () => app.change({ from: null, to: null });
    if (!act[event.key] || event.target.closest("button")) return;
    event.preventDefault();
    act[event.key]();
  });

  // What a mark is, beside it.
  const showTip = (mark) => {
    const [subject, at] = mark.dataset.place.split("@");
    const event = app.data.subjects.find((s) => s.subject === subject)?.events[+at];
    if (!event) return;
    tip.replaceChildren(
      el("b", {}, bdi(eventTitle(event))),
      el(
        "span",
        {},
        event.planned ? `${t("plan")} · ` : "",
        typeLabel(event.type),
        " · ",
        bdi(whenText(event)),
      ),
      ...event.cited
        .slice(0, 2)
        .map((source) => el("span", { class: "source" }, bdi(published(source)))),
    );
    tip.hidden = false;
    const box = mark.querySelector(".glyph").getBoundingClientRect();
    const x = Math.min(innerWidth - tip.offsetWidth - 8, Math.max(8, box.left - 20));
    const above = box.top - tip.offsetHeight - 10;
    place(tip, { transform: `translate(${x}px, ${above > 0 ? above : box.bottom + 10}px)` });
  };
  const hideTip = () => (tip.hidden = true);
  plot.addEventListener("pointerover", (event) => {
    const mark = event.target.closest(".mark");
    if (mark && pointers.size === 0) showTip(mark);
    else hideTip();
  });
  plot.addEventListener("pointerleave", hideTip);
  plot.addEventListener(
    "focusin",
    (event) => event.target.closest(".mark") && showTip(event.target.closest(".mark")),
  );
  plot.addEventListener("focusout", hideTip);
  addEventListener("scroll", hideTip, { passive: true, capture: true });

  return {
    where: byId("timeline"),
    draw(flags) {
      makeView(flags.size || room === 0);
      whole.checked = app.state.whole;
      if (flags.filter || flags.zoom || flags.size || flags.rows) lay();
      else refresh();
      if (flags.filter || flags.size) {
        const before = view.pixels;
        makeView(true); // a list that is long enough has a bar to scroll it
        if (view.pixels !== before) lay();
      }
      if (flags.zoom || flags.size || flags.scale || flags.filter) {
        drawAxisRow();
        drawGround();
      }
      drawLines();
      byId("zoom-all").disabled = app.state.from === null;
      byId("tl-window").textContent =
        `${dayText(Math.round(view.from))} – ${dayText(Math.round(view.to))}`;
    },
  };
}
