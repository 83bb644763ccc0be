"""Payloads of the wild: each is read, or refused in a sentence; dates are compared with the fields that hold them.

The files are not ours to keep: FOLKMOOT_SAMPLES names a folder that holds them in `radar/`.
"""

import json
import os
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from folkmoot.engines import radar

HOME = Path(os.environ["FOLKMOOT_SAMPLES"]) / "radar"
SOURCE_OF_FOLDER = {
    "govuk-content": "govuk-content",
    "govuk-content-recorded": "govuk-content",
    "govuk-search": "govuk-search",
    "legislation": "legislation-atom",
    "moderngov": "moderngov",
    "parliament-bills": "parliament-bills",
    "parliament-committees": "parliament-committees",
    "parliament-members": "parliament-members",
    "parliament-paging": "parliament-bills",
    "parliament-written-questions": "parliament-questions",
}
# What lies in these folders and is no answer of the source: documentation, definitions, fragments of documents.
OF_NO_SOURCE = {
    *("govuk-search/search_api_field_definitions.json", "govuk-search/finder_level_one_taxon.json"),
    *("govuk-search/finder_news_and_communications.json", "govuk-search/finder_policy_and_engagement.json"),
    *("govuk-search/finder_statistics.json", "legislation/api_search_7.xml", "legislation/api_xml-intro_8.xml"),
    *("legislation/formats_xml_13.xml", "legislation/formats_xml_14.xml", "legislation/model_uris_16.xml"),
    *("legislation/model_uris_17.xml", "parliament-paging/response_list.json"),
}
NO_RECORDS = {
    *("govuk-search/search_none_3baf982e.json", "parliament-members/biography.json", "parliament-members/contact.json"),
    *("parliament-members/empty_biography.json", "parliament-members/empty_list.json"),
}


def payloads() -> Iterator[str]:
    for path in sorted(HOME.glob("*/*")):
        if path.suffix in (".json", ".xml"):
            yield f"{path.parent.name}/{path.name}"


NAMES = list(payloads())
ANSWERS = [name for name in NAMES if name.partition("/")[0] in SOURCE_OF_FOLDER and name not in OF_NO_SOURCE]
CONTENT = [name for name in ANSWERS if name.startswith("govuk-content")]


def read(name: str) -> radar.Reading:
    return radar.read(SOURCE_OF_FOLDER[name.partition("/")[0]], (HOME / name).read_bytes(), name=name)


def test_the_samples_are_there() -> None:
    assert len(NAMES) > 150


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_read_whole(name: str) -> None:
    reading = read(name)
    assert reading.problems == ()
    assert bool(reading.items) == (name not in NO_RECORDS)


@pytest.mark.parametrize("source", radar.SOURCES)
def test_no_payload_breaks_any_source(source: str) -> None:
    for name in NAMES:
        try:
            radar.read(source, (HOME / name).read_bytes(), name=name)
        except radar.NotThisSource as refused:
            assert refused.reason.endswith(".") or ":" in refused.reason


@pytest.mark.parametrize("name", CONTENT)
def test_a_closing_date_is_exact_with_its_offset(name: str) -> None:
    answer = json.loads((HOME / name).read_bytes())
    details: dict[str, Any] = answer.get("details") or {}
    (item,) = read(name).items
    closing = [one.at for one in item.deadlines if one.kind == "closing"]
    expected = [datetime.fromisoformat(details["closing_date"])] if details.get("closing_date") else []
    assert closing == expected
    assert [at.utcoffset() for at in closing] == [at.utcoffset() for at in expected]


def test_reading_everything_twice_in_any_order_gives_each_record_once() -> None:
    names = ANSWERS * 2
    seen: list[dict[tuple[str, str], str]] = []
    for seed in range(3):
        random.Random(seed).shuffle(names)
        known: dict[tuple[str, str], radar.Item] = {}
        for name in names:
            for item in read(name).items:
                key = (item.source, item.id)
                known[key] = radar.newest(known[key], item) if key in known else item
        seen.append({key: radar.fingerprint(item) for key, item in known.items()})
    assert seen[0] == seen[1] == seen[2]


def test_a_clipped_question_is_told_from_a_whole_one() -> None:
    clipped = [item for name in ANSWERS if "clipped255" in name for item in read(name).items]
    assert clipped and all(item.clipped for item in clipped)
    short = [
        item for item in read("parliament-written-questions/edge_unanswered_2024-07.json").items if not item.clipped
    ]
    assert all(len(item.text) < 255 for item in short)


def test_bank_holidays() -> None:
    days = radar.published_holidays((HOME / "govuk-bank-holidays/bank-holidays.json").read_bytes())
    years = {day.year for day in days if day.year in (2024, 2025)}
    assert radar.bank_holidays(years) == {day for day in days if day.year in years}
