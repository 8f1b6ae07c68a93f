#!/usr/bin/env python3
"""Prints a chronicle that nobody lived through, for `solnoma import -`: one event a line.

Usage: generate_events.py SUBJECTS EVENTS [SEED]     EVENTS: of each subject, about

The same arguments give the same bytes. Parks mostly, some projects and relations, with what
real histories have: dates of a month, a quarter, a year or an interval; plans with and without
a target, moved, met, missed and dropped; corrections, retractions, and retractions of these;
news that came late; names in three languages, and names that changed.
"""
import datetime
import json
import random
import sys

PUBLISHERS = ["RIA Novosti", "Sputnik Uzbekistan", "BelTA", "Gazeta.uz", "UzA", "Kommersant"]
REGIONS = [
    ("Tashkent region", "Ташкентская область", "Toshkent viloyati"),
    ("Jizzakh region", "Джизакская область", "Jizzax viloyati"),
    ("Bukhara region", "Бухарская область", "Buxoro viloyati"),
    ("Navoi region", "Навоийская область", "Navoiy viloyati"),
    ("Samarkand region", "Самаркандская область", "Samarqand viloyati"),
    ("Fergana region", "Ферганская область", "Fargʻona viloyati"),
    ("Karakalpakstan", "Каракалпакстан", "Qoraqalpogʻiston"),
]
PARTNERS = [
    ("Tatarstan", "Татарстан", "Tatariston"),
    ("Belarus", "Беларусь", "Belarus"),
    ("Moscow region", "Московская область", "Moskva viloyati"),
    ("Saint Petersburg", "Санкт-Петербург", "Sankt-Peterburg"),
    ("China", "Китай", "Xitoy"),
]
SECTORS = [
    ("Chemistry", "Химия", "Kimyo"),
    ("Machine building", "Машиностроение", "Mashinasozlik"),
    ("Textiles", "Текстиль", "Toʻqimachilik"),
    ("Construction", "Строительство", "Qurilish"),
    ("Electronics", "Электроника", "Elektronika"),
]
NAMES = {
    "park": ("Technopark No. {}", "Технопарк № {}", "{}-texnopark"),
    "project": ("Plant No. {}", "Завод № {}", "{}-zavod"),
    "relation": ("Partnership No. {}", "Партнёрство № {}", "{}-hamkorlik"),
}
TITLES = {
    "announced": ("The park is announced", "О технопарке объявлено", "Texnopark eʼlon qilindi"),
    "agreement-signed": ("Agreement signed", "Подписано соглашение", "Kelishuv imzolandi"),
    "construction-started": ("Construction begins", "Начато строительство", "Qurilish boshlandi"),
    "building-completed": ("Buildings completed", "Построены корпуса", "Binolar bitkazildi"),
    "utilities-connected": ("Utilities connected", "Подведены сети", "Tarmoqlar ulandi"),
    "landscaped": ("Grounds landscaped", "Территория благоустроена", "Hudud obodonlashtirildi"),
    "construction-completed": ("Construction completed", "Стройка завершена", "Qurilish yakunlandi"),
    "production-started": ("Production starts", "Производство начато", "Ishlab chiqarish boshlandi"),
    "opened": ("The park opens", "Технопарк открыт", "Texnopark ochildi"),
    "suspended": ("Work suspended", "Работы приостановлены", "Ishlar toʻxtatildi"),
    "resumed": ("Work resumed", "Работы возобновлены", "Ishlar qayta boshlandi"),
    "cancelled": ("The project is cancelled", "Проект отменён", "Loyiha bekor qilindi"),
    "reinstated": ("The project is taken up again", "Проект возобновлён", "Loyiha tiklandi"),
    "residents-reported": ("Residents reported", "Сообщено о резидентах", "Rezidentlar maʼlum qilindi"),
    "investment-reported": ("Investment reported", "Сообщено о вложениях", "Sarmoya maʼlum qilindi"),
    "visited": ("A delegation visits", "Визит делегации", "Delegatsiya tashrifi"),
    "meeting-held": ("Meeting of the partners", "Встреча партнёров", "Hamkorlar uchrashuvi"),
    "indicator-reported": ("Trade turnover", "Товарооборот", "Tovar ayirboshlash"),
    "exhibition-held": ("Exhibition held", "Прошла выставка", "Koʻrgazma oʻtkazildi"),
}
COURSE = ["announced", "agreement-signed", "construction-started", "building-completed",
          "utilities-connected", "construction-completed", "production-started", "opened"]
BETWEEN = ["residents-reported", "investment-reported", "visited", "meeting-held",
           "building-completed", "landscaped"]
RELATIONS = ["indicator-reported", "meeting-held", "exhibition-held"]
LAST = datetime.date(2026, 6, 30)


def days(count):
    return datetime.timedelta(days=count)


def local(texts):
    return dict(zip(("en", "ru", "uz"), texts))


class Subject:
    """One subject's events, with the days on which they became known."""

    def __init__(self, number, per, rng):
        self.number, self.per, self.rng = number, per, rng
        self.kind = ("relation" if number % 40 == 39 else "project" if number % 7 == 6 else "park")
        self.events = []

    def put(self, kind, occurred, known, plan=False, supersedes=None, **data):
        event = {"specversion": "1.0", "id": f"g{self.number}-{len(self.events) + 1}",
                 "source": "urn:solnoma:generated", "type": "solnoma." + kind,
                 "subject": f"{self.kind}/place-{self.number:06}", "known": known.isoformat(),
                 "datacontenttype": "application/json",
                 "data": {"modality": "planned" if plan else "actual",
                          "sources": [self.source(known)], **data}}
        if occurred:
            event["occurred"] = occurred
        if supersedes:
            event["supersedes"] = supersedes
            known = max(known, self.known_of(supersedes))
        if kind in TITLES:
            event["data"]["title"] = local(TITLES[kind])
        if kind in ("residents-reported", "investment-reported", "building-completed"):
            event["data"].setdefault("quantities", self.quantities(kind))
        self.events.append((known, event))
        return event["id"]

    def known_of(self, name):
        return next(known for known, event in self.events if event["id"] == name)

    def source(self, known):
        publisher = self.rng.choice(PUBLISHERS)
        place = publisher.lower().replace(" ", "-")
        return {"publisher": publisher, "published": known.isoformat(),
                "url": f"https://news.example/{place}/{known:%Y%m%d}/{self.rng.randint(1, 9999999)}.html"}

    def quantities(self, kind):
        bound = self.rng.choice(["exact", "more-than", "about", "slightly-more-than", "less-than"])
        if kind == "residents-reported":
            return [{"measure": "residents", "value": str(self.rng.randint(2, 60)),
                     "unit": "companies", "bound": bound}]
        if kind == "investment-reported":
            return [{"measure": "investment", "value": str(self.rng.randint(1, 900) * 1000000),
                     "unit": "USD", "bound": bound}]
        if self.rng.random() < .5:
            return []
        return [{"measure": "buildings", "value": str(self.rng.randint(1, 4)),
                 "unit": "buildings", "bound": "exact"}]

    def vague(self, day):
        """The day as a source might give it, and the last day that this allows."""
        r = self.rng.random()
        if r < .62:
            return day.isoformat(), day
        if r < .82:
            return f"{day:%Y-%m}", (day.replace(day=28) + days(4)).replace(day=1) - days(1)
        if r < .90:
            return f"{day:%Y}", datetime.date(day.year, 12, 31)
        if r < .95:
            quarter = (day.month - 1) // 3
            last = datetime.date(day.year, quarter * 3 + 3, 28) + days(4)
            return f"{day.year}-{33 + quarter}", last.replace(day=1) - days(1)
        end = day + days(self.rng.randint(5, 60))
        return f"{day}/{end}", end

    def describe(self, known):
        again = " (II)" if self.events else ""
        self.put("described", None, known, description={
            "names": local(name.format(self.number + 1) + again for name in NAMES[self.kind]),
            "kind": {"park": "industrial-park", "project": "plant",
                     "relation": "trade-relation"}[self.kind],
            "region": local(REGIONS[self.number % len(REGIONS)]),
            "partner": local(PARTNERS[self.number % len(PARTNERS)]),
            "sectors": [local(sector) for sector in self.rng.sample(SECTORS, self.rng.randint(1, 3))],
            "coordinates": {"latitude": f"{self.rng.uniform(38, 43):.4f}",
                            "longitude": f"{self.rng.uniform(57, 71):.4f}"}})

    def plan(self, kind, day, part):
        """The plan, if it comes to anything."""
        known = day - days(self.rng.randint(60, 700))
        plan = self.put(kind, self.vague(day)[0] if self.rng.random() < .8 else None, known, plan=True,
                        **part)
        if self.rng.random() < .12:
            self.put("retracted", None, known + days(self.rng.randint(10, 200)), supersedes=plan,
                     note="The plan was given up")
        if self.rng.random() < .4:
            self.put(kind, self.vague(day + days(200))[0], known + days(self.rng.randint(30, 300)),
                     plan=True, **part)
        return plan if self.rng.random() < .7 else None

    def correct(self, kind, event, day, known):
        later = known + days(self.rng.randint(1, 500))
        if self.rng.random() < .5:
            second = self.put("retracted", None, later, supersedes=event,
                              note="The publisher withdrew the report")
        else:
            second = self.put(kind, self.vague(day - days(self.rng.randint(5, 90)))[0], later,
                              supersedes=event)
        if self.rng.random() < .2:
            self.put("retracted", None, later + days(30), supersedes=second,
                     note="It was right after all")

    def tell(self, kind, day):
        data = {}
        if kind in COURSE[2:] and self.rng.random() < .14:
            data.update({"part": "phase-2"} if self.rng.random() < .2 else {})
            plan = self.plan(kind, day, data)
            if plan is None:
                return
            if self.rng.random() < .2:
                data["fulfils"] = [plan]
            day += days(self.rng.randint(-40, 300))
        occurred, last = self.vague(day)
        late = self.rng.randint(0, 30) if self.rng.random() < .8 else self.rng.randint(30, 900)
        known = (last if self.rng.random() < .85 else day) + days(late)
        if kind == "indicator-reported":
            data["quantities"] = [{"measure": "turnover", "unit": "USD", "period": str(day.year),
                                   "value": str(self.rng.randint(1, 99) * 100000000),
                                   "bound": self.rng.choice(["exact", "more-than"])}]
        if kind in ("investment-reported", "residents-reported", "building-completed"):
            data |= self.numbers(kind)
        if self.rng.random() < .1:
            data["parties"] = ["Khimgrad technopolis"]
        event = self.put(kind, occurred if self.rng.random() < .93 else None, known, **data)
        if self.rng.random() < .08:
            self.correct(kind, event, day, known)

    def numbers(self, kind):
        """With every bound, levels and flows, of the whole or of a part."""
        measure, unit = {"investment-reported": self.rng.choice([("investment", "USD"), ("payments", "USD"),
                                                                 ("payments", "RUB"), ("grants", "EUR")]),
                         "residents-reported": ("residents", "companies"),
                         "building-completed": ("buildings", "buildings")}[kind]
        value = self.rng.randint(1, 40)
        quantity = {"measure": measure, "unit": unit, "value": str(value),
                    "bound": self.rng.choice(["exact", "exact", "more-than", "slightly-more-than", "less-than",
                                              "about", "at-least", "at-most", "between"])}
        if quantity["bound"] == "between":
            quantity["upper"] = str(value + self.rng.randint(1, 9))
        if measure == "grants":
            quantity["flow"] = True
        told = {"quantities": [quantity]}
        if self.rng.random() < .2:
            told["quantities"] = [quantity | {"bound": "more-than"},
                                  quantity | {"bound": "less-than", "value": str(value + 5)}]
            for each in told["quantities"]:
                each.pop("upper", None)
        if self.rng.random() < .15:
            told["part"] = "phase-2"
        return told

    def live(self):
        day = datetime.date(2012, 1, 1) + days(self.rng.randint(0, 3600))
        self.describe(day + days(self.rng.randint(0, 90)))
        course = list(RELATIONS if self.kind == "relation" else COURSE)
        while len(course) < self.per:
            course.insert(self.rng.randint(1, len(course)),
                          self.rng.choice(RELATIONS if self.kind == "relation" else BETWEEN))
        suspended = False
        for kind in course:
            if len(self.events) >= self.per:
                break
            day = min(day + days(self.rng.randint(10, 6000 // self.per)),
                      LAST - days(self.rng.randint(0, 200)))
            if self.kind != "relation" and self.rng.random() < .04:
                occurred, last = self.vague(day)
                self.put("resumed" if suspended else "suspended", occurred,
                         last + days(self.rng.randint(0, 400)))
                suspended = not suspended
            else:
                self.tell(kind, day)
        if self.kind != "relation" and self.rng.random() < .05:
            occurred, last = self.vague(day)
            self.put("cancelled", occurred, last + days(20))
            if self.rng.random() < .3:
                self.put("reinstated", self.vague(day + days(300))[0], day + days(700))
        if self.rng.random() < .1:
            self.describe(max(known for known, _ in self.events))


def main():
    count, per = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    told = []
    for number in range(count):
        subject = Subject(number, per, rng)
        subject.live()
        told += [(known, number, place, event)
                 for place, (known, event) in enumerate(subject.events)]
    for *_, event in sorted(told, key=lambda each: each[:3]):
        print(json.dumps(event, ensure_ascii=False, separators=(",", ":")))


main()
