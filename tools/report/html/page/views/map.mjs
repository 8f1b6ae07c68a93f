// The map: a mark where the place is known, and where no more than the region or the country is, a
// shaded one with marks that stand for no place in it.

import { byId, el, place, svg } from "../parts/dom.mjs";
import { boxOf, countryCodes, homeOf, middle, outline, regionCodes, whereIs } from "../data/geography.mjs";
import { LongList } from "../parts/lists.mjs";
import { kPaperWidth } from "../parts/paper.mjs";
import { chip, statusLabel, statusWords } from "../parts/parts.mjs";
import { textWidth } from "../parts/text_width.mjs";
import { grouped, t } from "../data/words.mjs";

const kMark = 8; // pixels from the middle of a mark to its edge
const kStep = 2 * kMark + 5;
const kTallestOnPaper = 360;
const kTallest = 560;
const kMostNames = 40;
const kMostOfArea = 12; // marks of one area; of more, one a status with its number
const kMostPoints = 500; // marks at points; of more, those that would lie over each other are one
const kMostMark = 20; // pixels; of a mark for many
const kRow = 64; // pixels of a row of a long list
const kMostPlaces = 3; // that a mark for many names
const kPad = 0.05;

/** Equal steps of longitude and latitude as they are in the middle of the map. */
function projection(box, width, tallest) {
  const squeeze = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
  const across = (box.east - box.west) * squeeze;
  const up = box.north - box.south;
  const scale = Math.min(width / across, tallest / up);
  const left = (width - across * scale) / 2;
  return {
    height: Math.round(up * scale),
    to: ([x, y]) => [left + (x - box.west) * squeeze * scale, (box.north - y) * scale],
  };
}

const meets = (a, b) =>
  a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;

/** What the map shows whatever the vantage, so that it stays where it is: all places ever told. */
function extent(subjects) {
  const corners = [];
  for (const subject of subjects)
    for (const described of subject.described.answers) {
      const where = whereIs(described);
      if (where?.point) corners.push(where.point);
      if (where?.area) {
        // Of a region one wants to see the country around it.
        const code = where.area.slice(0, 2);
        const box = homeOf(code);
        corners.push([box.west, box.south], [box.east, box.north]);
      }
    }
  const box = boxOf(corners);
  if (!box) return null;
  const x = Math.max(0.5, (box.east - box.west) * kPad);
  const y = Math.max(0.5, (box.north - box.south) * kPad);
  return {
    west: Math.max(-180, box.west - x),
    east: Math.min(192, box.east + x),
    south: Math.max(-60, box.south - y),
    north: Math.min(85, box.north + y),
  };
}

/** {points: [[seen, point]], areas: Map(code → [seen]), nowhere: [seen]} of those that are seen. */
export function placesOf(rows) {
  const places = { points: [], areas: new Map(), nowhere: [] };
  for (const seen of rows) {
    if (!seen.seen || !seen.subject.hasStatus) continue;
    const where = whereIs(seen.described);
    if (where?.point) places.points.push([seen, where.point]);
    else if (where?.area) {
      if (!places.areas.has(where.area)) places.areas.set(where.area, []);
      places.areas.get(where.area).push(seen);
    } else places.nowhere.push(seen);
  }
  return places;
}

/** Marks of an area: a few stand for one subject each, many for all that have a status. */
function marksOf(rows, statuses) {
  if (rows.length <= kMostOfArea)
    return rows.map((seen) => ({ rows: [seen], status: seen.status.status }));
  return statuses
    .map(({ status }) => ({ status, rows: rows.filter((r) => r.status.status === status) }))
    .filter((mark) => mark.rows.length > 0);
}

/** Where `n` marks stand around a point: rows as wide as they are high. */
function around([x, y], n) {
  const columns = Math.ceil(Math.sqrt(n));
  const lines = Math.ceil(n / columns);
  return Array.from({ length: n }, (_, i) => {
    const line = Math.floor(i / columns);
    const of = Math.min(columns, n - line * columns);
    return [x + ((i % columns) - (of - 1) / 2) * kStep, y + (line - (lines - 1) / 2) * kStep];
  });
}

/** Marks at points: one each, or, of many, one for those of a status that stand close together. */
function marksAt(points) {
  if (points.length <= kMostPoints)
    return points.map(({ seen, at }) => ({ rows: [seen], status: seen.status.status, at }));
  const fields = new Map();
  for (const { seen, at } of points) {
    const { status } = seen.status;
    const key = [status, ...at.map((v) => Math.floor(v / kStep))].join(" ");
    if (!fields.has(key)) fields.set(key, { rows: [], status, at: [0, 0] });
    const mark = fields.get(key);
    mark.rows.push(seen);
    mark.at = mark.at.map((v, i) => v + (at[i] - v) / mark.rows.length); // their middle
  }
  // Small marks stand over large ones.
  return [...fields.values()].sort((a, b) => b.rows.length - a.rows.length);
}

/** Names beside marks wherever they cover nothing: right, left, below, above. */
function placeNames(marks, width, height) {
  const taken = marks.map(({ at: [x, y] }) => [x - kMark, y - kMark, x + kMark, y + kMark]);
  const free = (box) =>
    box[0] >= 2 &&
    box[1] >= 2 &&
    box[2] <= width - 2 &&
    box[3] <= height - 2 &&
    taken.every((o) => o[2] < box[0] || o[0] > box[2] || o[3] < box[1] || o[1] > box[3]);
  const found = [];
  for (const mark of marks) {
    const [x, y] = mark.at;
    const text = mark.rows.length === 1 ? mark.rows[0].name : grouped(String(mark.rows.length));
    const w = textWidth(text) * 1.05 + 6; // no font is as wide as another
    const spots = [
      ["start", x + kMark + 3, y - 8],
      ["end", x - kMark - 3 - w, y - 8],
      ["middle", x - w / 2, y + kMark + 2],
      ["middle", x - w / 2, y - kMark - 18],
    ];
    const spot = spots.find(([, left, top]) => free([left, top, left + w, top + 16]));
    if (!spot) continue;
    const [anchor, left, top] = spot;
    taken.push([left, top, left + w, top + 16]);
    const from = { start: left + 2, middle: x, end: left + w - 2 }[anchor];
    found.push(
      svg("text", { class: "map-name", x: from, y: top + 12, "text-anchor": anchor }, text),
    );
  }
  return found;
}

export function makeMap(app) {
  const section = byId("map");
  const frame = byId("map-frame");
  const table = byId("map-table");
  const box = extent(app.data.subjects.filter((s) => s.hasStatus));
  if (!box) {
    section.hidden = true;
    document.querySelector('.parts a[href="#map"]').hidden = true;
    return { draw() {} };
  }
  const ground = svg("g", { class: "map-ground" });
  const shades = svg("g", { class: "map-shades" });
  const marks = svg("g");
  const names = svg("g", { "aria-hidden": "true" });
  const plot = svg("svg", { class: "map", role: "group" }, ground, shades, names, marks);
  frame.replaceChildren(plot);
  let to = null;
  let width = 0;
  let height = 0;
  let at = 0; // the mark that Tab goes to

  const path = (code) =>
    outline(code)
      .map((ring) => `M${ring.map((p) => to(p).map((v) => v.toFixed(1)).join(" ")).join("L")}Z`)
      .join("");

  const drawGround = () => {
    const main = document.querySelector("main");
    const style = getComputedStyle(main);
    width = app.printing
      ? kPaperWidth
      : Math.floor(main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
    const made = projection(box, width, app.printing ? kTallestOnPaper : kTallest);
    ({ to, height } = made);
    plot.setAttribute("width", width);
    plot.setAttribute("height", height);
    plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const seen = (code) => meets(boxOf(outline(code).flat()), box);
    ground.replaceChildren(
      ...countryCodes.filter(seen).map((code) => svg("path", { class: "land", d: path(code) })),
      ...regionCodes.filter(seen).map((code) => svg("path", { class: "region", d: path(code) })),
    );
  };

  const focus = (to) => {
    const all = [...marks.children];
    at = Math.max(0, Math.min(all.length - 1, to));
    all.forEach((each, i) => each.setAttribute("tabindex", i === at ? "0" : "-1"));
    all[at]?.focus({ preventScroll: true });
  };
  marks.addEventListener("keydown", (event) => {
    const go = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1 }[event.key];
    const end = { Home: 0, End: marks.children.length - 1 }[event.key];
    if (go === undefined && end === undefined) return;
    event.preventDefault();
    focus(go ?? end);
  });

  const placeWords = (where, seen) =>
    where === "point" ? seen.place || seen.region : t("somewhere in {place}", { place: seen.place });

  const drawMark = ({ rows, status, at: [x, y], where }, i) => {
    const [seen] = rows;
    const places = [...new Set(rows.map((each) => placeWords(where, each)))];
    const sure = rows.every((each) => each.status.possible.length === 1);
    const label =
      rows.length === 1
        ? `${seen.name}: ${statusWords(seen.status)}, ${places[0]}`
        : `${grouped(String(rows.length))}: ${statusLabel(status)}, ${places.slice(0, kMostPlaces).join("; ")}${places.length > kMostPlaces ? "; …" : ""}`;
    const regions = new Set(rows.map((each) => each.region));
    const region = regions.size === 1 ? seen.region : app.state.region;
    const act = () =>
      rows.length === 1
        ? app.why(seen.subject.subject)
        : app.change({ region, status: new Set([status]) });
    const size = Math.min(kMostMark, kMark + Math.log2(rows.length));
    const shape =
      where === "point"
        ? svg("circle", { class: `fill-${status}`, cx: x, cy: y, r: size })
        : svg("rect", { class: `fill-${status}`, x: x - kMark, y: y - kMark, width: 2 * kMark, height: 2 * kMark });
    return svg(
      "g",
      {
        class: `map-mark ${where}${sure ? "" : " maybe"}`,
        role: "button",
        tabindex: i === at ? "0" : "-1",
        "aria-label": label,
        "data-key": `map:${seen.subject.subject}`,
        onclick: act,
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          act();
        },
      },
      svg("title", {}, label),
      shape,
    );
  };

  const list = new LongList(byId("map-list"), table.tBodies[0], (height) =>
    el(
      "tr",
      { class: "spacer", "aria-hidden": "true" },
      place(el("td", { colspan: 3 }), { height: `${height}px` }),
    ),
  );
  app.lists.push(list);
  const drawList = (places) => {
    const rows = [
      ...places.points.map(([seen]) => [seen, placeWords("point", seen)]),
      ...[...places.areas.values()].flat().map((seen) => [seen, placeWords("area", seen)]),
      ...places.nowhere.map((seen) => [seen, t("not told")]),
    ];
    const line = (i) => {
      const [seen, where] = rows[i];
      return el(
        "tr",
        {},
        el(
          "th",
          { scope: "row" },
          el(
            "button",
            { type: "button", class: "why name", onclick: () => app.why(seen.subject.subject) },
            seen.name,
          ),
        ),
        el("td", {}, where),
        el("td", {}, chip(seen.status.status)),
      );
    };
    list.set(rows.length, () => kRow, line);
  };

  const draw = () => {
    const places = placesOf(app.rows);
    const points = places.points.map(([seen, point]) => ({ seen, at: to(point) }));
    const found = marksAt(points).map((mark) => ({ ...mark, where: "point" }));
    for (const [code, rows] of places.areas) {
      const each = marksOf(rows, app.data.statuses);
      const spots = around(to(middle(code)), each.length);
      each.forEach((mark, i) => found.push({ ...mark, at: spots[i], where: "area" }));
    }
    shades.replaceChildren(
      ...[...places.areas.keys()]
        .sort((a, b) => a.length - b.length) // regions over their countries
        .map((code) =>
          svg("path", { class: code.includes("-") ? "shade" : "shade country", d: path(code) }),
        ),
    );
    at = Math.min(at, Math.max(0, found.length - 1));
    app.keepFocus(plot, () => marks.replaceChildren(...found.map(drawMark)));
    names.replaceChildren(...(found.length <= kMostNames ? placeNames(found, width, height) : []));
    plot.setAttribute("aria-label", t("Map; the arrow keys go from mark to mark"));
    const statuses = new Set(found.map((mark) => mark.status));
    byId("map-nowhere").replaceChildren(
      ...app.data.statuses
        .filter(({ status }) => statuses.has(status))
        .flatMap(({ status }) => [chip(status), " "]),
      places.nowhere.length
        ? t("without a place: {n}", { n: grouped(String(places.nowhere.length)) })
        : "",
    );
    drawList(places);
  };

  return {
    where: section,
    draw(flags) {
      const anew = flags.size || !to;
      if (anew) drawGround();
      if (anew || flags.vantage || flags.filter) draw();
    },
  };
}
