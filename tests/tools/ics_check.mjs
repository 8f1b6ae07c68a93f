// Reads a calendar with ical.js and compares it with the timeline that it was made of.
// Usage: node ics_check.mjs CALENDAR.ics TIMELINE.json     from where ical.js is installed
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [calendarFile, timelineFile] = process.argv.slice(2);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(calendarFile, "utf8")));
const timeline = JSON.parse(readFileSync(timelineFile, "utf8"));

const entries = new Map();
for (const component of calendar.getAllSubcomponents("vevent")) {
  const entry = new ICAL.Event(component);
  assert(!entries.has(entry.uid), `${entry.uid} stands twice`);
  entries.set(entry.uid, entry);
}

let compared = 0;
for (const subject of timeline.subjects)
  for (const mark of subject.marks) {
    const uid = `${mark.event}@${mark.source}`;
    const { earliest, latest } = mark.bounds;
    const entry = entries.get(uid);
    entries.delete(uid);
    if (earliest === null && latest === null) {
      assert.equal(entry, undefined, `${uid} has no date`);
      continue;
    }
    const end = ICAL.Time.fromDateString(latest ?? earliest);
    end.adjust(1, 0, 0, 0);
    assert(entry.startDate.isDate && entry.endDate.isDate);
    assert.equal(entry.startDate.toString(), earliest ?? latest, uid);
    assert.equal(entry.endDate.toString(), end.toString(), uid);
    assert.equal(entry.component.getFirstPropertyValue("status"),
                 mark.happened === "certainly" ? "CONFIRMED" : "TENTATIVE", uid);
    assert(entry.summary.includes(mark.title?.en ?? ""), uid);
    compared += 1;
  }
assert.equal(entries.size, 0, "entries that are no marks");
console.log(`${compared} entries are the timeline's`);
