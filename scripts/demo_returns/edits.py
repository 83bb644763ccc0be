"""What each invented office did to the draft: one list, from which both the files and the truth are made.

A change of words is written in its place: "buy its depots[>and vehicles] within" inserts, "[three>five]" replaces,
"[above ten pounds>]" deletes.
"""

import re
from dataclasses import dataclass

MARKED = re.compile(r"^(?P<prefix>[^\[]*)\[(?P<before>[^>\]]*)>(?P<after>[^\]]*)\](?P<suffix>.*)$")


@dataclass(frozen=True, slots=True)
class Edit:
    """One amendment: the clause a reader of the circulated draft finds it at, and what the truth says of it."""

    clause: str
    kind: str
    before: str
    after: str
    step: dict
    placed: bool = True  # False: the words stand only in the older draft


@dataclass(frozen=True, slots=True)
class Return:
    """What one office sends back. `accepted` edits were tracked and then accepted by the office itself."""

    office: str
    author: str
    date: str
    status: str
    edits: tuple[Edit, ...] = ()
    accepted: tuple[Edit, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()  # the words it hangs on, what it says
    bold: tuple[str, ...] = ()  # words set in bold: a change of format alone
    draft: str = "base"
    password: str = ""


def words(clause: str, marked: str, *, placed: bool = True) -> Edit:
    parts = MARKED.match(marked)
    if parts is None:
        raise ValueError(f"No change is marked in {marked!r}.")
    found = parts.groupdict()
    kind = "insert" if not found["before"] else "replace" if found["after"] else "delete"
    return Edit(clause, kind, found["before"], found["after"], {"op": "text", **found}, placed)


def added(clause: str, text: str, *, follows: str) -> Edit:
    step = {"op": "paragraph-insert", "follows": follows, "text": text}
    return Edit(clause, "paragraph-insert", "", text, step)


def removed(clause: str, text: str) -> Edit:
    return Edit(clause, "paragraph-delete", text, "", {"op": "paragraph-delete", "text": text})


def moved_down(clause: str, text: str) -> Edit:
    return Edit(clause, "move", text, text, {"op": "move-down", "text": text})


def row_added(clause: str, at: int, *cells: str) -> Edit:
    return Edit(clause, "row-insert", "", "\t".join(cells), {"op": "row-insert", "at": at, "cells": list(cells)})


FIVE_YEARS = words("5", "settlement of at least [three>five] years, paid")

RETURNS = (
    Return(
        "Aldermere",
        "Maud Ketteridge",
        "2026-11-18",
        "tracked",
        (
            words("1", "It takes no view[> here] on whether"),
            words("2(a)", "Transport is [no longer needed for each scheme>given once for each region];"),
            FIVE_YEARS,
            words("7(a)", "hour for the past [five>three] years"),
            added(
                "12",
                "The first review should report what passengers say of the change.",
                follows="and publish what they find.",
            ),
        ),
        comments=(
            (
                "paid in one grant",
                "A depot lease runs ten years. Three years of revenue does not let us sign one.",
            ),
        ),
    ),
    Return(
        "Calderwick",
        "Idris Calloway",
        "2026-11-19",
        "tracked",
        (
            words("3", "One consultation of [twelve>eight] weeks"),
            row_added("4.2", 4, "Training of drivers", "4", "0.5"),
            FIVE_YEARS,
            words("8", "should be consulted[, and may ask for conditions on fares and stops within their own area>]."),
            words("10", "agree them with train[>, ferry] and tram"),
            words("11", "on the terms that they had[> and with their length of service]."),
        ),
        bold=("passenger numbers",),
    ),
    Return(
        "Kelderby",
        "Ines Thorley",
        "2026-11-19",
        "tracked",
        (
            words("4.2", "preparation grant of [five>six] million pounds"),
            FIVE_YEARS,
            words("6", "right to buy its depots[> and vehicles] within"),
            words("8", "the region in which [most of its stops lie>it begins]."),
            removed(
                "9",
                "Small operators should be able to bid for single routes without a bond above ten thousand pounds.",
            ),
        ),
        comments=(
            ("the right to buy its depots", "The part on depots is too strong."),
            ("one permit", "Who pays for it?"),
        ),
    ),
    Return(
        "Wyreham",
        "Oswin Barrow",
        "2026-11-18",
        "mixed",
        edits=(
            FIVE_YEARS,
            words("12", "arrangements together [three>two] years after"),
        ),
        accepted=(
            words("2(b)", "report is published [with>before] the decision"),
            words("10", "good on every bus[> and tram] in the region"),
        ),
        comments=(("tickets and concessions", "Our operators would rather see a fare cap."),),
    ),
    Return(
        "Eastwold",
        "Petra Vane",
        "2026-11-19",
        "untracked",
        (
            words("3", "no more than [one operator>two operators] should"),
            words("5", "settlement of at least [three>four] years"),
            words("5", "years, paid [in one grant>each quarter], so"),
            words("7", "Operators should share, [from>within a month of] the day"),
            words("11", "Drivers, [>cleaners, ]engineers"),
        ),
    ),
    Return(
        "Fenhallow",
        "Tamsin Orrery",
        "2026-11-20",
        "older-draft",
        (
            words("4.3", "keep the grant.[ It should publish why it stopped within three months.>]", placed=False),
            words("6", "set by an independent valuer[> whom both sides accept]."),
            words("9", "routes without [a bond above ten thousand pounds>any bond]."),
        ),
        draft="older",
    ),
    Return(
        "Harrowmoor",
        "P. Lanyon",
        "2026-11-20",
        "tracked",
        (
            removed("2(c)", "guidance on the assessment is cut to what the law requires."),
            words("5", "settlement [of at least three years>for the length of the spending review period], paid"),
            words("8", "should need one permit[> or licence], given"),
            moved_down(
                "10",
                "Regions should set fares, tickets and concessions for all franchised services, and may agree them "
                "with train and tram operators.",
            ),
            words("11", "guarantee of government [rather than>and not] by each region"),
        ),
        comments=(
            (
                "three years, paid",
                "We will not put a number of years in writing before our own budget in February.",
            ),
        ),
    ),
    Return(
        "Stanwold",
        "Gareth Lowick",
        "2026-11-18",
        "tracked",
        (
            words("1", "can bring it in within [two>three] years"),
            words("4.2", "preparation grant of [five>six] million pounds"),
            words("6", "authority should have [the right to buy its depots>first refusal on its depots] within"),
            added(
                "10",
                "No fare should rise by more than prices do in any year.",
                follows="with train and tram operators.",
            ),
        ),
    ),
    Return(
        "Brackendale",
        "Ruth Amberley",
        "2026-11-17",
        "untracked",
        accepted=(
            words("3", "One consultation of [twelve>ten] weeks"),
            words("8", "Neighbouring regions [should>must] be consulted"),
            words("9", "on-demand services and [>school and ]community transport"),
            words("12", "first scheme begins[, and publish what they find>]."),
        ),
    ),
    Return(
        "Northmarsh",
        "Colm Hesketh",
        "2026-11-20",
        "untracked",
        (
            words("2(c)", "assessment is cut to [what the law requires>twenty pages]."),
            words("4.1", "region between [four>five] and nine"),
            words("6", "right to buy its depots[> and vehicles] within"),
            words("9", "bid for single routes[> and school runs] without"),
        ),
    ),
    Return("Thornedale", "Bryn Ashdown", "2026-11-17", "unchanged"),
    Return(
        "Ottermouth",
        "Jory Pascoe",
        "2026-11-20",
        "unreadable",
        (words("5", "years, paid [in one grant>in two grants], so"),),
        password="harbour",
    ),
    Return(
        "Saltcombe",
        "Nerys Colbeck",
        "2026-11-18",
        "untracked",
        (
            words("5", "be let with confidence[>, including to small and rural operators]."),
            added(
                "9",
                "Harbour and ferry links count as services for this purpose.",
                follows="above ten thousand pounds.",
            ),
            words("10", "Regions [should>may] set fares"),
            removed(
                "11", "Pension rights should be protected by a guarantee of government rather than by each region."
            ),
        ),
    ),
    Return("Lunsmere", "Hal Winterbourne", "2026-11-19", "other-document", draft="other"),
)
