// The timeline: a lane for each subject, an axis, and the lines of the vantage.

import { drawAxisRow } from "../parts/axis.mjs";
import { bdi, byId, el, place } from "../parts/dom.mjs";
import { Kept, LongList } from "../parts/lists.mjs";
import { bandOf, drawLane, kCompact, layLane, moveVeil, visibleMarks } from "../parts/marks.mjs";
import { chip } from "../parts/parts.mjs";
import { kPaperNames, kPaperWidth } from "../parts/paper.mjs";
import { lens } from "../data/scale.mjs";
import { makeTimelineMoves } from "./timeline_moves.mjs";
import { makeTip } from "../parts/tip.mjs";
import { makeVantageLines } from "../parts/vantage_lines.mjs";
import { dayText, t } from "../data/words.mjs";

const kDetailed = 80; // lanes; more are drawn in the compact form
const kHeading = 44;

export function makeTimeline(app) {
  const root = byId("tl");
  const frame = byId("tl-frame");
  const lanes = byId("tl-lanes");
  const axis = byId("tl-axis");
  const list = new LongList(frame, lanes, (height) =>
    place(el("div", { class: "spacer" }), { height: `${height}px` }),
  );
  app.lists.push(list);
  let view = null;
  let items = [];
  let compact = false;

  const narrow = matchMedia("screen and (max-width: 760px)"); // as in page.css
  const wide = () => app.printing || !narrow.matches;
  const labelWidth = () => (app.printing ? kPaperNames : wide() ? 232 : 0);

  // Widths are measured when they may have changed: asking lays the page out.
  let room = 0;
  let scrollbar = 0;
  const makeView = (measure) => {
    if (app.printing) {
      room = kPaperWidth;
      scrollbar = 0;
    } else if (measure) {
      room = root.clientWidth;
      scrollbar = frame.offsetWidth - frame.clientWidth;
    }
    const { from, to } = app.window();
    const pixels = Math.max(100, room - labelWidth() - scrollbar);
    const paper = app.printing === true;
    if (
      view?.scale !== app.scale ||
      view.from !== from ||
      view.to !== to ||
      view.pixels !== pixels ||
      view.paper !== paper
    )
      view = { ...lens(app.scale, from, to, pixels), paper };
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
          // A long name makes a lane higher; of a long list every lane is as high as it was told to be.
          { [list.long ? "height" : "min-height"]: `${lane.height + (wide() ? 0 : 26)}px` },
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

  const across = makeVantageLines(app, byId("tl-over"), byId("tl-names"));
  const moves = makeTimelineMoves(app, () => view, labelWidth);
  makeTip(app, moves.held);

  return {
    where: byId("timeline"),
    needsWhole: true,
    draw(flags) {
      makeView(flags.size || room === 0);
      byId("whole-scale").checked = app.state.whole;
      if (flags.filter || flags.zoom || flags.size || flags.rows) lay();
      else refresh();
      if (flags.filter || flags.size) {
        const before = view.pixels;
        makeView(true); // a list that is long enough has a bar to scroll it
        if (view.pixels !== before) lay();
      }
      if (flags.zoom || flags.size || flags.scale || flags.filter) {
        drawAxisRow(axis, view);
        across.drawGround(view, labelWidth());
      }
      across.drawLines(view);
      byId("zoom-all").disabled = app.state.from === null;
      byId("tl-window").textContent =
        `${dayText(Math.round(view.from))} – ${dayText(Math.round(view.to))}`;
    },
  };
}
