#!/usr/bin/env python3
"""Reads what the program writes with the readers that others use: jsonschema, csv, icalendar.

Usage: check_formats.py PROGRAM SCHEMA EVENT_SCHEMA GENERATOR OC4IDS

OC4IDS: the directory of that standard's schemas; what needs it is skipped where it is not there.
"""
import bisect
import copy
import csv
import datetime
import io
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import unittest

import icalendar
import jsonschema
import openpyxl

PROGRAM, SCHEMA, EVENT_SCHEMA, GENERATOR, OC4IDS = sys.argv[1:6]
os.environ["SOLNOMA_CONFIG"] = ""
os.environ["SOLNOMA_TODAY"] = "2030-12-31"  # what is generated may be known after today
SEED = int(os.environ.get("SOLNOMA_SEED", "20260115"))


class Chronicle:
    """A store, and questions to it."""

    def __init__(self, events=None):
        self.directory = tempfile.TemporaryDirectory()
        self.store = os.path.join(self.directory.name, "store")
        if events is None:
            self.ask("history", "--init")
        else:
            self.ask("init")
            self.ask("import", "-", given=events)

    def ask(self, *words, given=None):
        run = subprocess.run([PROGRAM, "--store", self.store, *words], input=given,
                             capture_output=True, check=False)
        assert run.returncode == 0 and run.stderr == b"", (words, run.stderr.decode())
        return run.stdout

    def json(self, *words):
        return json.loads(self.ask(*words, "--format", "json"))

    def path(self, name):
        return os.path.join(self.directory.name, name)


SHIPPED = Chronicle()
MADE = Chronicle(subprocess.run([sys.executable, GENERATOR, "80", "14", str(SEED)],
                                capture_output=True, check=True).stdout)
CHRONICLES = {"the shipped history": SHIPPED, "a generated one": MADE}


def schema(path=SCHEMA):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def closed(part):
    """The same schema, but it takes no field that it does not describe."""
    part = copy.deepcopy(part)

    def close(node):
        if isinstance(node, dict):
            if "properties" in node:
                node["additionalProperties"] = False
            for value in node.values():
                close(value)
        elif isinstance(node, list):
            for value in node:
                close(value)
    close(part)
    return part


def last_by(rows, day):
    """The last of the rows [from, what] that begins by a day; None lies behind every day."""
    index = len(rows) if day is None else bisect.bisect_right([row[0] or "" for row in rows], day)
    return rows[index - 1][1]


def look_up(surface, known_by, as_of):
    return surface["answers"][last_by(last_by(surface["grid"], known_by), as_of)]


def vantages(report, rng, count):
    """Days on which something happens, or next to them."""
    found = set()
    for subject in report["subjects"]:
        for event in subject["events"]:
            found |= {event["earliest"], event["latest"], event["known"]} - {None}
    found = sorted(found)

    def near(day):
        return str(datetime.date.fromisoformat(day) + datetime.timedelta(days=rng.randint(-1, 1)))
    return [(near(rng.choice(found)), rng.choice([None, near(rng.choice(found))]))
            for _ in range(count)]


def words(as_of, known_by):
    return ["--as-of", as_of] + (["--known-by", known_by] if known_by else [])


def languages():
    """All that the program speaks."""
    help_text = SHIPPED.ask("report", "--help").decode()
    return re.search(r"Language of names and headings: ([a-z, ]*[a-z])", help_text)[1].split(", ")


class TheJson(unittest.TestCase):
    def test_its_schema_lists_every_status_and_takes_every_language(self):
        lists = []

        def collect(node):
            if isinstance(node, dict) and "unrecorded" in node.get("enum", []):
                lists.append([each for each in node["enum"] if each is not None])
            for each in node.values() if isinstance(node, dict) else node:
                if isinstance(each, (dict, list)):
                    collect(each)

        collect(schema())
        report = json.loads(SHIPPED.ask("report", "--as-of", "2025-12-31", "--format", "json"))
        statuses = [each["status"] for each in report["statuses"]]
        self.assertGreater(len(lists), 0)
        for each in lists:
            self.assertEqual(each, statuses)
        for code in languages():
            self.assertRegex(code, schema()["properties"]["lang"]["pattern"])

    def test_it_is_what_its_schema_says_and_the_schema_describes_every_field(self):
        whole = schema()
        jsonschema.Draft202012Validator.check_schema(whole)
        validator = jsonschema.Draft202012Validator(closed(whole))
        for chronicle in CHRONICLES.values():
            for choice in (["--lang", "en"], ["--lang", "ru", "--type", "opened", "--from", "2022"],
                           ["--lang", "uz", "--at", "20", "--known-by", "2024-06"]):
                report = chronicle.json("report", "--as-of", "2025-12-31", *choice)
                self.assertTrue(report["subjects"])
                errors = [error.message[:300] for error in validator.iter_errors(report)]
                self.assertEqual(errors, [])

        def check(node, path):
            for name, each in node.get("properties", {}).items():
                self.assertIn("description", each, path + name)
                self.assertNotEqual(each["description"], "", path + name)
            for key, each in node.items():
                for part in each if isinstance(each, list) else [each]:
                    if isinstance(part, dict):
                        check(part, f"{path}{key}/")
        check(whole, "")

    def test_references_lead_to_events_of_the_subject(self):
        for subject in MADE.json("report", "--as-of", "2025-12-31")["subjects"]:
            events = range(len(subject["events"]))
            for number, event in enumerate(subject["events"]):
                self.assertEqual(event["revision"], number + 1)
                self.assertTrue(event["supersedes"] is None or event["supersedes"] < number)
                for source in event["sources"]:
                    self.assertIn(source, range(len(subject["sources"])))
                for *_, by in event["supersededBy"]:
                    chain = by  # what it supersedes, what that one supersedes, and so on
                    while chain is not None and chain > number:
                        chain = subject["events"][chain]["supersedes"]
                    self.assertEqual(chain, number)
            for surface in ("status", "figures"):
                for answer in (subject[surface] or {"answers": []})["answers"]:
                    for each in answer if isinstance(answer, list) else [answer]:
                        for index in each["because"]:
                            self.assertIn(index, events)

    def test_looking_up_a_day_gives_what_the_program_answers_of_that_day(self):
        rng = random.Random(SEED)
        for name, chronicle in CHRONICLES.items():
            head = chronicle.json("status", "--as-of", "2025")["vantage"]["position"]
            for at in (head, head // 2):
                report = chronicle.json("report", "--as-of", "2025-12-31", "--at", str(at))
                subjects = [subject["subject"] for subject in report["subjects"]]
                for as_of, known_by in vantages(report, rng, 15):
                    status = chronicle.json("status", *subjects, "--at", str(at),
                                            *words(as_of, known_by))
                    for mine, theirs in zip(report["subjects"], status["subjects"], strict=True):
                        with self.subTest(name, subject=mine["subject"], as_of=as_of,
                                          known_by=known_by, at=at):
                            self.compare(mine, theirs, as_of, known_by)

    def compare(self, mine, theirs, as_of, known_by):
        def named(index):
            return None if index is None else mine["events"][index]["id"]

        def fields(of, *names):
            return {each: of[each] for each in names if of.get(each) is not None}
        if mine["hasStatus"]:
            answer = look_up(mine["status"], known_by, as_of)
            for field in ("status", "possible", "since"):
                self.assertEqual(answer[field], theirs[field])
            self.assertEqual([named(each) for each in answer["because"]], theirs["because"])
        else:
            self.assertIsNone(theirs["status"])
        plans = look_up(mine["plans"], known_by, as_of)
        for plan, expected in zip(plans, theirs["plans"], strict=True):
            for field in ("type", "target", "state"):
                self.assertEqual(plan[field], expected[field])
            for field in ("event", "baseline", "metBy", "movedTo", "droppedBy"):
                self.assertEqual(named(plan[field]), expected[field])
            self.assertEqual(plan["part"], expected.get("part"))
            self.assertEqual(plan["slippage"], expected.get("slippageDays"))
            self.assertEqual(plan["movedBy"], expected.get("movedByDays"))
        figures = look_up(mine["figures"], known_by, as_of)
        for figure, expected in zip(figures, theirs["quantities"], strict=True):
            told = ("measure", "value", "upper", "excluded", "unit", "bound", "period", "flow", "part")
            self.assertEqual(fields(figure, *told), fields(expected, *told))
            self.assertEqual(fields(figure, "earliest", "latest"),
                             fields(expected["asOf"], "earliest", "latest"))
            self.assertEqual([named(each) for each in figure["because"]], expected["because"])
        described = mine["described"]["answers"][last_by(mine["described"]["grid"], known_by)]
        self.assertEqual(described["name"], (theirs["name"] or {"en": None})["en"])

    def test_what_the_selection_leaves_out_is_marked_and_still_there_to_be_named(self):
        report = MADE.json("report", "--as-of", "2025-12-31", "--type", "opened", "--type", "visited")
        self.assertLess(report["selection"]["shown"], report["selection"]["of"])
        self.assertEqual(report["selection"]["shown"], len(report["subjects"]))
        for subject in report["subjects"]:
            shown = [event["type"] for event in subject["events"] if event.get("shown", True)]
            self.assertTrue(shown)
            self.assertLessEqual(set(shown), {"opened", "visited"})
            self.assertEqual(len(subject["events"]), subject["events"][-1]["revision"])


EVENT = {"specversion": "1.0", "id": "a", "source": "urn:x", "type": "solnoma.opened",
         "subject": "park/x", "occurred": "2024", "known": "2024-05"}
DESCRIBED = {"type": "solnoma.described", "data": {"description": {"names": {"en": "X"}}}}
RETRACTED = {"type": "solnoma.retracted", "supersedes": "b", "data": {"note": "an error"}}
IMPORTED = {"type": "solnoma.imported", "subject": "dataset/x",
            "data": {"import": {"file": "x.csv", "sha256": "0" * 64, "mapping": "", "rows": 7}}}


def data(**fields):
    return {"data": fields}


def quantity(**fields):
    return data(quantities=[{"measure": "residents", "value": "4", "unit": "companies"} | fields])


def description(**fields):
    return {"type": "solnoma.described", **data(description={"names": "X"} | fields)}


def imported(**fields):
    record = IMPORTED["data"]["import"] | fields
    return IMPORTED | data(**{"import": {k: v for k, v in record.items() if v is not None}})


RING = [[60, 40], [61, 40], [61, 41], [60, 40]]


class TheEvents(unittest.TestCase):
    """The JSON Schema of an event takes what the program takes."""

    RIGHT = [
        {}, DESCRIBED, RETRACTED, IMPORTED, imported(rows=None, mapping=None),
        {"supersedes": "b"}, {"known": "2024"}, {"known": "2024-05-09"}, {"occurred": ""},
        {"datacontenttype": "application/json", "position": 3, "revision": 1, "time": ""},
        {"datacontenttype": "Application/JSON ; charset=utf-8", "time": "2024-02-29T23:59:60.5+05:00"},
        {"dataschema": "https://example.org/schema", "partitionkey": "7", "sampledrate": 7, "x": True},
        data(), data(title="Plain", note={"zh-Hans": "x", "ru": "y"}, label="built", part="phase-2"),
        data(fulfils=["p"]), data(modality="planned"), data(parties=["A", {"en": "B", "fa": "C"}]),
        data(sources=[{"publisher": {"ru": "П"}, "published": "2024", "url": "", "note": ""}]),
        data(sources=[{"url": "https://example.org/?u=https://example.org"}]),
        quantity(), quantity(bound="at-least", upper="", period="2024", flow=True),
        quantity(bound="between", upper="9.5"), quantity(value="-0.5"),
        description(country="UZ", kind="technopark", partOf="programme/x"),
        description(coordinates={"latitude": "41.47", "longitude": "69.58"}, sectors=["Chemistry"]),
        description(identifiers=[{"scheme": "GEM", "id": "P1"}], otherNames=["Y", {"fa": "Z"}]),
        description(partners=[{"name": "Y", "role": "operator", "share": "49.5", "id": "1"}]),
        description(geometry={"type": "Point", "coordinates": [60, 40]}),
        description(geometry={"type": "Polygon", "coordinates": [RING]}),
        description(geometry={"type": "GeometryCollection", "geometries": [
            {"type": "LineString", "coordinates": [[60, 40], [61, 40, 300]]}]}),
    ]
    WRONG = [
        {"specversion": "0.3"}, {"id": ""}, {"type": "opened"}, {"type": "solnoma.opend"},
        {"subject": "park"}, {"subject": "Park/X"}, {"known": "May 2024"}, {"known": ""},
        {"title": "beside the data"}, {"time": "yesterday"}, {"time": "2024"}, {"trace": {"id": 1}},
        {"partitionKey": "7"}, {"my_key": "7"}, {"x" * 101: 1}, {"datacontenttype": "application/jsonx"},
        {"datacontenttype": "text/plain"}, {"source": "a b"},
        {"supersedessource": "urn:y"}, {"type": "solnoma.described"}, {"data": "text"},
        {"type": "solnoma.retracted", "supersedes": "b"},
        {"type": "solnoma.retracted", **data(note="why")},
        RETRACTED | data(note="why", modality="planned"), RETRACTED | data(note=""),
        DESCRIBED | {"type": "solnoma.opened"}, IMPORTED | {"subject": "park/x"},
        IMPORTED | {"type": "solnoma.opened"}, {"type": "solnoma.imported", "subject": "dataset/x"},
        imported(sha256="0" * 63), imported(rows=-1), imported(file=None), imported(lines=7),
        data(modality="likely"), data(part="Phase 2"), data(title=7), data(title={"en": 7}),
        data(title={"not a tag": "x"}), data(title="x" * 501), data(parties="A"), data(extra=1),
        data(fulfils=[""]), data(modality="planned", fulfils=["p"]), data(label={"en": "built"}),
        data(sources=[{"url": "ftp://example.org"}]), data(sources=[{"href": "https://a.example"}]),
        quantity(value="4,5"), quantity(value=4), quantity(bound="over"), quantity(flow="yes"),
        quantity(unit=""), quantity(bound="between"), quantity(upper="9"), quantity(Measure="x"),
        data(quantities=[{"measure": "residents", "value": "4"}]),
        description(names=""), description(country="uz"), description(partOf="programme"),
        description(coordinates={"latitude": "41.47"}), description(kind="A park"),
        description(identifiers=[{"scheme": "GEM"}]), description(otherNames=[""]),
        description(partners=[{"role": "operator"}]), description(partners=["Y"]),
        description(partners=[{"name": "Y", "role": "The operator"}]),
        description(partners=[{"name": "Y", "share": "-1"}]),
        description(geometry={"type": "Point", "coordinates": [60]}),
        description(geometry={"type": "Point", "coordinates": [600, 40]}),
        description(geometry={"type": "Circle", "coordinates": [60, 40]}),
        description(geometry={"type": "Polygon", "coordinates": [RING[:3]]}),
    ]

    @classmethod
    def setUpClass(cls):
        whole = schema(EVENT_SCHEMA)
        jsonschema.Draft202012Validator.check_schema(whole)
        cls.validator = jsonschema.Draft202012Validator(whole)

    def taken_by_the_program(self, events):
        """Whether each of them is read and valid, beside an event that it may supersede."""
        chronicle = Chronicle(events=json.dumps(
            EVENT | {"id": "p", "data": {"modality": "planned"}}).encode())
        taken = []
        for number, event in enumerate(events):
            event = dict(event)
            if event["id"]:
                event["id"] = f"e{number}"
            if "supersedes" in event:
                event["supersedes"] = f"b{number}"
                chronicle.ask("import", "-", given=json.dumps(
                    EVENT | {"id": f"b{number}", "subject": event["subject"]}).encode())
            run = subprocess.run([PROGRAM, "--store", chronicle.store, "import", "-"],
                                 input=json.dumps(event).encode(), capture_output=True, check=False)
            self.assertIn(run.returncode, (0, 1), run.stderr.decode())
            taken.append(run.returncode == 0)
        return taken

    def test_what_is_shipped_and_what_is_exported_is_what_the_schema_says(self):
        for name, chronicle in CHRONICLES.items():
            lines = chronicle.ask("export").splitlines() + chronicle.ask("history").splitlines()
            self.assertGreaterEqual(len(lines), 100)
            for line in lines:
                event = json.loads(line)
                errors = [error.message[:300] for error in self.validator.iter_errors(event)]
                self.assertEqual(errors, [], (name, event["id"]))

    def test_right_events_are_taken_by_the_schema_and_by_the_program(self):
        events = [EVENT | each for each in self.RIGHT]
        for event, taken in zip(events, self.taken_by_the_program(events), strict=True):
            with self.subTest(event=event):
                self.assertEqual([error.message for error in self.validator.iter_errors(event)], [])
                self.assertTrue(taken)

    def test_wrong_events_are_refused_by_the_schema_and_by_the_program(self):
        events = [EVENT | each for each in self.WRONG]
        for missing in ("specversion", "type", "subject", "known"):
            events.append({key: value for key, value in EVENT.items() if key != missing})
        for event, taken in zip(events, self.taken_by_the_program(events), strict=True):
            with self.subTest(event=event):
                self.assertFalse(self.validator.is_valid(event))
                self.assertFalse(taken)


def marks_of(chronicle, *question):
    for subject in chronicle.json("timeline", *question)["subjects"]:
        for mark in subject["marks"]:
            yield subject, mark


class TheTables(unittest.TestCase):
    def rows(self, text):
        self.assertTrue(text.endswith(b"\r\n"))
        reader = csv.reader(io.StringIO(text.decode(), newline=""), strict=True)
        head, *rows = list(reader)
        self.assertEqual(len(set(head)), len(head))
        for row in rows:
            self.assertEqual(len(row), len(head))
        return [dict(zip(head, row)) for row in rows]

    def test_a_timeline_has_a_row_for_every_mark_and_quantity(self):
        for chronicle in CHRONICLES.values():
            question = ["--as-of", "2024-06-30", "--known-by", "2024-09"]
            rows = iter(self.rows(chronicle.ask("timeline", *question, "--format", "csv")))
            for subject, mark in marks_of(chronicle, *question):
                for quantity in mark["quantities"] or [{}]:
                    row = next(rows)
                    self.assertEqual(row["subject"], subject["subject"])
                    self.assertEqual((row["source"], row["id"]), (mark["source"], mark["event"]))
                    self.assertEqual(row["position"], str(mark["position"]))
                    for field in ("earliest", "latest"):
                        self.assertEqual(row[field], mark["bounds"][field] or "")
                    self.assertEqual(row["happened"], mark["happened"])
                    self.assertEqual(row["plan"], mark.get("state", ""))
                    for field in ("measure", "bound", "value", "upper", "unit", "period"):
                        self.assertEqual(row[field], quantity.get(field, ""))
                    self.assertEqual(row["flow"], {True: "yes", False: "no", None: ""}[quantity.get("flow")])
            self.assertIsNone(next(rows, None))

    def test_a_report_has_a_row_for_every_subject_and_figure(self):
        for chronicle in CHRONICLES.values():
            question = ["--as-of", "2024-06-30"]
            rows = self.rows(chronicle.ask("report", *question, "--format", "csv"))
            subjects = list(dict.fromkeys(row["subject"] for row in rows))
            status = chronicle.json("status", *subjects, *question)
            rows = iter(rows)
            for subject in status["subjects"]:
                for figure in subject["quantities"] or [{}]:
                    row = next(rows)
                    self.assertEqual(row["subject"], subject["subject"])
                    self.assertEqual(row["status"], subject["status"] or "")
                    self.assertEqual(row["possible"], "; ".join(subject["possible"]))
                    self.assertEqual(row["because"], "; ".join(subject["because"]))
                    states = [plan["state"] for plan in subject["plans"]]
                    for state in ("pending", "met", "overdue", "dropped", "moved", "lapsed"):
                        self.assertEqual(row["plans_" + state], str(states.count(state)))
                    for field in ("measure", "bound", "value", "upper", "unit", "period", "part"):
                        self.assertEqual(row[field], figure.get(field, ""))
                    self.assertEqual(row["excluded"], "; ".join(figure.get("excluded", [])))
                    flow = figure.get("flow", False)
                    self.assertEqual(row["flow"], ("yes" if flow else "no") if figure else "")
            self.assertIsNone(next(rows, None))

    def test_no_text_becomes_a_formula_or_breaks_a_row(self):
        chronicle = Chronicle()
        title = '=HYPERLINK("https://evil.example","a, b")'
        chronicle.ask("append", "visited", "park/navoi", "--known", "2025-12-01", "--title", title)
        rows = self.rows(chronicle.ask("timeline", "park/navoi", "--as-of", "2025-12-31",
                                       "--format", "csv"))
        self.assertIn("'" + title, [row["title"] for row in rows])
        for formula in ("-1-1", "＝1+1", "+1", "@SUM(1)"):
            chronicle.ask("append", "visited", "park/navoi", "--known", "2025-12-01", "--title", formula)
        rows = self.rows(chronicle.ask("timeline", "park/navoi", "--as-of", "2025-12-31",
                                       "--format", "csv"))
        titles = [row["title"] for row in rows]
        for formula in ("-1-1", "＝1+1", "+1", "@SUM(1)"):
            self.assertIn("'" + formula, titles)
            self.assertNotIn(formula, titles)

    def test_for_excel_it_is_the_same_table_with_semicolons_and_decimal_commas(self):
        for document in ("report", "timeline"):
            question = (document, "--as-of", "2025-12-31", "--lang", "ru", "--format", "csv")
            plain = list(csv.reader(io.StringIO(SHIPPED.ask(*question).decode(), newline="")))
            text = SHIPPED.ask(*question, "--for", "excel")
            self.assertTrue(text.startswith(b"\xef\xbb\xbf"))
            self.assertTrue(text.endswith(b"\r\n"))
            rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))
            number = re.compile(r"-?\d+\.\d+")
            self.assertEqual(rows, [[cell.replace(".", ",") if number.fullmatch(cell) else cell
                                     for cell in row] for row in plain])
        run = subprocess.run([PROGRAM, "--store", SHIPPED.store, "report", "--for", "excel"],
                             capture_output=True, check=False)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"--format csv", run.stderr)


class TheCalendar(unittest.TestCase):
    def entries(self, text):
        for line in text.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            self.assertNotIn(b"\n", line)
            line.decode()  # no letter is cut in two: every line is UTF-8 by itself
        calendar = icalendar.Calendar.from_ical(text)
        self.assertEqual(str(calendar["VERSION"]), "2.0")
        self.assertEqual(calendar.errors, [])
        entries = calendar.walk("VEVENT")
        for entry in entries:
            self.assertEqual(entry.errors, [])
        self.assertEqual(len({str(entry["UID"]) for entry in entries}), len(entries))
        return entries

    def test_every_dated_mark_is_an_entry_of_the_days_on_which_it_can_have_happened(self):
        one_day = datetime.timedelta(days=1)
        for chronicle in CHRONICLES.values():
            for language in languages():
                question = ["--as-of", "2024-06-30", "--lang", language]
                entries = self.entries(chronicle.ask("timeline", *question, "--format", "ics"))
                entries = {str(entry["UID"]): entry for entry in entries}
                recorded, uids = {}, {}
                for subject in chronicle.json("report")["subjects"]:
                    for event in subject["events"]:
                        recorded[event["id"]] = event["recorded"]
                        first = event
                        while first.get("supersedes") is not None:
                            first = subject["events"][first["supersedes"]]
                        uids[event["id"]] = first["id"] + "@" + first["source"]
                cancelled = [uid for uid, entry in entries.items() if str(entry["STATUS"]) == "CANCELLED"]
                for uid in cancelled:
                    self.assertGreater(entries.pop(uid)["SEQUENCE"], 0)
                for subject, mark in marks_of(chronicle, *question):
                    first, last = mark["bounds"]["earliest"], mark["bounds"]["latest"]
                    uid = uids[mark["event"]]
                    if first is None and last is None:
                        self.assertNotIn(uid, entries)
                        continue
                    entry = entries.pop(uid)
                    first, last = first or last, last or first
                    self.assertEqual(entry["DTSTART"].dt, datetime.date.fromisoformat(first))
                    self.assertEqual(entry["DTEND"].dt, datetime.date.fromisoformat(last) + one_day)
                    changed = f"{entry['DTSTAMP'].dt:%Y-%m-%dT%H:%M:%S}"
                    self.assertGreaterEqual(changed, recorded[mark["event"]][:19])
                    if entry["SEQUENCE"] == 0:
                        self.assertEqual(changed, recorded[mark["event"]][:19])
                    if mark["bounds"]["earliest"] is None:
                        self.assertIn(" (", str(entry["SUMMARY"]))  # by which day
                    self.assertIn(mark["title"].get(language, ""), str(entry["SUMMARY"]))
                    self.assertEqual(str(entry["STATUS"]), "CONFIRMED" if
                                     mark["happened"] == "certainly" else "TENTATIVE")
                    url = next((each["url"] for each in mark["sources"] if "url" in each), None)
                    self.assertEqual(entry.get("URL"), url)
                    for source in mark["sources"]:
                        told = source["publisher"]
                        told = told if isinstance(told, str) else told[language]
                        self.assertIn(told, str(entry["DESCRIPTION"]))
                self.assertEqual(entries, {})

    def test_ends_that_no_calendar_has_count_as_open(self):
        chronicle = Chronicle(events=b"".join(json.dumps({
            "specversion": "1.0", "id": date, "source": "urn:x", "type": "solnoma.opened",
            "subject": "park/old", "known": "2025-01-01", "occurred": date,
            "data": {"modality": "planned"}}).encode() + b"\n" for date in (
                "-0044-03-15", "0001-01-02", "9999-12-31", "3000-12-30", "-0044/2020-05-06",
                "2026-07-08/9999", "2026-09-10/..", "../2026-11-12")))
        entries = self.entries(chronicle.ask("timeline", "--as-of", "2025-12-31",
                                             "--format", "ics"))
        self.assertEqual({str(each["UID"]).split("@")[0]: (str(each["DTSTART"].dt),
                                                           str(each["DTEND"].dt))
                          for each in entries},
                         {"0001-01-02": ("0001-01-02", "0001-01-03"),
                          "3000-12-30": ("3000-12-30", "3000-12-31"),
                          "-0044/2020-05-06": ("2020-05-06", "2020-05-07"),
                          "2026-07-08/9999": ("2026-07-08", "2026-07-09"),
                          "2026-09-10/..": ("2026-09-10", "2026-09-11"),
                          "../2026-11-12": ("2026-11-12", "2026-11-13")})

    def test_what_is_corrected_or_retracted_changes_the_entry_that_was_imported_before(self):
        chronicle = Chronicle()
        question = ("timeline", "--as-of", "2025-12-31", "--format", "ics")

        def entries():
            return {str(entry["UID"]): (entry["SEQUENCE"], str(entry["STATUS"]), entry["DTSTART"].dt)
                    for entry in self.entries(chronicle.ask(*question))}

        before = entries()
        visit, opened = ("s3-navoi-visit@urn:solnoma:history", "s1-jizzakh-opened@urn:solnoma:history")
        chronicle.ask("retract", "s3-navoi-visit", "--reason", "no such visit", "--known", "2025-12-02")
        chronicle.ask("correct", "s1-jizzakh-opened", "--occurred", "2023-05-06", "--known", "2025-12-03",
                      "--id", "again")
        after = entries()
        self.assertEqual(set(before), set(after))
        self.assertEqual({uid for uid in after if after[uid] != before[uid]}, {visit, opened})
        self.assertEqual(after[visit], (1, "CANCELLED", before[visit][2]))
        self.assertEqual(after[opened], (1, "CONFIRMED", datetime.date(2023, 5, 6)))
        chronicle.ask("correct", "again", "--occurred", "2023-05-07", "--known", "2025-12-04")
        self.assertEqual(entries()[opened], (2, "CONFIRMED", datetime.date(2023, 5, 7)))
        # Before that was known, the first version stands.
        text = chronicle.ask(*question, "--known-by", "2025-11-30")
        early = {str(entry["UID"]): entry["SEQUENCE"] for entry in self.entries(text)}
        self.assertEqual(set(early.values()), {0})
        self.assertLessEqual({visit, opened}, set(early))

    def test_it_has_a_name_and_says_that_it_is_published(self):
        for language, name in (("en", "Chronicle report"), ("ru", "Отчёт хроники")):
            calendar = icalendar.Calendar.from_ical(
                SHIPPED.ask("timeline", "--as-of", "2025-12-31", "--lang", language, "--format", "ics"))
            self.assertEqual(str(calendar["METHOD"]), "PUBLISH")
            self.assertEqual(str(calendar["NAME"]), name)
            self.assertEqual(str(calendar["X-WR-CALNAME"]), name)
            self.assertIn("2025", str(calendar["X-WR-CALDESC"]))

    def test_texts_come_back_as_they_were(self):
        chronicle = Chronicle()
        title = 'Semicolons; commas, back\\slashes "quotes" END:VEVENT and длинные слова ' * 3
        chronicle.ask("append", "visited", "park/navoi", "--known", "2025-12-01", "--title", title,
                      "--id", "odd:id;with,signs", "--source-url", "https://x.example/a,b;c?d=é")
        entries = self.entries(chronicle.ask("timeline", "park/navoi", "--as-of", "2025-12-31",
                                             "--format", "ics"))
        found = [entry for entry in entries if str(entry["UID"]).startswith("odd:id;with,signs@")]
        self.assertEqual(len(found), 1)
        self.assertTrue(str(found[0]["SUMMARY"]).endswith(title + " (by 1 December 2025)"))
        self.assertEqual(str(found[0]["URL"]), "https://x.example/a,b;c?d=é")


class TheWorkbook(unittest.TestCase):
    """Read back by openpyxl."""

    def book(self, chronicle, *words):
        book = openpyxl.load_workbook(io.BytesIO(chronicle.ask(*words, "--format", "xlsx")))
        for sheet in book.worksheets:
            self.assertEqual(sheet.freeze_panes, "A2")
            self.assertEqual(sheet.auto_filter.ref,
                             f"A1:{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}")
            for row in sheet.iter_rows():
                for cell in row:
                    self.assertNotEqual(cell.data_type, "f", cell.value)
        return book

    @staticmethod
    def rows(sheet):
        head, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(head, row)) for row in rows]

    def test_a_report_has_a_sheet_for_each_part_with_all_that_the_json_has(self):
        for name, chronicle in CHRONICLES.items():
            with self.subTest(chronicle=name):
                question = ("--as-of", "2025-12-31")
                book = self.book(chronicle, "report", *question)
                self.assertEqual(book.sheetnames, ["Board", "Timeline", "Plans", "Figures", "Sources"])
                status = chronicle.json("status", *question)["subjects"]
                board = self.rows(book["Board"])
                having = [row for row in board if row["Status"]]
                self.assertEqual([row["Subject"] for row in having], [each["subject"] for each in status])
                for row, each in zip(having, status):
                    self.assertEqual(row["Certainty"] == "certain", each["certain"])
                    for column, end in (("First day", "earliest"), ("Last day", "latest")):
                        day = (each["since"] or {}).get(end)
                        self.assertEqual(row[column] and row[column].date().isoformat(), day)
                marks = list(csv.DictReader(io.StringIO(
                    chronicle.ask("timeline", *question, "--format", "csv").decode())))
                told = [(row["Event"], row["Position"], row["First day"] and str(row["First day"].date()),
                         row["Last day"] and str(row["Last day"].date()))
                        for row in self.rows(book["Timeline"])]
                self.assertEqual(list(dict.fromkeys(told)), list(dict.fromkeys(
                    (row["id"], int(row["position"]), row["earliest"] or None, row["latest"] or None)
                    for row in marks)))
                plans = chronicle.json("plans", "--state", "all", *question)["plans"]
                self.assertEqual(sorted(row["Event"] for row in self.rows(book["Plans"])),
                                 sorted(each["event"] for each in plans))

    def test_dates_and_numbers_are_typed_and_imprecise_dates_stand_beside_them(self):
        board = self.rows(self.book(SHIPPED, "report", "--as-of", "2025-12-31")["Board"])
        navoi = next(row for row in board if row["Subject"] == "park/navoi")
        self.assertEqual(navoi["Since"], "2025, by 12 November")
        self.assertEqual(navoi["First day"], datetime.datetime(2025, 1, 1))
        self.assertEqual(navoi["Last day"], datetime.datetime(2025, 11, 12))
        figures = self.rows(self.book(SHIPPED, "report", "--as-of", "2025-12-31")["Figures"])
        values = [row["Value"] for row in figures if row["Subject"] == "park/chirchik"]
        self.assertEqual(sorted(values), [10, 30000000])

    def test_what_begins_like_a_formula_is_a_text_and_stays_as_it_was(self):
        chronicle = Chronicle()
        titles = ["=1+1", "+7 998", "-2", "@here", "2025-11-12", "0042", "'=quoted", '=HYPERLINK("http://x.example")']
        for i, title in enumerate(titles):
            chronicle.ask("append", "visited", "park/navoi", "--known", "2025-12-01", "--title", title,
                          "--id", f"odd-{i}", "--note", "=2+2", "--source-url", "https://x.example/a?b=c",
                          "--new")
        for words, column in ((("report",), "Title"), (("timeline",), "title")):
            book = self.book(chronicle, *words, "park/navoi", "--as-of", "2025-12-31")
            rows = self.rows(book["Timeline"])
            found = [row[column] for row in rows if str(row.get("Event", row.get("id"))).startswith("odd-")]
            expected = titles if words == ("report",) else [t if t != "'=quoted" else "=quoted" for t in titles]
            self.assertEqual(found, expected)
        links = [row["Address"] for row in self.rows(self.book(chronicle, "report")["Sources"])]
        self.assertIn("https://x.example/a?b=c", links)

    def test_what_is_listed_as_csv_can_be_a_workbook(self):
        for words in (("timeline",), ("plans",), ("agenda",), ("review",), ("report", "--since", "2024"),
                      ("diff", "--from", "as-of=2024", "--to", "as-of=2025")):
            with self.subTest(words=words):
                book = self.book(SHIPPED, *words)
                rows = list(csv.reader(io.StringIO(SHIPPED.ask(*words, "--format", "csv").decode())))
                sheet = book.worksheets[0]
                self.assertEqual([cell.value for cell in sheet[1]], rows[0])
                self.assertEqual(sheet.max_row, len(rows))

    def test_the_same_question_gives_the_same_bytes_in_every_language_its_own_words(self):
        question = ("report", "--as-of", "2025-12-31", "--format", "xlsx")
        self.assertEqual(SHIPPED.ask(*question), SHIPPED.ask(*question))
        names = {language: self.book(SHIPPED, "report", "--lang", language).sheetnames
                 for language in ("en", "ru", "uz")}
        self.assertEqual(names["ru"][0], "Сводка")
        self.assertEqual(len({tuple(each) for each in names.values()}), 3)


class ThePicture(unittest.TestCase):
    """Drawn as PNG and PDF, and read by others."""

    QUESTION = ("report", "--as-of", "2025-12-31")

    @staticmethod
    def size(png):
        assert png.startswith(b"\x89PNG\r\n\x1a\n") and png[12:16] == b"IHDR"
        return struct.unpack(">II", png[16:24])

    @staticmethod
    def read(tool, pdf):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf)
            file.flush()
            words = [tool, file.name] + (["-"] if tool == "pdftotext" else [])
            return subprocess.run(words, capture_output=True, check=True).stdout.decode()

    def test_a_png_has_the_size_that_is_asked_for(self):
        for only in ("all", "board", "timeline", "chart"):
            for sides in ((1600, 900), (900, 1600), (400, 300)):
                with self.subTest(only=only, sides=sides):
                    png = SHIPPED.ask(*self.QUESTION, "--format", "png", "--only", only,
                                      "--width", str(sides[0]), "--height", str(sides[1]))
                    self.assertEqual(self.size(png), sides)
        self.assertEqual(self.size(SHIPPED.ask(*self.QUESTION, "--format", "png", "--width", "800"))[0], 800)
        self.assertEqual(self.size(SHIPPED.ask(*self.QUESTION, "--format", "png", "--height", "700"))[1], 700)
        self.assertEqual(self.size(SHIPPED.ask("timeline", "--format", "png"))[0], 1200)

    def test_a_pdf_has_a_page_for_each_picture_and_its_words_in_every_language(self):
        for language, board in (("en", "Board"), ("ru", "Сводка"), ("uz", "Umumiy jadval")):
            pdf = SHIPPED.ask(*self.QUESTION, "--format", "pdf", "--lang", language)
            self.assertIn("Pages:           4", self.read("pdfinfo", pdf))
            slide = SHIPPED.ask(*self.QUESTION, "--format", "pdf", "--lang", language, "--only", "board",
                                "--width", "1600", "--height", "900")
            self.assertIn("1200 x 675 pts", self.read("pdfinfo", slide))
            self.assertIn(board, self.read("pdftotext", slide))

    def test_the_same_question_gives_the_same_bytes(self):
        for kind in ("png", "pdf", "svg"):
            question = (*self.QUESTION, "--format", kind, "--only", "board")
            self.assertEqual(SHIPPED.ask(*question), SHIPPED.ask(*question))

    def test_of_many_subjects_a_slide_shows_as_many_as_can_be_read_and_says_so(self):
        slide = MADE.ask("report", "--format", "svg", "--only", "timeline", "--width", "1600",
                         "--height", "900").decode()
        self.assertIn('width="1600" height="900"', slide)
        shown = re.search(r"the first (\d+) of (\d+) are shown", slide)
        self.assertLess(int(shown[1]), int(shown[2]))
        inner = float(re.search(r'viewBox="0 0 ([\d.]+) ', slide)[1])
        self.assertLess(inner, 1600 / 0.5)

    def test_sizes_and_parts_are_of_pictures(self):
        for wrong in (("--format", "csv", "--width", "800"), ("--format", "png", "--width", "100"),
                      ("--format", "html", "--only", "board"), ("--format", "png", "--only", "boards")):
            run = subprocess.run([PROGRAM, "--store", SHIPPED.store, *self.QUESTION, *wrong],
                                 capture_output=True, check=False)
            self.assertEqual(run.returncode, 2, wrong)
            self.assertEqual(run.stdout, b"")


@unittest.skipUnless(os.path.exists(OC4IDS), "the schemas of OC4IDS are not there")
class TheProjectPackage(unittest.TestCase):
    def test_it_is_valid_by_the_standard(self):
        package = schema(os.path.join(OC4IDS, "project-package-schema.json"))
        project = schema(os.path.join(OC4IDS, "project-schema.json"))
        validator = jsonschema.Draft4Validator(package, resolver=jsonschema.RefResolver(
            package["id"], package, store={project["id"]: project}))
        for name, chronicle in CHRONICLES.items():
            for question in ((), ("--as-of", "2025-12-31"), ("--as-of", "2025-12-31", "--lang", "ru")):
                with self.subTest(chronicle=name, question=question):
                    told = json.loads(chronicle.ask("report", *question, "--format", "oc4ids"))
                    self.assertEqual([error.message for error in validator.iter_errors(told)], [])
                    status = chronicle.json("status", *question)
                    having = [each["subject"] for each in status["subjects"] if each["status"]]
                    self.assertEqual([each["id"] for each in told["projects"]], having)


class TheFile(unittest.TestCase):
    def test_it_appears_whole_or_not_at_all(self):
        target = SHIPPED.path("report.json")
        question = ("report", "--as-of", "2025-12-31", "--format", "json")
        self.assertEqual(SHIPPED.ask(*question, "-o", target), b"")
        with open(target, "rb") as file:
            self.assertEqual(file.read(), SHIPPED.ask(*question))
        before = os.listdir(SHIPPED.directory.name)
        for wrong in (["--region", "nowhere-at-all"], ["--type", "nothing"]):
            run = subprocess.run([PROGRAM, "--store", SHIPPED.store, *question, *wrong, "-o", target],
                                 capture_output=True, check=False)
            self.assertEqual(run.returncode, 1)
        self.assertEqual(os.listdir(SHIPPED.directory.name), before)
        self.assertGreater(os.path.getsize(target), 1000)

    def test_a_device_is_written_to_and_a_directory_is_refused(self):
        question = ("timeline", "--as-of", "2025-12-31", "--format", "csv")
        self.assertEqual(SHIPPED.ask(*question, "-o", "/dev/stdout"), SHIPPED.ask(*question))
        self.assertTrue(os.path.exists("/dev/stdout"))
        for wrong in (SHIPPED.directory.name, SHIPPED.path("no/such/place")):
            run = subprocess.run([PROGRAM, "--store", SHIPPED.store, *question, "-o", wrong],
                                 capture_output=True, check=False)
            self.assertEqual(run.returncode, 2)
            self.assertIn(b"cannot write", run.stderr)


unittest.main(argv=sys.argv[:1], warnings="ignore")
