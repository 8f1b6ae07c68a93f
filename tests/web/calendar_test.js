// A calendar is read alike by the two readers that calendar programs are mostly built on, and has
// what the timeline has.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ICAL from "ical.js";
import { languages, makeStore, run } from "./support.js";

const store = makeStore("calendar");

const readByIcalJs = (text) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents("vevent")
    .map((component) => new ICAL.Event(component));

// Debian's Python: with the reader that install-packages.sh installs.
const reader = fileURLToPath(new URL("read_calendar.py", import.meta.url));
const readByIcalendar = (text) =>
  JSON.parse(execFileSync("/usr/bin/python3", [reader], { input: text }));

const dayAfter = (day) => {
  const time = ICAL.Time.fromDateString(day);
  time.adjust(1, 0, 0, 0);
  return time.toString();
};

for (const language of languages)
  test(`ical.js and icalendar read the same days, those of the timeline: ${language}`, () => {
    const question = ["--store", store, "timeline", "--as-of", "2024-06-30", "--lang", language];
    const text = run(...question, "--format", "ics");
    const entries = readByIcalJs(text);
    assert.ok(entries.every((entry) => entry.startDate.isDate && entry.endDate.isDate));
    assert.deepEqual(
      entries.map((entry) => [entry.uid, `${entry.startDate}`, `${entry.endDate}`]),
      readByIcalendar(text),
    );

    const left = new Map(entries.map((entry) => [entry.uid, entry]));
    assert.equal(left.size, entries.length, "no entry stands twice");
    for (const subject of JSON.parse(run(...question, "--format", "json")).subjects)
      for (const mark of subject.marks) {
        const uid = `${mark.event}@${mark.source}`;
        const { earliest, latest } = mark.bounds;
        const entry = left.get(uid);
        if (earliest === null && latest === null) {
          assert.equal(entry, undefined, `${uid} has no date`);
          continue;
        }
        left.delete(uid);
        assert.equal(`${entry.startDate}`, earliest ?? latest, uid);
        assert.equal(`${entry.endDate}`, dayAfter(latest ?? earliest), uid);
        assert.equal(
          entry.component.getFirstPropertyValue("status"),
          mark.happened === "certainly" ? "CONFIRMED" : "TENTATIVE",
          uid,
        );
        assert.ok(entry.summary.includes(mark.title?.[language] ?? ""), uid);
      }
    assert.deepEqual([...left.keys()], [], "every entry is a mark");
  });
