// The timeline moved, zoomed and walked along: by mouse, touch and keyboard.

import { byId } from "../parts/dom.mjs";
import { moved } from "../data/scale.mjs";

/** `view()` is the lens of the moment, `labelWidth()` what lies before it. */
export function makeTimelineMoves(app, view, labelWidth) {
  const root = byId("tl");
  const plot = byId("tl-plot");
  const zoom = (factor, about = view().pixels / 2) =>
    app.change(moved(view(), 0, factor, about));
  const pan = (pixels) => app.change(moved(view(), pixels));

  byId("zoom-in").addEventListener("click", () => zoom(1.6));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  byId("zoom-all").addEventListener("click", () => app.change({ from: null, to: null }));
  byId("whole-scale").addEventListener("change", (event) =>
    app.change({ whole: event.target.checked, from: null, to: null }),
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
            ArrowLeft: () => pan(-view().pixels / 8),
            ArrowRight: () => pan(view().pixels / 8),
            Enter: () => plot.querySelector(".mark")?.focus(),
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

  return { held: () => pointers.size > 0 };
}
