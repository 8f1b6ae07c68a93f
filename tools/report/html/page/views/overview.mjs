// The whole span of time in a strip, with the window of the timeline as a brush in it.

import { byId, el, place, svg } from "../parts/dom.mjs";
import { drawAxis } from "../parts/axis.mjs";
import { dayAt, lens, ruler } from "../data/scale.mjs";
import { dayText, t } from "../data/words.mjs";

const kOverviewHeight = 54;

export function makeOverview(app) {
  const root = byId("overview");
  const picture = svg("svg", {
    class: "overview-plot",
    height: kOverviewHeight,
    "aria-hidden": "true",
    focusable: "false",
  });
  const brush = el("div", { class: "brush" });
  const grip = (name, words) =>
    el("div", { class: `grip ${name}`, role: "slider", tabindex: "0", "aria-label": words });
  const left = grip("left", t("Left edge of the window"));
  const right = grip("right", t("Right edge of the window"));
  root.replaceChildren(picture, brush, left, right);
  let view = null;

  const setWindow = (from, to) => {
    const [a, b] = [
      Math.max(app.scale.from, Math.min(from, to)),
      Math.min(app.scale.to, Math.max(from, to)),
    ];
    if (b - a < 7) return;
    const all = a <= app.scale.from && b >= app.scale.to;
    app.change(all ? { from: null, to: null } : { from: a, to: b });
  };
  let drag = null;
  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    root.setPointerCapture(event.pointerId);
    const x = event.clientX - root.getBoundingClientRect().left;
    const { from, to } = app.window();
    const [x0, x1] = [view.x(from), view.x(to)];
    const part =
      Math.abs(x - x0) < 12
        ? "left"
        : Math.abs(x - x1) < 12
          ? "right"
          : x > x0 && x < x1 && app.state.from !== null
            ? "move"
            : "new";
    drag = { part, x, from, to };
    app.hold(true);
  });
  root.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const x = event.clientX - root.getBoundingClientRect().left;
    const day = view.day(Math.max(0, Math.min(view.pixels, x)));
    if (drag.part === "left") setWindow(Math.min(day, drag.to - 7), drag.to);
    else if (drag.part === "right") setWindow(drag.from, Math.max(day, drag.from + 7));
    else if (drag.part === "new") Math.abs(x - drag.x) > 6 && setWindow(view.day(drag.x), day);
    else {
      const by = (x - drag.x) / view.perDay;
      const [a, b] = [ruler(app.scale, drag.from), ruler(app.scale, drag.to)];
      const start = Math.max(0, Math.min(app.scale.width - (b - a), a + by));
      app.change({ from: dayAt(app.scale, start), to: dayAt(app.scale, start + b - a) });
    }
  });
  for (const name of ["pointerup", "pointercancel"])
    root.addEventListener(name, () => {
      drag = null;
      app.hold(false);
    });
  const keys = (node, move) =>
    node.addEventListener("keydown", (event) => {
      const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (!sign) return;
      event.preventDefault();
      move((sign * view.pixels) / (event.shiftKey ? 200 : 25) / view.perDay);
    });
  const shifted = (day, by) => dayAt(app.scale, ruler(app.scale, day) + by);
  keys(left, (by) =>
    setWindow(Math.min(shifted(app.window().from, by), app.window().to - 7), app.window().to),
  );
  keys(right, (by) =>
    setWindow(app.window().from, Math.max(shifted(app.window().to, by), app.window().from + 7)),
  );

  const drawPicture = () => {
    const columns = new Map();
    for (const seen of app.rows)
      for (const event of seen.subject.events) {
        if (!event.mark || event.planned || event.hi === null) continue;
        const x = Math.round(view.x(event.hi) / 3) * 3;
        columns.set(x, (columns.get(x) ?? 0) + 1);
      }
    const most = Math.max(1, ...columns.values());
    const path = [...columns]
      .map(([x, n]) => `M${x} 36v-${(3 + 28 * Math.sqrt(n / most)).toFixed(1)}`)
      .join("");
    const gaps = view.scale.pieces
      .filter((p) => p.gap)
      .map((p) => {
        const x = view.x((p.from + p.to) / 2);
        return svg("path", { class: "break", d: `M${(x - 4).toFixed(1)} 42l4-12m2 12l4-12` });
      });
    picture.setAttribute("width", view.pixels);
    picture.replaceChildren(
      svg("line", { class: "ground", x1: 0, x2: view.pixels, y1: 36, y2: 36 }),
      svg("path", { class: "count", d: path }),
      ...gaps,
      drawAxis(view, 42, 51),
      svg("line", { class: "as-of", y1: 0, y2: 42 }),
    );
  };
  return {
    where: byId("timeline"),
    draw(flags) {
      if (!view || flags.filter || flags.size || flags.scale) {
        view = lens(app.scale, app.scale.from, app.scale.to, Math.max(100, root.clientWidth));
        drawPicture();
      }
      const x = view.x(app.state.asOf);
      const line = picture.querySelector("line.as-of");
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      const { from, to } = app.window();
      const [x0, x1] = [view.x(from), view.x(to)];
      brush.classList.toggle("part-of", app.state.from !== null);
      place(brush, { left: `${x0}px`, width: `${x1 - x0}px` });
      for (const [node, at, day] of [
        [left, x0, from],
        [right, x1, to],
      ]) {
        place(node, { left: `${at}px` });
        node.setAttribute("aria-valuemin", String(Math.round(app.scale.from)));
        node.setAttribute("aria-valuemax", String(Math.round(app.scale.to)));
        node.setAttribute("aria-valuenow", String(Math.round(day)));
        node.setAttribute("aria-valuetext", dayText(Math.round(day)));
      }
    },
  };
}
