// How late plans came, or are.

import { chartSize, drawRows, firstRows, restOf, wordsBesides } from "../parts/chart_parts.mjs";
import { svg } from "../parts/dom.mjs";
import { stateLabel, whatLabel } from "../parts/parts.mjs";
import { many, t } from "../data/words.mjs";

/**
 * What is known of the slippage of plans, in days: met ones, overdue ones so far, and of a key that
 * moved the way from its baseline.
 */
export function slippageRows(app) {
  const rows = [];
  for (const seen of app.rows)
    for (const plan of seen.plans) {
      const { least, most } = slippageOf(plan, seen, app.state.asOf) ?? {};
      if ((least ?? most ?? null) === null) continue;
      const place = `${seen.subject.subject}:plans`;
      rows.push({ place, name: `${seen.name}: ${whatLabel(plan)}`, plan, least, most });
    }
  return rows.sort((a, b) => (b.least ?? b.most) - (a.least ?? a.most));
}

function slippageOf(plan, seen, asOf) {
  if (plan.state === "overdue")
    return { least: asOf - seen.subject.events[plan.event].hi, most: null };
  if (plan.state === "met") return plan.slippage;
  return plan.state === "moved" && plan.baseline === plan.event ? plan.movedBy : null;
}

const slippageWords = ({ plan, least }) =>
  plan.state === "overdue"
    ? `${stateLabel("overdue")}: ${many("at least {} days late", least)}`
    : plan.text;

/** Slippage as intervals of days about "on time"; `rows` begin with the latest: [elements]. */
export function slippageChart(app, frame, rows) {
  const { width, narrow } = chartSize(frame);
  const left = narrow ? 8 : 250;
  const shown = firstRows(rows).map((row) => {
    const words = slippageWords(row);
    const key = `slip:${row.place}:${row.plan.event}`;
    return { ...row, words, key };
  });
  const besides = wordsBesides(shown, left + 14, width);
  const rowHeight = (narrow ? 46 : 30) + besides.height;
  const height = shown.length * rowHeight + 24;
  const ends = shown.flatMap((row) => [row.least ?? row.most, row.most ?? row.least]);
  const [low, high] = [Math.min(0, ...ends), Math.max(1, ...ends)];
  const x = (d) => left + 14 + ((d - low) / (high - low)) * (besides.right - left - 14);
  const root = svg("svg", { width, height, role: "group", "aria-label": t("Slippage of plans") });
  root.append(
    svg("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: height - 18 }),
    svg(
      "text",
      {
        class: "axis-words",
        x: x(0),
        y: height - 4,
        "text-anchor": x(0) < width * 0.2 ? "start" : "middle",
      },
      t("on time"),
    ),
  );
  drawRows(app, root, shown, { width, narrow, left, rowHeight }, (row, y) => {
    const a = x(row.least ?? row.most - (high - low) * 0.1);
    const b = row.most === null ? Math.min(x(row.least) + 30, width - 6) : x(row.most);
    return [
      svg("path", {
        class: `interval ${row.plan.state}`,
        d: `M${a} ${y - 5}v10M${a} ${y}H${b}${row.most === null ? "m-6-4l6 4l-6 4" : "m0-5v10"}`,
      }),
      besides.words(row, b + 8, y),
    ];
  });
  return [root, restOf(rows)];
}
