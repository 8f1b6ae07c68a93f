// Makes page/data/outlines.mjs, once and again when a border moves. In a directory of its own:
//   npm install world-atlas @svg-maps/uzbekistan topojson-client i18n-iso-countries
//   node make_outlines.mjs > outlines.mjs

import { readFileSync } from "node:fs";
import iso from "i18n-iso-countries";
import { feature } from "topojson-client";

const kSimplerBy = { country: 0.12, neighbour: 0.03, region: 0.012 }; // degrees
const kUnit = { country: 0.1, neighbour: 0.01, region: 0.01 };
// Beside finer outlines coarse ones would overlap them.
const kNeighbours = ["AF", "KG", "KZ", "TJ", "TM"];
const kSqueeze = 0.75; // of a degree of longitude, where it matters most
const kWithoutNumber = { Kosovo: "XK" };
const kRegions = {
  andijan: "UZ-AN",
  bukhara: "UZ-BU",
  fergana: "UZ-FA",
  jizzakh: "UZ-JI",
  namangan: "UZ-NG",
  navoiy: "UZ-NW",
  qashqadaryo: "UZ-QA",
  karakalpakstan: "UZ-QR",
  samarqand: "UZ-SA",
  sirdaryo: "UZ-SI",
  surxondaryo: "UZ-SU",
  tashkent: "UZ-TO",
  xorazm: "UZ-XO",
};

const atlas = (scale) => {
  const text = readFileSync(`node_modules/world-atlas/countries-${scale}.json`, "utf8");
  const topology = JSON.parse(text);
  return feature(topology, topology.objects.countries).features;
};
const outerRings = ({ geometry: { type, coordinates } }) =>
  (type === "Polygon" ? [coordinates] : coordinates).map(([outer]) => outer);

/** Without the leap at the date line: longitudes go on beyond 180. */
const goingOn = (ring) => {
  let turn = 0;
  return ring.map(([x, y], i) => {
    const step = i > 0 ? x - ring[i - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [x + turn, y];
  });
};

const boxOf = (points) => {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};

/** The rings of a path of SVG that has moves, lines and ends only. */
function ringsOf(path) {
  const rings = [];
  let [x, y, start, command] = [0, 0, [0, 0], ""];
  const tokens = path.match(/[a-zA-Z]|-?[\d.]+/g);
  for (let i = 0; i < tokens.length; ) {
    if (/[a-z]/i.test(tokens[i])) command = tokens[i++];
    if (command.toLowerCase() === "z") {
      [x, y] = start;
      continue;
    }
    const [dx, dy] = [Number(tokens[i++]), Number(tokens[i++])];
    [x, y] = command === command.toLowerCase() ? [x + dx, y + dy] : [dx, dy];
    if (command.toLowerCase() === "m") {
      rings.push([]);
      start = [x, y];
      command = command === "m" ? "l" : "L";
    }
    rings.at(-1).push([x, y]);
  }
  return rings;
}

/** Douglas and Peucker's: without points nearer than `by` to what is left. */
function simpler(ring, by) {
  const kept = new Set([0, ring.length - 1]);
  const far = (from, to, distance) => {
    let [at, most] = [-1, by];
    for (let i = from + 1; i < to; ++i) if (distance(ring[i]) > most) [at, most] = [i, distance(ring[i])];
    return at;
  };
  const open = [];
  const half = far(0, ring.length - 1, ([x, y]) => Math.hypot((x - ring[0][0]) * kSqueeze, y - ring[0][1]));
  if (half < 0) return ring;
  kept.add(half);
  open.push([0, half], [half, ring.length - 1]);
  while (open.length) {
    const [from, to] = open.pop();
    const [[ax, ay], [bx, by]] = [ring[from], ring[to]];
    const [dx, dy] = [(bx - ax) * kSqueeze, by - ay];
    const length = Math.hypot(dx, dy) || 1e-9;
    const at = far(from, to, ([x, y]) => Math.abs((x - ax) * kSqueeze * dy - (y - ay) * dx) / length);
    if (at < 0) continue;
    kept.add(at);
    open.push([from, at], [at, to]);
  }
  return ring.filter((_, i) => kept.has(i));
}

const encoded = (rings, kind) =>
  rings
    .map((ring) => {
      let [x, y] = [0, 0];
      const steps = [];
      for (const [longitude, latitude] of simpler(ring, kSimplerBy[kind])) {
        const [nx, ny] = [Math.round(longitude / kUnit[kind]), Math.round(latitude / kUnit[kind])];
        if (steps.length > 0 && nx === x && ny === y) continue;
        steps.push(nx - x, ny - y);
        [x, y] = [nx, ny];
      }
      return steps.length >= 6 ? steps.join(" ").replaceAll(" -", "-") : "";
    })
    .filter(Boolean)
    .join(";");

const codeOf = ({ id, properties }) => (id ? iso.numericToAlpha2(id) : kWithoutNumber[properties.name]);
const countries = {};
for (const country of atlas("110m")) {
  const code = codeOf(country);
  if (code && code !== "AQ") countries[code] = encoded(outerRings(country).map(goingOn), "country");
}
const fine = {};
for (const country of atlas("50m"))
  if (kNeighbours.includes(codeOf(country)))
    fine[codeOf(country)] = encoded(outerRings(country), "neighbour");

// The picture of the regions is Mercator's, and as wide and high as the country.
const source = readFileSync("node_modules/@svg-maps/uzbekistan/index.js", "utf8");
const { locations } = JSON.parse(source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1));
const [west, south, east, north] = boxOf(
  outerRings(atlas("50m").find((country) => country.id === "860")).flat(),
);
const up = (latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
const latitudeAt = (y) => ((2 * Math.atan(Math.exp(y)) - Math.PI / 2) * 180) / Math.PI;
const drawn = locations.filter(({ id }) => id in kRegions);
const [left, top, right, bottom] = boxOf(drawn.flatMap(({ path }) => ringsOf(path).flat()));
for (const { id, path } of drawn) {
  // Two are called tashkent: the city is the small one.
  const code = id === "tashkent" && path.length < 1000 ? "UZ-TK" : kRegions[id];
  const rings = ringsOf(path).map((ring) =>
    ring.map(([x, y]) => [
      west + ((x - left) / (right - left)) * (east - west),
      latitudeAt(up(north) - ((y - top) / (bottom - top)) * (up(north) - up(south))),
    ]),
  );
  fine[code] = encoded(rings, "region");
}

const lines = (outlines) =>
  Object.entries(outlines)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, text]) => `  "${code}": "${text}",\n`)
    .join("");
process.stdout.write(`// Outlines of countries and of Uzbekistan's regions, by their codes of ISO 3166; made by
// make_outlines.mjs. Rings are apart by ";". A ring is steps east and north, the first of them from
// 0° 0°: of a tenth of a degree for countries, of a hundredth for regions and the countries around.
//
// Countries: Natural Earth, 1:110m and 1:50m, public domain. Regions: @svg-maps/uzbekistan of Abduvali Mamajonov,
// CC BY 4.0, laid over Natural Earth's outline of the country, and simplified.

export const kCountryOutlines = {
${lines(countries)}};

export const kFineOutlines = {
${lines(fine)}};
`);
