// The page as a whole: what was chosen, what is to be seen of it, and who draws which part.

import { makeBoard } from "./board.mjs";
import { compare, makeChanges, vantageWords } from "./changes.mjs";
import { makeCharts } from "./charts.mjs";
import { prepare, readData, standing, takeIn } from "../data/data.mjs";
import { byId, el } from "../parts/dom.mjs";
import { keepingFocus } from "../parts/lists.mjs";
import { makeOverview } from "./overview.mjs";
import { makeMap } from "./map.mjs";
import { useLabels } from "../parts/parts.mjs";
import { makePicture } from "./picture.mjs";
import { makeScale } from "../data/scale.mjs";
import { makeScrubbers } from "./scrubbers.mjs";
import { fromFragment, opening, toFragment } from "../data/state.mjs";
import { makeReview } from "./review.mjs";
import { makeSources, makeTable } from "./table.mjs";
import { makeTimeline } from "./timeline.mjs";
import { asOfChanges, knownByChanges, passing, seeAll, withStatus } from "../data/view.mjs";
import { makeWhy, parsePlace } from "./why.mjs";
import { t, useWords } from "../data/words.mjs";

const kRemember = 400; // milliseconds of rest after which a view is drawn whole and remembered

const kEverything = {
  vantage: true,
  asOf: true,
  knownBy: true,
  filter: true,
  zoom: true,
  size: true,
  scale: true,
  panel: true,
  sort: true,
};

class Page {
  constructor(data) {
    this.data = data;
    this.subjectAt = new Map(data.subjects.map((s, i) => [s.subject, i]));
    this.statusNames = new Set(data.statuses.map((s) => s.status));
    this.start = opening(data);
    this.state = fromFragment(location.hash, this.start, this.statusNames);
    this.lists = [];
    this.changed = new Set();
    this.changes = [];
    this.from = null; // {state, all, stands}: the vantage that changes are told against
    this.held = false; // in the middle of dragging
    this.whole = false; // all parts of the data are taken in
    this.flags = { ...kEverything };
    this.waiting = 0;
    this.look();
  }

  /** Looks everything up anew that the changed parts of the state ask for. */
  look() {
    const { flags, state } = this;
    if (flags.scale) this.scale = makeScale(this.data.events, [this.start.asOf], state.whole);
    if (flags.vantage) {
      this.all = seeAll(this.data, state);
      this.stands = standing(this.data, state);
    }
    if (flags.vantage || flags.filter) {
      this.passed = passing(this.all, state);
      this.rows = withStatus(this.passed, state);
      // What is filtered by is itself seen from the vantage.
      flags.rows =
        flags.vantage && (state.text || state.region || state.partner || state.status.size > 0);
    }
    if (flags.vantage && this.from) {
      this.changes = compare(this.from, this);
      this.changed = new Set(this.changes.filter((c) => c.status).map((c) => c.seen.subject.index));
    }
  }

  /** Takes over what is new in the state, and draws it with the next frame. */
  change(what) {
    const before = this.state;
    const vantage =
      (what.asOf ?? before.asOf) !== before.asOf ||
      (what.knownBy ?? before.knownBy) !== before.knownBy;
    if (vantage && !this.gesture) {
      this.from = { state: before, all: this.all, stands: this.stands };
      this.gesture = true;
    }
    this.state = { ...before, ...what };
    this.flag(before, this.state);
  }

  flag(before, after) {
    const differs = (...names) => names.some((name) => before[name] !== after[name]);
    const f = this.flags;
    f.asOf ||= differs("asOf");
    f.knownBy ||= differs("knownBy");
    f.vantage ||= differs("asOf", "knownBy");
    f.filter ||=
      differs("region", "partner", "text") ||
      String([...before.status]) !== String([...after.status]);
    f.zoom ||= differs("from", "to", "whole");
    f.scale ||= differs("whole");
    f.panel ||= differs("why", "picture");
    f.sort ||= differs("sort", "table");
    f.sums ||= differs("sums", "summed");
    if (!this.waiting) this.waiting = requestAnimationFrame(() => this.draw());
  }

  /** While something is dragged, the view is still one and the same entry of the history. */
  hold(held) {
    this.held = held;
    if (held) clearTimeout(this.resting);
    else this.resting = setTimeout(() => this.rest(), kRemember);
  }

  rest() {
    if (this.held) return;
    this.settle();
    this.gesture = false;
    const fragment = toFragment(this.state, this.start);
    const there = fromFragment(location.hash, this.start, this.statusNames);
    if (fragment === toFragment(there, this.start)) return;
    history.pushState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  }

  async restore() {
    await this.reading; // what is looked for may stand in any part
    this.restoring = true;
    this.goTo(location.hash.slice(1));
    const before = this.state;
    this.from = null;
    this.gesture = false;
    this.changed = new Set();
    this.state = fromFragment(location.hash, this.start, this.statusNames);
    this.flag(before, this.state);
  }

  why(place) {
    this.change({ why: place });
  }

  open(subject) {
    return parsePlace(this.state.why)?.subject === subject;
  }

  showPicture(subject) {
    this.change({ picture: subject });
    this.goTo("picture");
  }

  /** Brings a part of the page to where it is read: below the bar. */
  goTo(id) {
    const part = [...document.querySelectorAll("section.part")].find((each) => each.id === id);
    if (!part || part.hidden) return;
    // What lies above it must be as high as it will be, or the part would move away again.
    const root = document.documentElement;
    root.classList.add("going");
    for (const each of this.parts) this.drawPart(each);
    const go = () => part.scrollIntoView({ block: "start", behavior: "instant" });
    go();
    part.querySelector("h2").focus({ preventScroll: true });
    requestAnimationFrame(() => {
      go();
      requestAnimationFrame(() => {
        root.classList.remove("going");
        go();
      });
    });
  }

  window() {
    const { from, to } = this.state;
    return from === null ? { from: this.scale.from, to: this.scale.to } : { from, to };
  }

  keepFocus(root, rebuild) {
    keepingFocus(root, rebuild);
  }

  focusKey(key) {
    for (const node of document.querySelectorAll("[data-key]"))
      if (node.dataset.key === key) return node.focus({ preventScroll: true });
    return undefined;
  }

  /** Draws what is in sight; the rest of the page follows when nothing moves any more. */
  draw() {
    this.waiting = 0;
    const { flags } = this;
    this.look();
    this.flags = {};
    for (const part of this.parts) {
      part.owed = {
        ...part.owed,
        ...Object.fromEntries(Object.entries(flags).filter(([, is]) => is)),
      };
      if (!part.where || part.inSight || this.printing) this.drawPart(part);
    }
    this.restoring = false;
    document.documentElement.dataset.settled = "false";
    clearTimeout(this.resting);
    if (!this.held) this.resting = setTimeout(() => this.rest(), kRemember);
  }

  drawPart(part) {
    if (part.needsWhole && !this.whole) return; // it stays owed
    const flags = part.owed;
    part.owed = null;
    if (flags) part.draw(flags);
  }

  /** One part at a time, so that no frame waits for long. */
  settle() {
    if (this.held || this.waiting) return;
    const part = this.parts.find((p) => p.owed && (this.whole || !p.needsWhole));
    if (!part) {
      if (!this.whole) return; // becomeWhole() goes on
      document.documentElement.dataset.settled = "true";
      return;
    }
    this.drawPart(part);
    setTimeout(() => this.settle(), 0);
  }

  /** Now all is there that events say. */
  becomeWhole() {
    this.whole = true;
    document.querySelector("main").removeAttribute("aria-busy");
    this.flags = { ...kEverything };
    this.draw();
  }

  watchSight() {
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries)
          for (const part of this.parts)
            if (part.where === entry.target) {
              part.inSight = entry.isIntersecting;
              if (part.inSight) this.drawPart(part);
            }
      },
      { rootMargin: "250px 0px" },
    );
    for (const where of new Set(this.parts.map((p) => p.where).filter(Boolean)))
      watcher.observe(where);
  }
}

function makeFilters(page) {
  const text = byId("filter-text");
  const region = byId("filter-region");
  const partner = byId("filter-partner");
  const clear = byId("filter-clear");
  text.addEventListener("input", () => page.change({ text: text.value }));
  region.addEventListener("change", () => page.change({ region: region.value }));
  partner.addEventListener("change", () => page.change({ partner: partner.value }));
  clear.addEventListener("click", () =>
    page.change({ text: "", region: "", partner: "", status: new Set() }),
  );
  const every = (name) => {
    const found = new Set();
    for (const subject of page.data.subjects)
      for (const answer of subject.described.answers) if (answer[name]) found.add(answer[name]);
    return [...found].sort((a, b) => a.localeCompare(b));
  };
  for (const [select, name] of [
    [region, "region"],
    [partner, "partner"],
  ])
    select.append(...every(name).map((value) => el("option", { value }, value)));
  return {
    draw(flags) {
      if (!flags.filter && !flags.size) return;
      const { state } = page;
      if (text.value !== state.text) text.value = state.text;
      region.value = state.region;
      partner.value = state.partner;
      text.disabled = !page.whole; // words are looked for in all that events say
      byId("print").disabled = !page.whole;
      clear.hidden = !(state.text || state.region || state.partner || state.status.size);
    },
  };
}

function makeVantage(page) {
  return {
    draw(flags) {
      if (!flags.vantage) return;
      const words = `${vantageWords(page.state)}, ${t("log position {n}", { n: page.data.vantage.position })}`;
      for (const node of document.querySelectorAll(".vantage-now")) node.textContent = words;
      byId("vantage-back").hidden =
        page.state.asOf === page.start.asOf && page.state.knownBy === page.start.knownBy;
    },
  };
}

function makeTheme() {
  const button = byId("theme");
  const root = document.documentElement;
  const remembered = () => {
    try {
      return localStorage.getItem("solnoma-theme") ?? "";
    } catch {
      return ""; // a browser that gives files no storage
    }
  };
  const dark = () =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const show = () => button.setAttribute("aria-pressed", String(dark()));
  if (remembered()) root.dataset.theme = remembered();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("solnoma-theme", root.dataset.theme);
    } catch {
      // then it holds for this visit
    }
    show();
  });
  show();
}

/** A way back to the parts of the report, wherever they are out of sight. */
function makeWayUp() {
  const up = byId("to-top");
  const head = byId("top");
  new IntersectionObserver(([seen]) => (up.hidden = seen.isIntersecting)).observe(head);
  up.addEventListener("click", (event) => {
    event.preventDefault(); // the fragment is the view's
    scrollTo({ top: 0, behavior: "instant" });
    document.querySelector(".parts a").focus({ preventScroll: true });
  });
}

/** For printing everything is there at once, and then again only what is seen. */
function printsWhole(page) {
  const whole = (is) => {
    page.printing = is;
    document.documentElement.classList.toggle("printing", is);
    for (const list of page.lists) list.printWhole(is);
    page.flags = { ...kEverything };
    page.draw();
  };
  addEventListener("beforeprint", () => whole(true));
  addEventListener("afterprint", () => whole(false));
  byId("print").addEventListener("click", () => print());
}

/** Takes in the parts of the data from number `from` on, a while between two of them. */
async function readParts(data, parts, from) {
  for (const part of parts.slice(from)) {
    takeIn(data, await readData(part));
    part.remove();
    await new Promise((done) => setTimeout(done));
  }
}

async function start() {
  const parts = [...document.querySelectorAll(".data-part")];
  const data = prepare(await readData(byId("data")));
  if (parts.length > 0) takeIn(data, await readData(parts[0]));
  useWords(JSON.parse(byId("words").textContent), data.lang);
  useLabels(data);
  document.documentElement.classList.add("js");
  for (const node of document.querySelectorAll(".until-script")) {
    node.replaceChildren();
    node.classList.remove("until-script");
  }
  // What is found by words may stand in any part: then all of it is read before anything is counted.
  if (fromFragment(location.hash, opening(data), new Set()).text) await readParts(data, parts, 1);
  const page = new Page(data);
  page.whole = data.subjects.every((subject) => subject.told);
  const timeline = makeTimeline(page);
  page.parts = [
    makeFilters(page),
    makeVantage(page),
    makeScrubbers(page, {
      asOfTicks: () =>
        asOfChanges(
          page.rows.map((s) => s.subject),
          page.state.knownBy,
        ),
      knownByTicks: () => knownByChanges(page.rows.map((s) => s.subject)),
    }),
    makeChanges(page),
    makeBoard(page),
    makeOverview(page),
    timeline,
    makeMap(page),
    makePicture(page),
    makeCharts(page),
    makeReview(page),
    makeTable(page),
    makeSources(page),
    makeWhy(page),
  ];
  byId("vantage-back").addEventListener("click", () =>
    page.change({ asOf: page.start.asOf, knownBy: page.start.knownBy }),
  );
  new ResizeObserver(([bar]) =>
    document.documentElement.style.setProperty(
      "--bar-height",
      `${bar.borderBoxSize[0].blockSize}px`,
    ),
  ).observe(document.querySelector(".scrubbers"));
  // The fragment is the view's: to go to a part of the page must not lose it.
  for (const link of document.querySelectorAll(".parts a"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      page.goTo(link.hash.slice(1));
    });
  makeTheme();
  makeWayUp();
  printsWhole(page);
  for (const part of page.parts)
    part.inSight = part.where && part.where.getBoundingClientRect().top < innerHeight;
  page.draw();
  page.watchSight();
  page.goTo(location.hash.slice(1)); // where it names a part
  addEventListener("popstate", () => page.restore());
  addEventListener("hashchange", () => page.restore());
  let size = 0;
  new ResizeObserver(() => {
    if (size !== document.body.clientWidth && !page.printing) {
      size = document.body.clientWidth;
      page.flags.size = true;
      page.flag(page.state, page.state);
    }
  }).observe(document.body);
  document.documentElement.dataset.ready = "true";
  if (page.whole) return;
  document.querySelector("main").setAttribute("aria-busy", "true");
  page.reading = readParts(data, parts, 1).then(() => page.becomeWhole());
  await page.reading;
}

document.documentElement.dataset.begun = "true"; // guard.js need not tell
start().catch((error) => {
  dispatchEvent(new Event("failed"));
  throw error;
});
