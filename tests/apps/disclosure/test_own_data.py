"""A request for a person's own data: collected from every room, without other people, released by a second person."""

import io
import json
import zipfile
from typing import Any

import pytest

from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.models import Case, Item, ItemFile
from folkmoot.apps.disclosure.queries import item_lines, left_to_do, taken_out
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.records.models import Hold
from folkmoot.apps.records.registry import Subject, personal_sources
from folkmoot.web.disclosure.package import make_package
from tests.cast import Cast
from tests.disclosure_world import ask, come

MAYA = "maya.osei@folkmoot.invalid"
SAID = "I told Helen Marsh and Cllr Wanda Birch that Maya Osei fears a loss.\nCall 0161 496 0000."


# The letter is drawn as the page draws it in the last of these tests alone.
MADE: Any = {"make_letter": lambda _: b"%PDF", "make_pack": lambda answer: make_package(answer, b"%PDF")}


@pytest.fixture
def case(cast: Cast) -> Case:
    """What is held about an office's officer is collected: two mails of theirs, one about them, and their account."""
    queue(cast.actor("head"), to=("Maya Osei", MAYA), subject="Hello", body="Dear Maya, see you at ten.")
    come(cast, "Maya Osei", MAYA, "I am away.", "leaves.txt", "stays.txt")
    come(cast, "Ivo Tremblay", "ivo@example.org", SAID)
    case = ask(cast, regime="own", title="What is held about an officer", requester="Maya Osei", contact=MAYA)
    actions.collect_held(cast.actor("head"), case=case, email=MAYA)
    return case


def released(cast: Cast, case: Case) -> Case:
    """Decided and prepared by the head, released by the deputy."""
    head = cast.actor("head")
    for file in ItemFile.objects.filter(item__case=case):
        actions.decide_file(head, file=file, leaves=file.name == "leaves.txt")
    actions.disclose_rest(head, case=case)
    actions.write_letter(head, case=case, letter="Thank you for asking.\n\nHelen Marsh")
    actions.prepare(head, case=case)
    return actions.release(cast.actor("deputy"), case=case, **MADE)


def test_what_every_room_holds_comes_into_the_request_and_is_on_hold(cast: Cast, case: Case) -> None:
    kinds = set(case.items.values_list("kind", flat=True))
    assert {"held:access", "held:mail", "held:mail.received"} <= kinds
    texts = "\n".join(case.items.values_list("text", flat=True))
    assert "see you at ten" in texts and "I am away." in texts and SAID.split("\n")[0] in texts
    held = case.items.exclude(table="").count()
    assert Hold.objects.standing().filter(for_record=case.for_record).count() == held > 3
    assert not case.items.filter(table="disclosure.case").exists()
    before = case.items.count()
    assert actions.collect_held(cast.actor("head"), case=case, email=MAYA) == 0
    assert case.items.count() == before


def test_other_people_are_taken_out_before_anybody_has_looked(cast: Cast, case: Case) -> None:
    words = {each.words for each in taken_out(cast.actor("head"), case)}
    assert {"Helen Marsh", "Wanda Birch", "Ivo Tremblay", "ivo@example.org", "0161 496 0000"} <= words
    assert not {each for each in words if "maya" in each.lower() or "osei" in each.lower()}


def test_who_only_works_on_requests_reads_nothing_of_it(cast: Cast, case: Case) -> None:
    officer = cast.actor("officer")
    lines = item_lines(officer, case.items.all())
    assert {line.is_readable for line in lines} == {False}
    assert {line.title for line in lines} == {"A record that you may not read"}
    assert taken_out(officer, case) == []
    with pytest.raises(Conflict, match="may not read"):
        actions.decide(officer, item=lines[0].item, decision="disclose")
    with pytest.raises(Conflict, match="No record that you may read"):
        actions.disclose_rest(officer, case=case)
    assert all(line.is_readable for line in item_lines(cast.actor("deputy"), case.items.all()))


@pytest.mark.parametrize("part", ["administrator", "deputy", "officer", "mayor", "guest", "stranger"])
def test_only_whoever_manages_records_collects(cast: Cast, part: str) -> None:
    case = ask(cast, regime="own")
    with pytest.raises(Refused):
        actions.collect_held(cast.actor(part), case=case, email=MAYA)
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("law", "given", "error", "sentence"),
    [
        ("own", {}, Invalid, "Give a mail address or a key"),
        ("own", {"name": "Maya Osei"}, Invalid, "Give a mail address or a key"),
        ("own", {"email": "nobody@example.org"}, Invalid, "Nothing is held about such a person"),
        ("own", {"email": MAYA, "person": "rowan-pike"}, Invalid, "belong to two accounts"),
        ("own", {"email": "helen.marsh@folkmoot.invalid"}, Conflict, "It is about you"),
        ("foi", {"email": MAYA}, Conflict, "not about the person’s own data"),
    ],
)
def test_wrong_collections(cast: Cast, law: str, given: dict[str, str], error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        actions.collect_held(cast.actor("head"), case=ask(cast, regime=law), **given)
    assert not Item.objects.exists()


def test_nothing_is_searched_for_in_it(cast: Cast) -> None:
    with pytest.raises(Conflict, match="collected in one step"):
        actions.collect(cast.actor("head"), case=ask(cast, regime="own"), places=[("a", "b", "c")])


def test_it_is_ready_when_every_record_and_every_file_is_decided(cast: Cast, case: Case) -> None:
    head = cast.actor("head")
    assert left_to_do(ask(cast, regime="own"))[0] == "Nothing that is held about the person was collected."
    actions.disclose_rest(head, case=case)
    actions.write_letter(head, case=case, letter="Thank you.")
    case.refresh_from_db()
    assert left_to_do(case) == ["Nobody has said of 2 files whether they leave."]
    with pytest.raises(Conflict, match="Of 2 files nobody has said"):
        actions.prepare(head, case=case)
    for file in ItemFile.objects.filter(item__case=case):
        actions.decide_file(head, file=file, leaves=False)
    assert left_to_do(case) == []
    actions.prepare(head, case=case)


def test_the_package_holds_the_person_s_data_and_nobody_else(cast: Cast, case: Case) -> None:
    done = released(cast, case)
    assert done.pack and done.pack.name.endswith(".zip")
    packed = zipfile.ZipFile(io.BytesIO(content(done.pack)))
    names = packed.namelist()
    assert names[:3] == ["letter.pdf", "records.html", "records.json"] and len(names) == 4
    assert names[3].endswith(" leaves.txt") and packed.read(names[3]) == b"leaves.txt"
    page, data = packed.read("records.html").decode(), packed.read("records.json").decode()
    for text in (page, data):
        assert "see you at ten" in text and "Maya Osei" in text and "[withheld: paragraph 16]" in text
        for other in ("Helen", "Marsh", "Wanda", "Birch", "Ivo", "Tremblay", "0161", "stays.txt"):
            assert other not in text
    assert "fears a loss" in page and "Texts and attachments of sent mail" in page
    said = json.loads(data)
    assert said["reference"] == case.key and any(each["files"] for each in said["records"])
    assert not Hold.objects.standing().exists()
    assert verify() == []


def test_who_worked_on_it_and_whom_it_is_about_release_nothing(cast: Cast, case: Case) -> None:
    head, deputy = cast.actor("head"), cast.actor("deputy")
    for file in ItemFile.objects.all():
        actions.decide_file(deputy, file=file, leaves=False)
    actions.disclose_rest(deputy, case=case)
    actions.write_letter(deputy, case=case, letter="Thank you.")
    actions.prepare(cast.actor("officer"), case=case)
    with pytest.raises(Conflict, match="You decided"):
        actions.release(deputy, case=case, **MADE)
    with pytest.raises(Refused):
        actions.release(cast.actor("officer"), case=case, **MADE)
    case.requester.contact = "Helen.Marsh@folkmoot.invalid"
    case.requester.save()
    with pytest.raises(Conflict, match="It is about you"):
        actions.release(head, case=case, **MADE)


def test_it_stands_in_no_log_and_goes_when_the_person_is_erased(cast: Cast, case: Case) -> None:
    done = released(cast, case)
    with pytest.raises(Conflict, match="nobody else’s business"):
        actions.log_answer(cast.actor("deputy"), case=done, title="Own data")
    source = next(each for each in personal_sources() if each.name == "disclosure")
    assert source.erase(cast.actor("head"), Subject(None, "", (), (MAYA,))) == 1
    done.refresh_from_db()
    assert (done.pack, done.letter_pdf, done.requester.name) == (None, None, "An erased person")
    assert not done.items.exclude(text="").exists() and not ItemFile.objects.exists()


def test_by_the_pages_from_the_request_to_the_package(cast: Cast, sign_in_as: Any) -> None:
    come(cast, "Maya Osei", MAYA, "I am away.", "leaves.txt")
    come(cast, "Ivo Tremblay", "ivo@example.org", SAID)
    head, deputy, officer = sign_in_as("head"), sign_in_as("deputy"), sign_in_as("officer")
    sent = {"title": "Own data", "regime": "own", "asked": "All of it.", "requester": "Maya Osei", "contact": MAYA}
    day = {f"received_on_{part}": value for part, value in (("day", "18"), ("month", "11"), ("year", "2026"))}
    page = officer.post("/information-requests/new/", {**sent, **day}, follow=True)
    root = f"/information-requests/{Case.objects.get().key}/"
    assert "7 of 30 days" in page.content.decode() and "the head of the secretariat" in page.content.decode()
    assert officer.get(f"{root}held/").status_code == 403
    form = head.get(f"{root}held/").content.decode()
    assert f'value="{MAYA}"' in form and 'value="Maya Osei"' in form
    head.post(f"{root}held/", {"email": MAYA, "name": "Maya Osei"})
    file = ItemFile.objects.get()
    assert officer.get(f"{root}item-files/{file.key}/").status_code == 404
    assert not AuditEntry.objects.filter(verb="read.file").exists()
    assert head.get(f"{root}item-files/{file.key}/").content == b"leaves.txt"
    assert head.post(f"{root}item-files/{file.key}/decide/", {"leaves": "perhaps"}).status_code == 400
    head.post(f"{root}item-files/{file.key}/decide/", {"leaves": "yes"})
    assert "Wanda Birch" in head.get(f"{root}words/").content.decode()
    assert "Wanda Birch" not in officer.get(f"{root}words/").content.decode()
    head.post(f"{root}words/let-stand/", {"words": "Wanda Birch"})
    about = Item.objects.get(text__contains="Wanda")
    head.post(f"{root}items/{about.key}/paragraphs/", {"paragraph": "3", "paragraphs-exemption_key": "own:16"})
    head.post(f"{root}rest/")
    head.post(f"{root}letter/", {"letter": "Thank you."})
    assert officer.get(f"{root}preview/pack/").status_code == 409
    assert head.get(f"{root}preview/pack/").content.startswith(b"PK")
    head.post(f"{root}prepare/")
    assert "You prepared this answer" in head.post(f"{root}release/").content.decode()
    assert deputy.post(f"{root}release/").status_code == 302
    answer = deputy.get(f"{root}files/pack/")
    assert answer.headers["Content-Type"] == "application/zip"
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("records.html").decode()
    assert "I am away." in text and "Wanda" not in text and "0161" not in text
    assert "Enter it in the log" not in deputy.get(root).content.decode()
    assert AuditEntry.objects.filter(verb="read.file", account_id=cast.deputy.pk).count() == 1
