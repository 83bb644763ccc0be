"""The pages for requests for information, from the request to the log, and what each answers to wrong input."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.models import Case, CaseState, Item
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Standing
from folkmoot.apps.search.models import Entry
from folkmoot.web.disclosure.home import items as home_items
from folkmoot.web.disclosure.home import waiting, week
from folkmoot.web.disclosure.items import SEPARATOR
from tests.cast import MOMENT, TODAY, Cast
from tests.disclosure_world import ask, come, scope
from tests.positions_world import draft

ROOT = "/information-requests/"
NEW = {
    "title": "Papers on buses",
    "regime": "foi",
    "asked": "All papers on buses.",
    "received_on_day": "18",
    "received_on_month": "11",
    "received_on_year": "2026",
    "requester": "Zachary Inquirer",
    "contact": "zachary@example.org",
}


def test_from_the_request_to_the_log_by_the_pages_alone(cast: Cast, sign_in_as: Any) -> None:
    position = draft(cast)
    officer, head = sign_in_as("officer"), sign_in_as("head")
    officer.post(f"{ROOT}new/", NEW)
    case = Case.objects.get()
    page = f"{ROOT}{case.key}/"
    assert "5 of 20 working days" in officer.get(page).content.decode()
    assert "Zachary" not in officer.get(page).content.decode()
    assert "Zachary Inquirer" in officer.get(f"{page}requester/").content.decode()

    entry = Entry.objects.get(kind="position", table="positions.position", key=position.key)
    found = officer.get(f"{page}search/", {"words": "franchising"}).content.decode()
    assert SEPARATOR.join((entry.kind, entry.table, entry.key)) in found
    officer.post(f"{page}search/", {"record": SEPARATOR.join((entry.kind, entry.table, entry.key))})
    item = Item.objects.get()
    Item.objects.filter(pk=item.pk).update(text="Jane Roe fears a loss.")
    there = f"{page}items/{item.key}/"
    officer.post(f"{there}redact/", {"redact-words": "Jane Roe", "redact-exemption_key": "foi:40(2)"})
    assert "Let them stand" in officer.get(there).content.decode()
    officer.post(f"{there}name/", {"name-shown_title": "A paper on buses"})
    officer.post(f"{page}letter/", {"letter": "Thank you for asking."})
    assert officer.get(f"{page}preview/pack/").content.startswith(b"%PDF")
    officer.post(f"{page}prepare/")

    assert "Release it" not in officer.get(page).content.decode()
    assert "Release it" in head.get(page).content.decode()
    head.post(f"{page}release/")
    assert Case.objects.get().state == CaseState.RELEASED
    assert head.get(f"{page}files/pack/").content.startswith(b"%PDF")
    assert head.get(f"{page}files/word/").content.startswith(b"PK")
    assert head.get(f"{page}files/nothing/").status_code == 404

    assert "Papers on buses" not in Client().get(f"{ROOT}log/").content.decode()
    head.post(f"{page}log/", {"title": "Papers on buses"})
    assert "Disclosed in part" in Client().get(f"{ROOT}log/").content.decode()
    assert "Papers on buses,Freedom of Information Act 2000,2026-11-18,2026-11-25" in (
        Client().get(f"{ROOT}log/export/").content.decode()
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": ""}, "Give the request a title."),
        ({"title": "x" * 161}, "at most 160 characters"),
        ({"regime": ""}, "Say under which law it was asked."),
        ({"regime": "gdpr"}, "Select a valid choice"),
        ({"asked": ""}, "Write what was asked"),
        ({"asked": "x" * 20_001}, "at most 20000 characters"),
        ({"received_on_day": "31", "received_on_month": "2"}, "Write a real date"),
        ({"received_on_year": "2999"}, "has not come yet"),
        ({"received_on_year": "1066"}, "Check the year"),
        ({"received_on_year": "9" * 50}, "Write a real date"),
        ({"requester": ""}, "Write who asked."),
        ({"contact": ""}, "Write a mail or postal address."),
    ],
)
def test_wrong_requests(sign_in_as: Any, sent: dict[str, str], sentence: str) -> None:
    page = sign_in_as("officer").post(f"{ROOT}new/", {**NEW, **sent})
    assert page.status_code == 200 and sentence in page.content.decode()
    assert not Case.objects.exists()


def test_a_mail_becomes_a_request_and_stands_in_the_tray_again_as_long_as_nobody_worked_on_it(
    cast: Cast, sign_in_as: Any
) -> None:
    officer, message = sign_in_as("officer"), come(cast, "Zed Asker", "zed@example.org", "All papers on buses, please.")
    InboxMessage.objects.filter(pk=message.pk).update(state=Standing.WAITING)
    there = f"{ROOT}from-mail/{message.key}/"
    assert there in officer.get(f"/mail/in/{message.key}/").content.decode()
    form = officer.get(there).content.decode()
    for filled in ("All papers on buses, please.", 'value="Zed Asker"', 'value="zed@example.org"', 'value="25"'):
        assert filled in form
    assert "Give the request a title." in officer.post(there, {**NEW, "title": ""}).content.decode()
    assert sign_in_as("mayor").get(there).status_code == 404
    officer.post(there, NEW)
    case = Case.objects.get()
    message.refresh_from_db()
    assert (message.state, message.made_id) == (Standing.FILED, case.pk)
    assert "filed already" in officer.post(there, NEW).content.decode() and Case.objects.count() == 1
    actions.ask_clarification(cast.actor("officer"), case=case, question="Which?")
    assert officer.post(f"/mail/in/{message.key}/back/").status_code == 409
    case.clarifications.all().delete()
    officer.post(f"/mail/in/{message.key}/back/")
    message.refresh_from_db()
    assert message.state == Standing.WAITING and not Case.objects.exists() and verify() == []


def test_what_is_found_is_named_once_without_the_request_itself_and_taken_as_a_whole(
    cast: Cast, sign_in_as: Any
) -> None:
    officer, case = sign_in_as("officer"), ask(cast, title="Franchising of buses")
    positions = [draft(cast, title=f"Franchising {number}") for number in range(3)]
    # A record that is found by two of its parts.
    Entry.objects.filter(kind="position", key=positions.pop().key).update(key=positions[0].key)
    search = f"{ROOT}{case.key}/search/"
    page = officer.get(search, {"words": "Franchising", "kind": "position"}).content.decode()
    assert page.count(f'name="record" value="position{SEPARATOR}') == page.count('name="shown"') == 2
    assert f"disclosure.case{SEPARATOR}{case.key}" not in officer.get(search, {"words": "franchising"}).content.decode()
    none = {"words": "Franchising", "kind": "position", "until_day": "1", "until_month": "1", "until_year": "2020"}
    assert "Nothing that you may read" in officer.get(search, none).content.decode()
    assert "Write a real date" in officer.get(search, {**none, "until_month": "13"}).content.decode()
    assert "Write what to search for." in officer.get(search, {"words": " "}).content.decode()
    shown = [SEPARATOR.join(("position", "positions.position", each.key)) for each in positions]
    done = officer.post(search, {"everything": "yes", "shown": shown, "record": []}, follow=True).content.decode()
    assert "2 records were taken into scope" in done and case.items.count() == 2


def test_from_a_decided_record_to_the_next(cast: Cast, item: Item, sign_in_as: Any) -> None:
    officer, other = sign_in_as("officer"), scope(cast, item.case, draft(cast, title="Another"))
    root = f"{ROOT}{item.case.key}/"
    first = officer.post(f"{root}items/{item.key}/", {"decision": "disclose"})
    assert first.headers["Location"] == f"{root}items/{other.key}/"
    assert officer.post(f"{root}items/{other.key}/", {"decision": "disclose"}).headers["Location"] == root


@pytest.fixture
def item(cast: Cast) -> Item:
    return scope(cast, ask(cast), draft(cast))


@pytest.mark.parametrize(
    ("place", "sent", "status", "sentence"),
    [
        ("clarify/", {"kind": "fee", "question": ""}, 200, "Write what you ask back."),
        ("clarified/", {}, 200, "Write a date"),
        ("clarified/", {f"answered_on_{part}": "11" for part in ("day", "month")}, 200, "Write a real date"),
        ("extend/", {"reason": "", "grounds": ""}, 200, "Say why more time is needed."),
        ("extend/", {"reason": "Hard.", "grounds": "foi:41"}, 200, "Select a valid choice"),
        ("extend/", {"reason": "Hard.", "grounds": ""}, 200, "name the section"),
        ("letter/", {"letter": " "}, 200, "Write what the answer says."),
        ("search/", {}, 400, "Choose at least one record."),
        ("search/", {"record": "a"}, 400, "Choose at least one record."),
        ("search/", {"record": SEPARATOR.join("abc")}, 400, "no longer there for you"),
        ("prepare/", {}, 409, "Write the letter first."),
        ("send-back/", {}, 409, "being worked on already"),
        ("items/{item}/", {}, 200, "Say whether the record is disclosed or withheld."),
        ("items/{item}/", {"decision": "withhold", "exemption_key": "eir:13"}, 200, "Select a valid choice"),
        ("items/{item}/", {"decision": "withhold", "exemption_key": "foi:41"}, 200, "Say why this ground holds here."),
        ("items/{item}/redact/", {"redact-words": "x"}, 200, "Choose the ground."),
        (
            "items/{item}/redact/",
            {"redact-words": "not in it", "redact-exemption_key": "foi:41"},
            200,
            "does not stand in the record",
        ),
        ("items/{item}/name/", {"name-shown_title": ""}, 200, "Write how the answer calls the record."),
        ("items/{item}/unredact/", {"start": "-1"}, 400, "Tick the passages"),
        ("items/{item}/unredact/", {"start": "9" * 80}, 400, "Tick the passages"),
        ("items/{item}/unredact/", {"start": "3"}, 409, "not taken out any more"),
        ("items/{item}/paragraphs/", {"paragraph": "0"}, 200, "Choose the ground."),
        ("items/{item}/paragraphs/", {"paragraphs-exemption_key": "foi:41"}, 200, "Tick the paragraphs"),
        (
            "items/{item}/paragraphs/",
            {"paragraph": "3", "paragraphs-exemption_key": "foi:41"},
            200,
            "not in the record",
        ),
        ("words/", {"words": "Jane Roe"}, 200, "Choose the ground."),
        ("words/", {"words": "not in it", "exemption_key": "foi:41"}, 200, "No record that you may read holds"),
        ("words/", {"words": " ", "exemption_key": "foi:41"}, 200, "Write or choose the words"),
        ("words/let-stand/", {}, 400, "Tick the words"),
        ("words/let-stand/", {"words": "Jane Roe"}, 409, "not taken out any more"),
        ("law/", {"regime": "foi"}, 200, "Select a valid choice"),
        ("law/", {}, 200, "Choose the other law."),
        ("law/", {"regime": "own"}, 200, "Take it in as a new one."),
        ("clarify/", {"kind": "identity", "question": "Who are you?"}, 200, "Select a valid choice"),
        ("item-files/nothing/decide/", {"leaves": "yes"}, 404, ""),
        ("items/nothing/", {}, 404, ""),
    ],
)
def test_wrong_steps(item: Item, sign_in_as: Any, place: str, sent: dict[str, str], status: int, sentence: str) -> None:
    page = sign_in_as("officer").post(f"{ROOT}{item.case.key}/{place.format(item=item.key)}", sent)
    assert page.status_code == status and sentence in page.content.decode()
    item.refresh_from_db()
    assert (item.decision, item.redactions, item.case.state) == ("", [], CaseState.OPEN)


@pytest.mark.parametrize("kind", ["nothing", "pack.pdf"])
def test_there_is_no_other_file(item: Item, sign_in_as: Any, kind: str) -> None:
    for place in ("preview", "files"):
        assert sign_in_as("officer").get(f"{ROOT}{item.case.key}/{place}/{kind}/").status_code == 404


def test_each_reading_of_a_request_is_written_down(item: Item, sign_in_as: Any) -> None:
    before = AuditEntry.objects.filter(verb="read.page", record="disclosure.case").count()
    sign_in_as("officer").get(f"{ROOT}{item.case.key}/")
    assert AuditEntry.objects.filter(verb="read.page", record="disclosure.case").count() == before + 1


def test_a_list_of_many_requests_takes_no_more_queries_than_one(
    cast: Cast, sign_in_as: Any, django_assert_num_queries: Any
) -> None:
    officer = sign_in_as("officer")
    ask(cast)
    officer.get(ROOT)
    with django_assert_num_queries(8):
        officer.get(ROOT)
    for number in range(5):
        ask(cast, title=f"Number {number}")
    with django_assert_num_queries(8):
        officer.get(ROOT)


def test_a_request_with_many_records_takes_no_more_queries_than_with_one(
    cast: Cast, item: Item, sign_in_as: Any, django_assert_max_num_queries: Any
) -> None:
    officer = sign_in_as("officer")
    for number in range(4):
        scope(cast, item.case, draft(cast, title=f"Number {number}"))
    officer.get(f"{ROOT}{item.case.key}/")
    with django_assert_max_num_queries(19):
        officer.get(f"{ROOT}{item.case.key}/")


@pytest.mark.parametrize(("days_ago", "overdue"), [(0, False), (26, False), (30, True)])
def test_home_names_every_request_to_be_answered_and_says_what_is_overdue(
    cast: Cast, days_ago: int, overdue: bool
) -> None:
    ask(cast, received_on=TODAY - timedelta(days=days_ago))
    [found] = home_items(cast.actor("coordinator"))
    assert (found.overdue, found.verb, found.handling) == (overdue, "Answer", "OFFICIAL-SENSITIVE") and found.due
    assert home_items(cast.actor("administrator")) == home_items(cast.actor("mayor")) == []


def test_the_week_holds_the_last_day_of_an_answer_and_waiting_what_others_owe(cast: Cast) -> None:
    officer, case = cast.actor("officer"), ask(cast, received_on=TODAY - timedelta(days=27))
    [entry] = week(officer, TODAY, TODAY + timedelta(days=6))
    assert (entry.group, entry.day, entry.needs_a_step) == ("Secretariat", entry.day, True)
    assert not week(officer, TODAY + timedelta(days=20), TODAY + timedelta(days=26)) and not waiting(officer)
    assert week(cast.actor("mayor"), TODAY, TODAY + timedelta(days=6)) == []
    actions.ask_clarification(officer, case=case, question="Which buses?")
    assert not week(officer, TODAY, TODAY + timedelta(days=6)) and not home_items(officer)
    assert [each.for_whom for each in waiting(officer)] == ["Whoever asked"]
    assert waiting(cast.actor("administrator")) == []


def test_home_asks_the_second_person_alone_to_release(cast: Cast) -> None:
    case = ask(cast, received_on=TODAY)
    actions.write_letter(cast.actor("head"), case=case, letter="We hold nothing.")
    actions.prepare(cast.actor("head"), case=case)
    assert [item.verb for item in home_items(cast.actor("deputy"))] == ["Release"]
    assert home_items(cast.actor("head")) == home_items(cast.actor("officer")) == []
    assert [each.for_whom for each in waiting(cast.actor("head"))] == ["A second person"]
    assert waiting(cast.actor("deputy")) == []
    assert MOMENT.date() == TODAY
