#!/usr/bin/env python3
"""Measures how much memory the program takes for inputs that are far larger than that.

Usage: check_memory.py SOLNOMA

An input of 96 MB, of large events or of many rows, and one of very many small events, is checked and
imported, and what the log then has is asked for, copied and verified. No run may have more than MOST in memory at any time.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

PROGRAM = os.path.realpath(sys.argv[1])
MOST = 64 << 20
LARGE = 120  # events of 0.8 MB, or rows with a cell of as much
MANY = 340_000  # events of some 190 bytes

TEXTS = "".join(random.Random(1).choice("abcdefghijklmnopqrstuvwxyz") for _ in range(1_000_000))


def text(size, number):
    begin = number * 7919 % (len(TEXTS) - size)
    return TEXTS[begin:begin + size]


def write_events(path):
    with path.open("w") as out:
        for i in range(LARGE):
            sources = [{"publisher": {"en": f"P{j}"}, "note": {"en": text(7950, i * 100 + j)}} for j in range(100)]
            event = {"specversion": "1.0", "id": f"e{i}", "source": "urn:example:large", "type": "solnoma.opened",
                     "subject": f"park/p{i % 50}", "occurred": "2024", "known": "2025-01-01",
                     "data": {"title": {"en": f"Event {i}"}, "sources": sources}}
            out.write(json.dumps(event) + "\n")


def write_small_events(path):
    with path.open("w") as out:
        for i in range(MANY):
            out.write(f'{{"specversion":"1.0","id":"s{i}","source":"urn:example:small","type":"solnoma.opened",'
                      f'"subject":"park/p{i % 10_000}","occurred":"2024-01-{i % 28 + 1:02}","known":"2025-01-01",'
                      f'"data":{{"title":{{"en":"Event {i}"}}}}}}\n')


def write_table(path):
    with path.open("w") as out:
        out.write("id,name,status,opening,about\n")
        for i in range(LARGE):
            out.write(f'k{i},Park {i},operating,2024-01-02,"{text(800_000, i)}"\n')


MAPPING = """dataset = "parks"
source = "urn:example:parks"
publisher = "P"
key = ["id"]
kind = "park"
slug = "{id}"
[name]
und = "{name}"
[status]
column = "status"
[status.words]
"operating" = ["opened"]
[status.dates]
opened = "opening"
"""


class Desk:
    def __init__(self, directory):
        self.directory = directory
        self.failures = []
        self.environment = dict(os.environ, SOLNOMA_CONFIG="", TMPDIR=str(directory))

    def run(self, store, *words, source=None):
        """What the run had in memory at most, in bytes."""
        with open(source or os.devnull, "rb") as given, open(os.devnull, "wb") as out:
            child = subprocess.Popen([PROGRAM, "--store", store, *words], cwd=self.directory, env=self.environment,
                                     stdin=given, stdout=out)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            self.failures.append(f"{' '.join(words)}: exit code {child.returncode}")
        return usage.ru_maxrss << 10

    def check(self, store, *words, source=None):
        most = self.run(store, *words, source=source)
        print(f"{most >> 20:4} MiB  {' '.join(words)}  ({store})")
        if most > MOST:
            self.failures.append(f"{' '.join(words)} had {most >> 20} MiB in memory, more than {MOST >> 20}")


def main():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        desk = Desk(directory)
        write_events(directory / "events.jsonl")
        write_table(directory / "table.csv")
        (directory / "map.toml").write_text(MAPPING)
        of_table = ("--map", "map.toml", "--known", "2025-01-01", "table.csv")
        for store, words in (("events", ("events.jsonl",)), ("table", of_table)):
            desk.run(store, "init")
            desk.check(store, "import", "--check", *words)
            desk.check(store, "import", *words)
            desk.check(store, "import", *words)  # again
            for question in ("log", "export", "status", "verify", "rebuild"):
                desk.check(store, question)
            desk.check(store, "backup", f"{store}-copy")
            desk.check(f"{store}-again", "restore", f"{store}-copy")
        write_small_events(directory / "small.jsonl")
        desk.run("small", "init")
        for words in (("--check",), (), ()):
            desk.check("small", "import", *words, "small.jsonl")
        desk.run("stream", "init")
        desk.check("stream", "import", "-", source=directory / "events.jsonl")
        for failure in desk.failures:
            print(failure, file=sys.stderr)
        return 1 if desk.failures else 0


sys.exit(main())
