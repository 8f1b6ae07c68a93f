// What a mark of the timeline is, beside it.

import { bdi, byId, el, place } from "./dom.mjs";
import { eventTitle, published, typeLabel, whenText } from "./parts.mjs";
import { t } from "../data/words.mjs";

/** While `held()`, the pointer is busy with something else. */
export function makeTip(app, held) {
  const plot = byId("tl-plot");
  const tip = byId("tip");
  const showTip = (mark) => {
    const [subject, at] = mark.dataset.place.split("@");
    const event = app.data.subjects[app.subjectAt.get(subject)]?.events[+at];
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
    if (mark && !held()) showTip(mark);
    else hideTip();
  });
  plot.addEventListener("pointerleave", hideTip);
  plot.addEventListener(
    "focusin",
    (event) => event.target.closest(".mark") && showTip(event.target.closest(".mark")),
  );
  plot.addEventListener("focusout", hideTip);
  addEventListener("scroll", hideTip, { passive: true, capture: true });
}
