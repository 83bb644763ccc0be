"""GOV.UK's search, content and feeds: keys, states, dates with their offsets, text."""

import json
from dataclasses import replace

import pytest
from tests.engines.radar.sources.payloads import dates, items, payload, read

from folkmoot.engines import radar

CONSULTATION = "aaaa0000-0000-4000-8000-000000000001"


def test_a_search_result_is_known_by_its_content_id_or_its_path() -> None:
    found = items("govuk_search.json")
    assert list(found) == [
        CONSULTATION,
        "/guidance/old",
        "aaaa0000-0000-4000-8000-000000000003",
        "https://www.example.org/elsewhere",
    ]
    assert found[CONSULTATION].title == "Franchising & fares: a consultation"
    assert found[CONSULTATION].aliases == ("/government/consultations/franchising-and-fares",)
    assert found[CONSULTATION].organisations == ("department-for-transport",)
    assert [one.state for one in found.values()] == ["open", "withdrawn", "announced", "published"]
    assert dates(found["aaaa0000-0000-4000-8000-000000000003"]) == ["release 2027-01-20T09:30:00+00:00 ~"]
    assert all(one.clipped for one in found.values()), "search gives no body"
    assert read("govuk_search.json").total == 1204


def test_a_consultation_has_its_closing_time_to_the_second_and_its_words_without_markup() -> None:
    (item,) = read("govuk_consultation.json").items
    assert (item.id, item.state, item.type) == (CONSULTATION, "open", "open_consultation")
    assert dates(item) == ["closing 2027-01-29T23:45:00+00:00"]
    assert item.text == "We want views on fares.\nReply by 11:45pm on 29 January 2027."
    assert item.organisations == ("department-for-transport", "hm-treasury")
    assert item.people == ("The Rt Hon Ada Quill MP",)
    assert ("held_on_another_website_url", "https://consult.example.org/fares") in item.facts
    assert ("opens", "2026-11-02T09:30:00+00:00") in item.facts


@pytest.mark.parametrize(
    ("document_type", "more", "state"),
    [
        ("open_consultation", "", "open"),
        ("closed_consultation", "", "closed"),
        ("consultation_outcome", "", "closed"),
        ("consultation", "", "announced"),
        ("open_call_for_evidence", "", "open"),
        ("news_story", "", "published"),
        ("a_kind_of_2030", "", "published"),
        (
            "news_story",
            '"withdrawn_notice": {"explanation": "<p>Old.</p>", "withdrawn_at": "2026-01-02T00:00:00Z"},',
            "withdrawn",
        ),
        ("news_story", '"withdrawn_notice": {},', "published"),
        ("news_story", '"withdrawn_notice": null,', "published"),
        ("cma_case", '"details": {"metadata": {"case_state": "open"}},', "open"),
        ("cma_case", '"details": {"metadata": {"case_state": "closed"}},', "closed"),
        ("organisation", '"links": {"superseding_organisations": [{"title": "Another"}]},', "closed"),
        ("organisation", '"details": {"organisation_govuk_status": {"status": "closed"}},', "closed"),
        ("official_statistics_announcement", '"details": {"state": "cancelled"},', "cancelled"),
        ("gone", "", "withdrawn"),
        ("redirect", '"redirects": [{"path": "/x", "destination": "/y"}],', "withdrawn"),
    ],
)
def test_state(document_type: str, more: str, state: str) -> None:
    body = f'{{{more} "base_path": "/x", "document_type": "{document_type}", "title": null}}'
    (item,) = radar.read("govuk-content", body.encode(), name="x").items
    assert (item.id, item.state) == ("/x", state)


def test_a_document_in_another_language_is_another_document() -> None:
    body = payload("govuk_consultation.json").replace(b'"locale": "en"', b'"locale": "cy"')
    (item,) = radar.read("govuk-content", body, name="x").items
    assert item.id == f"{CONSULTATION}:cy"


@pytest.mark.parametrize(
    ("display", "expected"),
    [
        ("20 January 2027 9:30am", ["release 2027-01-20T09:30:00+00:00"]),
        ("20 July 2027 9:30am", ["release 2027-07-20T09:30:00+01:00"]),
        ("July 2027", ["release 2027-07-31T00:00:00+01:00 ~"]),
        ("To be confirmed", []),
    ],
)
def test_the_day_of_a_statistics_announcement_is_read_from_its_words(display: str, expected: list[str]) -> None:
    body = (
        f'{{"base_path": "/x", "document_type": "statistics_announcement", "details": {{"display_date": "{display}"}}}}'
    )
    (item,) = radar.read("govuk-content", body.encode(), name="x").items
    assert dates(item) == expected


def test_the_chain_of_a_closed_organisation_is_kept() -> None:
    (item,) = read("govuk_organisations.json").items
    assert (item.id, item.state, item.supersedes) == (
        "bbbb0000-0000-4000-8000-000000000009",
        "closed",
        ("office-of-lanes",),
    )
    assert ("superseded_by", "department-for-roads") in item.facts
    assert read("govuk_organisations.json").next_url == "https://www.gov.uk/api/organisations?page=2"


def test_a_feed_entry_is_known_by_the_path_of_its_link_in_both_schemes_of_ids() -> None:
    (finder,), (organisation,) = read("govuk_atom_finder.xml").items, read("govuk_atom_organisation.xml").items
    assert finder.id == organisation.id == "/government/consultations/franchising-and-fares"
    assert (finder.state, organisation.state) == ("open", "closed")
    assert finder.title == "Open consultation: Franchising & fares"
    assert finder.clipped
    assert finder.full_text_url == "https://www.gov.uk/api/content/government/consultations/franchising-and-fares"


def test_the_ids_of_a_feed_may_change_and_nothing_else_does() -> None:
    changed = payload("govuk_atom_finder.xml").replace(b"2005:/government/consultations", b"2099:/other")
    (item,) = radar.read("govuk-atom", changed, name="x").items
    (before,) = read("govuk_atom_finder.xml").items
    assert replace(item, aliases=()) == replace(before, aliases=())


def test_a_retired_feed_says_so_and_gives_no_item() -> None:
    reading = read("govuk_atom_retired.xml")
    assert reading.items == ()
    assert reading.notes == ("GOV.UK has retired this feed; choose another address for it.",)


def test_a_closing_day_without_an_hour_is_not_exact() -> None:
    body = {"base_path": "/x", "document_type": "fund", "details": {"metadata": {"closing_date": "2027-03-04"}}}
    (item,) = radar.read("govuk-content", json.dumps(body).encode(), name="x").items
    assert dates(item) == ["closing 2027-03-04T00:00:00+00:00 ~"]


def test_a_year_that_means_none_is_none() -> None:
    body = payload("govuk_consultation.json").replace(b"2027-01-29T23:45:00+00:00", b"0001-01-01T00:00:00")
    (item,) = radar.read("govuk-content", body, name="x").items
    assert item.deadlines == ()


def test_attachments_are_kept() -> None:
    attachment = {"title": "The paper", "url": "https://assets.example.org/paper.pdf"}
    body = {"base_path": "/x", "document_type": "policy_paper", "details": {"attachments": [attachment, "key.pdf"]}}
    (item,) = radar.read("govuk-content", json.dumps(body).encode(), name="x").items
    assert [value for name, value in item.facts if name == "attachment"] == [
        "The paper https://assets.example.org/paper.pdf",
        "key.pdf",
    ]
