// Where subjects are, as imprecisely as it is told: at a point, somewhere in a region, somewhere in
// a country.

import { kCountryOutlines, kFineOutlines } from "./outlines.mjs";

// How the regions' names begin in English, Russian and Uzbek, whatever the case; the first that
// fits: the city of Tashkent stands before the region around it.
const kRegionNames = [
  ["UZ-TK", "tashkent city", "tashkent (city", "город ташкент", "г. ташкент", "ташкент (город", "toshkent shah"],
  ["UZ-TO", "tashkent", "ташкент", "toshkent"],
  ["UZ-AN", "andijan", "андижан", "andijon"],
  ["UZ-BU", "bukhara", "бухар", "buxoro"],
  ["UZ-FA", "fergana", "ферган", "farg"],
  ["UZ-JI", "jizzakh", "jizakh", "джиза", "jizzax"],
  ["UZ-NG", "namangan", "наманган"],
  ["UZ-NW", "navoi", "навои"],
  ["UZ-QA", "kashkadarya", "qashqa", "кашкадар"],
  ["UZ-QR", "karakalpakstan", "republic of karakalpakstan", "каракалпак", "республика каракалпак", "qoraqalp"],
  ["UZ-SA", "samarkand", "самарканд", "samarqand"],
  ["UZ-SI", "syrdarya", "sirdar", "сырдар"],
  ["UZ-SU", "surkhandarya", "surxon", "сурхан"],
  ["UZ-XO", "khorezm", "khorazm", "хорезм", "xorazm"],
];

/** The code of a region of Uzbekistan by its name; none of another country's, or of no known name. */
export function regionCode(region, country) {
  if (!region || (country && country !== "UZ")) return "";
  const name = region.trim().toLowerCase();
  return kRegionNames.find(([, ...begins]) => begins.some((each) => name.startsWith(each)))?.[0] ?? "";
}

const decoded = new Map();

function ringsOf(code, table, unit) {
  const key = `${code} ${unit}`;
  if (!decoded.has(key))
    decoded.set(
      key,
      (table[code] ?? "")
        .split(";")
        .filter(Boolean)
        .map((ring) => {
          const steps = ring.match(/-?\d+/g).map(Number);
          const points = [];
          let [x, y] = [0, 0];
          for (let i = 0; i < steps.length; i += 2)
            points.push([(x += steps[i]) * unit, (y += steps[i + 1]) * unit]);
          return points;
        }),
    );
  return decoded.get(key);
}

export const countryCodes = Object.keys(kCountryOutlines);
export const regionCodes = Object.keys(kFineOutlines).filter((code) => code.includes("-"));

/** The rings of a country or region to be drawn: [[[longitude, latitude], …], …]; of a country whose
 * regions are drawn, all of theirs. None: the code is not known. */
export function outline(code) {
  const parts = regionCodes.filter((region) => region.startsWith(`${code}-`));
  if (parts.length > 0) return parts.flatMap(outline);
  return code in kFineOutlines
    ? ringsOf(code, kFineOutlines, 0.01)
    : ringsOf(code, kCountryOutlines, 0.1);
}

/** The rings that tell how large it is, and where its middle. */
const wholeOf = (code) =>
  code in kCountryOutlines ? ringsOf(code, kCountryOutlines, 0.1) : outline(code);

/** {west, south, east, north} of points; null: there are none. */
export function boxOf(points) {
  if (points.length === 0) return null;
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [x, y] of points) {
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  }
  return box;
}

const largest = (rings) => rings.reduce((a, b) => (areaOf(b) > areaOf(a) ? b : a));

function areaOf(ring) {
  const box = boxOf(ring);
  return (box.east - box.west) * (box.north - box.south);
}

function inside([x, y], ring) {
  let is = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) is = !is;
  }
  return is;
}

/** The box of the largest of its rings: islands far away would make a map of the sea. */
export const homeOf = (code) => boxOf(largest(wholeOf(code)));

/** A point in the widest part of the largest ring: where signs of an area stand. */
export function middle(code) {
  const ring = largest(wholeOf(code));
  const box = boxOf(ring);
  let best = null;
  for (let i = 1; i < 12; ++i) {
    const y = box.south + ((box.north - box.south) * i) / 12;
    let from = null;
    for (let k = 0; k <= 60; ++k) {
      const x = box.west + ((box.east - box.west) * k) / 60;
      const is = k < 60 && inside([x, y], ring);
      if (is) from ??= x;
      else if (from !== null) {
        // Wide, and near the middle of its height.
        const worth = (x - from) * (1 - Math.abs(i - 6) / 12);
        if (!best || worth > best.worth) best = { worth, point: [(from + x) / 2, y] };
        from = null;
      }
    }
  }
  return best?.point ?? [(box.west + box.east) / 2, (box.south + box.north) / 2];
}

/** Whether one can point at it, or knows the area at most: {point}, {area: code}; null: neither. */
export function whereIs(described) {
  if (!described) return null;
  const [x, y] = [parseFloat(described.longitude), parseFloat(described.latitude)];
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return { point: [x, y] };
  const { geometry } = described;
  const positions = geometry?.coordinates?.flat(Infinity) ?? [];
  if (positions.length >= 2 && positions.every(Number.isFinite)) {
    if (geometry.type === "Point") return { point: positions.slice(0, 2) };
  }
  const region = regionCode(described.region, described.country);
  if (region) return { area: region };
  return described.country in kCountryOutlines ? { area: described.country } : null;
}
