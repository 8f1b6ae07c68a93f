#!/usr/bin/env python3
"""Prints a calendar's entries as icalendar reads them: JSON, [[uid, first day, day after], …].

Usage: read_calendar.py < CALENDAR.ics
"""
import json
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
print(json.dumps([[str(entry["UID"]), str(entry["DTSTART"].dt), str(entry["DTEND"].dt)]
                  for entry in calendar.walk("VEVENT")]))
