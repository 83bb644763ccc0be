"""Parliament's APIs: keys that cannot collide, dates without a zone, clipped texts, calls that roll."""

import pytest
from tests.engines.radar.sources.payloads import dates, items, payload, read

from folkmoot.engines import radar


def test_bills() -> None:
    found = items("bills.json")
    assert {key: one.state for key, one in found.items()} == {"9001": "open", "9002": "closed", "9003": "withdrawn"}
    bill = found["9001"]
    assert dates(bill) == ["stage 2026-12-01T00:00:00+00:00 ~", "stage 2026-12-03T00:00:00+00:00 ~"]
    assert bill.updated and bill.updated.isoformat() == "2026-07-05T10:42:08.057985+01:00", "seven decimals, no zone"
    assert bill.aliases == ("Lanes Bill",)
    assert ("currentStage.description", "Committee stage") in bill.facts


def test_a_stage_is_known_by_its_id_and_not_by_its_kind() -> None:
    body = b'{"items": [{"id": 15, "stageId": 7, "description": "2nd reading", "house": "Lords", "stageSittings": []}]}'
    (item,) = radar.read(
        "parliament-bills", body, name="https://bills-api.parliament.uk/api/v1/Bills/9001/Stages"
    ).items
    assert (item.id, item.title, item.deadlines) == ("stage:15", "2nd reading, Lords", ())
    assert ("bill", "9001") in item.facts


def test_a_sitting_keeps_its_key_when_it_moves() -> None:
    (before,) = read("sittings.json").items
    (after,) = radar.read("parliament-bills", payload("sittings.json").replace(b"12-01", b"12-08"), name="x").items
    assert before.id == after.id == "sitting:501"
    (change,) = radar.differences(before, after)
    assert change.sentence == "Sitting moved from 1 December 2026 to 8 December 2026."


def test_questions_and_statements_with_one_number_are_two_things() -> None:
    found = items("questions.json")
    assert list(found) == ["8001", "8002", "statement:8001"]
    assert {key: one.state for key, one in found.items()} == {
        "8001": "open",  # a holding answer is no answer
        "8002": "withdrawn",
        "statement:8001": "published",
    }
    assert found["8001"].people == ("Ada Quill", "member:78")
    assert dates(found["8001"]) == ["answer 2026-06-08T00:00:00+01:00"]
    assert found["statement:8001"].text == "I am today announcing a settlement."
    assert found["8001"].url.endswith("/written-questions/detail/2026-06-01/4512")


def test_a_clipped_question_wants_its_full_text() -> None:
    clipped = items("questions.json")["8002"]
    assert clipped.clipped
    assert clipped.full_text_url.endswith("/api/writtenquestions/questions/8002")
    assert not items("questions.json")["8001"].clipped


def test_an_answer_is_a_revision_of_its_question() -> None:
    before = items("questions.json")["8001"]
    body = payload("questions.json").replace(b'"answerIsHolding": true', b'"answerIsHolding": false')
    body = body.replace(b"It has not proved possible to respond in time.", b"We will mend the lanes.")
    body = body.replace(b'"dateAnswered": null', b'"dateAnswered": "2026-06-12T00:00:00"')
    after = radar.read("parliament-questions", body, name="x").items[0]
    assert (after.id, after.state) == (before.id, "closed")
    assert {change.field for change in radar.differences(before, after)} == {"state", "text", "answerIsHolding"}


def test_committee_business() -> None:
    found = items("committee_business.json")
    assert dates(found["9437"]) == ["closing 2026-12-14T23:59:00+00:00", "event 2027-01-12T10:00:00+00:00"]
    assert found["9437"].title == "Ferries and islands"
    assert ("late", "submissions are taken after the end date") in found["9437"].facts
    assert (found["9438"].state, dates(found["9438"])) == ("open", [])
    assert ("closing", "rolling: the call has no end date") in found["9438"].facts
    assert found["12"].state == "closed"


def test_a_call_that_is_extended_in_place_says_so() -> None:
    before = items("committee_business.json")["9437"]
    body = payload("committee_business.json").replace(b"2026-12-14T23:59:00", b"2027-01-04T23:59:00")
    after = radar.read("parliament-committees", body, name="x").items[0]
    (change,) = radar.differences(before, after)
    assert change.sentence == "Closing date extended from 14 December 2026, 23:59 to 4 January 2027, 23:59."
    assert change.major


def test_committee_events_and_publications() -> None:
    events = items("committee_events.json")
    assert dates(events["event:7001"]) == ["meeting 2027-06-08T10:15:00+01:00"]
    assert (events["event:7001"].title, events["event:7001"].people) == ("Ferries and islands", ("Ada Quill MP",))
    assert events["event:7002"].state == "cancelled"
    (report,) = read("committee_publications.json").items
    assert (report.id, report.organisations) == ("publication:6001", ("lanes-committee", "department-for-lanes"))


def test_members_and_posts() -> None:
    found = items("members.json")
    assert {key: (one.title, one.type) for key, one in found.items()} == {
        "77": ("Ada Quill", "member"),
        "79": ("Lord Marl", "peer"),
    }
    (post,) = read("government_posts.json").items
    assert (post.id, post.summary, post.people) == ("post:1101", "Ada Quill", ("Ada Quill", "Lord Marl"))
    assert ("held", "Lord Marl: 2024-07-05 to 2026-07-06") in post.facts


def test_the_calendar_joins_the_day_and_the_hour() -> None:
    found = items("whats_on.json")
    assert {key: (dates(one), one.state) for key, one in found.items()} == {
        "41001": (["meeting 2027-06-08T14:30:00+01:00"], "announced"),
        "41002": (["meeting 2027-06-09T00:00:00+01:00 ~"], "cancelled"),
        "41003": (["meeting 2027-02-12T00:00:00+00:00 ~"], "announced"),
    }


def test_motions_are_known_by_id_since_their_numbers_begin_anew() -> None:
    found = items("motions.json")
    assert {key: one.state for key, one in found.items()} == {"motion:65001": "published", "motion:65002": "withdrawn"}
    assert ("amends", "motion:65001") in found["motion:65002"].facts
    assert read("motions.json").total == 1903


def test_a_failure_inside_an_answer_of_status_200_is_a_failure() -> None:
    body = b'{"PagingInfo": null, "Success": false, "Errors": ["No such status"], "Response": []}'
    with pytest.raises(radar.NotThisSource) as caught:
        radar.read("parliament-calendar", body, name="x")
    assert caught.value.reason == "Parliament says that the request failed: No such status."
