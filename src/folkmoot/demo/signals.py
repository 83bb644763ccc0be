"""Makes what the radar of the demonstration heard: invented sources, read as the worker reads real ones."""

import re
from dataclasses import replace
from datetime import date, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import Signal, Source
from folkmoot.apps.signals.pulling import pull
from folkmoot.apps.signals.visiting import Answer
from folkmoot.apps.signals.weighing import weigh_new
from folkmoot.demo.issues import IMRAN
from folkmoot.demo.network import People, at
from folkmoot.demo.positions import BEA, JOSS
from folkmoot.demo.signal_texts import COUNCILS, FEEDS, MEETINGS, NO_MATTER, RISK, WALL, WATCHES, Told

KEEPER = "Wren Halloran"
ATTRIBUTION = "Invented for the demonstration; there is no such source."
AHEAD = re.compile(r"\{in (\d+)\}")


class _Invented:
    """Answers as a source would that has told so much until some moment. Nobody is asked on the network."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.day = today

    def ask(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        name = url.rpartition("/")[2]
        if name == _slug(WALL):
            return Answer(200, b"<!DOCTYPE html><html><title>Are you a robot?</title></html>", url)
        if name == _slug(COUNCILS):
            return Answer(200, self._calendar(), url)
        told = next(told for source, told in FEEDS.items() if _slug(source) == name)
        return Answer(200, self._feed([one for one in told if self.today - timedelta(days=one.days) <= self.day]), url)

    def _feed(self, told: list[Told]) -> bytes:
        inner = "".join(self._entry(one) for one in told)
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{inner}</channel></rss>'.encode()

    def _entry(self, one: Told) -> str:
        body = "".join(f"<p>{escape(self._dated(text))}</p>" for text in one.text)
        told = format_datetime(at(self.today - timedelta(days=one.days), one.hour))
        return (
            f"<item><title>{escape(one.title)}</title><link>https://news.folkmoot.invalid/{_slug(one.title)}</link>"
            f"<description>{escape(body)}</description><pubDate>{told}</pubDate></item>"
        )

    def _dated(self, text: str) -> str:
        def day(found: re.Match[str]) -> str:
            ahead = self.today + timedelta(days=int(found[1]))
            return f"{ahead.day} {ahead:%B %Y}"

        return AHEAD.sub(day, text)

    def _calendar(self) -> bytes:
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Folkmoot//Demonstration//EN"]
        for ahead, hour, title in MEETINGS:
            starts = at(self.today + timedelta(days=ahead), hour, 0)
            lines += ["BEGIN:VEVENT", f"UID:{_slug(title)}@kelderby.invalid", f"SUMMARY:{title}"]
            lines += [f"DTSTAMP:{starts:%Y%m%dT%H%M%SZ}", f"DTSTART;TZID=Europe/London:{starts:%Y%m%dT%H%M%S}"]
            lines += ["LOCATION:Town Hall, Kelderby", "END:VEVENT"]
        return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def make_signals(people: People, today: date) -> None:
    """Sources, what is looked out for, what was told over two weeks, and what was made of some of it."""
    begun = at(today - timedelta(days=16), 9)
    keeper = people.actor(KEEPER, begun)
    for title, (terms, excluded) in WATCHES.items():
        actions.set_watch(keeper, issue=Issue.objects.get(title=title), terms=terms, excluded=excluded)
    sources = [_source(people, begun.date(), name) for name in (*FEEDS, COUNCILS, WALL)]
    asking = _Invented(today)
    for days in (15, 12, 9, 6, 3, 1, 0):
        asking.day = today - timedelta(days=days)
        moment = at(asking.day, 17) if days else at(today, 9)
        for source in sources:
            pull(source, asking, now=moment)
        weigh_new(moment)
    Signal.objects.update(invented=True)
    Source.objects.update(next_at=at(today, 10))
    _sort(people, today)


def _source(people: People, day: date, name: str) -> Source:
    return actions.add_source(
        people.actor(KEEPER, at(day)),
        name=name,
        kind="ical" if name == COUNCILS else "rss",
        url=f"https://{_slug(name)}.folkmoot.invalid/{_slug(name)}",
        licence="Invented",
        attribution=ATTRIBUTION,
    )


def _sort(people: People, today: date) -> None:
    """Some of it was sorted; what came since waits in the inbox."""

    def told(title: str) -> Signal:
        return Signal.objects.get(title=title, copy_of__isnull=True)

    before = people.actor(JOSS, at(today - timedelta(days=4), 11))
    actions.accept(
        before, signal=told("Debate on harbour dues"), issue=Issue.objects.get(title="Harbour dues and ferries")
    )
    for number, title in enumerate(("Motion on school choirs", "Speech on motorway services", "Who uses libraries")):
        by = replace(before, now=before.now + timedelta(minutes=number + 1))
        actions.dismiss(by, signal=told(title), why=NO_MATTER)
    officer = people.actor(BEA, at(today, 9))
    actions.note(officer, signal=told("Consultation: simpler bus franchising"), side="risk", text=RISK)
    actions.star(officer, signal=told("Local Transport Bill: report stage dated"), on=True)
    actions.assign(officer, signal=told("Warm homes: second wave guidance"), to=people.accounts[IMRAN])
    later = told("Guidance on open timetable data")
    actions.snooze(officer, signal=later, until=today + timedelta(days=7))
