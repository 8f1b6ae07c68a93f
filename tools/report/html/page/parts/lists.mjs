// Long lists, of which only what can be seen is there; on paper, so many as fit a few sheets.

import { el } from "./dom.mjs";
import { kMostOnPaper } from "./paper.mjs";
import { grouped, t } from "../data/words.mjs";

const kAllBelow = 80; // so few are simply all there
const kBeyond = 300; // pixels that are drawn beyond the edges of what is seen

export class LongList {
  /** `frame` scrolls, `body` holds the items, `spacer` makes an element of a given height. */
  constructor(frame, body, spacer) {
    Object.assign(this, {
      frame,
      body,
      spacer,
      whole: false,
      from: -1,
      to: -1,
      top: 0,
      room: 800,
      items: [],
      note: el("p", { class: "notice paper-note", hidden: "" }),
    });
    frame.after(this.note);
    this.set(
      0,
      () => 1,
      () => null,
    );
    let waiting = false;
    // Where it stands is told by events: asking while drawing would lay the page out each time.
    new ResizeObserver(() => {
      this.room = frame.clientHeight;
      this.fill(false);
    }).observe(frame);
    frame.addEventListener(
      "scroll",
      () => {
        this.top = frame.scrollTop;
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          this.fill(false);
        });
      },
      { passive: true },
    );
  }

  /** `height(i)` and `draw(i)` of `count` items. An item that is drawn as the same node as
      before stays where it is. */
  set(count, height, draw) {
    this.count = count;
    this.draw = draw;
    this.tops = new Float64Array(count + 1);
    for (let i = 0; i < count; ++i) this.tops[i + 1] = this.tops[i] + height(i);
    this.frame.classList.toggle("long", this.long);
    this.fill(true);
  }

  get long() {
    return this.count > kAllBelow && !this.whole;
  }

  /** Draws the items in sight; all of them anew when `again`. */
  fill(again) {
    let [from, to] = [0, this.whole ? Math.min(this.count, kMostOnPaper) : this.count];
    if (this.long) {
      const top = this.top - kBeyond;
      from = this.indexAt(top);
      to = Math.min(this.count, this.indexAt(top + this.room + 2 * kBeyond) + 1);
    }
    if (!again && from >= this.from && to <= this.to) return;
    const items = [];
    for (let i = from; i < to; ++i) items.push(this.draw(i));
    const above = this.tops[from];
    const below = this.whole ? 0 : this.tops[this.count] - this.tops[to];
    const before = this.items;
    const stays = above === this.above && below === this.below && items.length === before.length;
    Object.assign(this, { from, to, items, above, below });
    if (stays && items.every((item, i) => item === before[i])) return;
    keepingFocus(this.body, () => {
      if (stays && !reordered(before, items)) {
        items.forEach((item, i) => item !== before[i] && before[i].replaceWith(item));
        return;
      }
      this.body.replaceChildren(
        ...[above > 0 && this.spacer(above), ...items, below > 0 && this.spacer(below)].filter(
          Boolean,
        ),
      );
    });
  }

  indexAt(top) {
    let [low, high] = [0, Math.max(0, this.count - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= top) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  show(index) {
    if (this.long) this.frame.scrollTop = Math.max(0, this.tops[index] - 40);
  }

  /** For printing: what there is at once, and back. What is too much for paper is told of. */
  printWhole(whole) {
    this.whole = whole;
    this.note.hidden = !whole || this.count <= kMostOnPaper;
    this.note.textContent = this.note.hidden
      ? ""
      : t("Not printed: {n} more. Filter the page to print others; csv, xlsx and json hold all.", {
          n: grouped(String(this.count - kMostOnPaper)),
        });
    this.frame.classList.toggle("long", this.long);
    this.fill(true);
  }
}

/** Whether anything of `before` stands elsewhere in `after`. */
function reordered(before, after) {
  const at = new Map(before.map((item, i) => [item, i]));
  return after.some((item, i) => at.has(item) && at.get(item) !== i);
}

/** What had the focus has it again after `rebuild`: elements are the same by their data-key. */
export function keepingFocus(root, rebuild) {
  const active = document.activeElement;
  const key = root.contains(active) ? active.dataset.key : undefined;
  rebuild();
  if (!key) return;
  for (const node of root.querySelectorAll("[data-key]"))
    if (node.dataset.key === key) {
      node.focus({ preventScroll: true });
      return;
    }
}

/** Keeps what was made under a key for as long as it depends on the same things. */
export class Kept {
  #made = new Map();

  get(key, needs, make) {
    const before = this.#made.get(key);
    if (
      before &&
      before.needs.length === needs.length &&
      before.needs.every((need, i) => need === needs[i])
    )
      return before.made;
    const made = make();
    this.#made.set(key, { needs, made });
    return made;
  }
}
