"""Publication: what the world reads, when, and what it does not."""

import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pikepdf
import pytest

from folkmoot.apps.access.actions import delegate
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.delegations import tell
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Ask, Position, Publication
from folkmoot.apps.positions.queries.outcome import publication_for, published_text
from folkmoot.apps.positions.states import PositionState
from folkmoot.engines import redline
from folkmoot.web.positions.publishing import make_pdf
from tests.cast import EVERYBODY, Cast
from tests.positions_world import AFTER_CLOSING, CLAUSES, circulate, close, draft, fill_register

CANARY = "canary-kept-to-the-secretariat"


@pytest.fixture
def agreed(cast: Cast) -> Position:
    """A position that the two mayors signed and the third office stands aside from; one paragraph is for us alone."""
    fill_register()
    kept = redline.DraftClause(1, "Money", ("We ask for ten million pounds.", f"We would settle for six. {CANARY}"))
    position = draft(cast, (*CLAUSES, kept))
    version = position.versions.get()
    last = version.clause_texts.order_by("-place")[0].last_paragraph
    officer = cast.actor("officer")
    actions.narrow(officer, version=version, first=last, last=last, audience=Audience.SECRETARIAT)
    close(cast, circulate(cast, position))
    officer = cast.actor("officer", now=AFTER_CLOSING)
    position = Position.objects.get()
    actions.ask_for_sign_off(officer, position=position)
    actions.sign(cast.actor("mayor", now=AFTER_CLOSING), position=position, office="aldermere")
    actions.sign(cast.actor("other_mayor", now=AFTER_CLOSING), position=position, office="harrowmoor")
    actions.note_exception(officer, position=position, office="stanwold", words="Stanwold stands aside.")
    return Position.objects.get()


def _publish(cast: Cast, position: Position, *, part: str = "head", hours: int = 0) -> Publication:
    embargo = AFTER_CLOSING + timedelta(hours=hours) if hours else None
    return actions.publish(
        cast.actor(part, now=AFTER_CLOSING), position=position, embargo_until=embargo, make_pdf=make_pdf
    )


@pytest.mark.parametrize("part", EVERYBODY)
def test_who_may_publish(cast: Cast, agreed: Position, part: str) -> None:
    if part == "head":
        assert _publish(cast, agreed, part=part).version.position.pk == agreed.pk
        assert Position.objects.get().state == PositionState.PUBLISHED
    else:
        with pytest.raises(Refused):
            _publish(cast, agreed, part=part)


@pytest.mark.requirement("B3")
def test_the_deputy_approves_for_the_head_while_delegated_and_not_after_and_both_are_logged(
    cast: Cast, agreed: Position
) -> None:
    begins, ends = AFTER_CLOSING, AFTER_CLOSING + timedelta(days=2)
    lent = delegate(
        cast.actor("head"), delegate=cast.deputy, permissions=[Permission.PUBLISH], starts_at=begins, ends_at=ends
    )

    def approve(at: datetime) -> Publication:
        deputy = cast.actor("deputy", now=at)
        return actions.publish(deputy, position=agreed, embargo_until=None, make_pdf=lambda _version: b"%PDF-1.7")

    for moment in (begins - timedelta(seconds=1), ends, ends + timedelta(days=1)):
        with pytest.raises(Refused):
            approve(moment)
    assert not Publication.objects.exists()

    publication = approve(ends - timedelta(seconds=1))
    tell(begins)
    tell(ends)

    both = {("positions.publication", publication.pk), ("access.delegation", lent.pk)}
    rows = AuditEntry.objects.order_by("number")
    logged = [row for row in rows if (row.record, row.record_id) in both]
    assert [(row.verb, row.account_id, row.principal_id) for row in logged] == [
        ("delegation.given", cast.head.pk, None),
        ("position.published", cast.deputy.pk, cast.head.pk),
        ("delegation.began", None, None),
        ("delegation.ran-out", None, None),
    ]
    assert verify() == []


def test_nothing_is_published_before_it_is_agreed(cast: Cast) -> None:
    with pytest.raises(Conflict, match="must be “agreed”"):
        _publish(cast, draft(cast))


def test_the_files_tell_nothing_but_the_signed_text(cast: Cast, agreed: Position) -> None:
    publication = _publish(cast, agreed)
    word = content(publication.word)
    assert redline.traces(word) == ()
    with zipfile.ZipFile(BytesIO(word)) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (CANARY, "settle for six", cast.officer.name, agreed.circulations.get().invitations.all()[0].token):
        assert secret.encode() not in parts
    text = "\n".join(redline.text(word, view="accepted"))
    assert "at least three years" in text


def test_the_published_word_file_bears_no_handling_mark(cast: Cast, agreed: Position) -> None:
    assert b">OFFICIAL" in _headers(content(agreed.versions.latest("number").package))
    assert b"OFFICIAL" not in _headers(content(_publish(cast, agreed).word))


def _headers(word: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(word)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if "/header" in name or "/footer" in name)


def test_the_pdf_is_tagged_and_keeps_the_confidence(cast: Cast, agreed: Position) -> None:
    publication = _publish(cast, agreed)
    with pikepdf.open(BytesIO(content(publication.pdf))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        assert "/StructTreeRoot" in pdf.Root
    words = _read_pdf(content(publication.pdf))
    assert "ten million" in words
    assert cast.mayor.name in words
    assert CANARY not in words
    assert "settle for six" not in words


def _read_pdf(data: bytes) -> str:
    """The words of a PDF as a reader gets them."""
    text = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout
    return " ".join(text.decode().split())


@pytest.mark.parametrize("part", EVERYBODY)
def test_until_the_embargo_ends_only_the_network_knows(cast: Cast, agreed: Position, part: str) -> None:
    publication = _publish(cast, agreed, hours=20)
    reader = cast.actor(part)
    before = publication_for(replace(reader, now=AFTER_CLOSING + timedelta(hours=19)), publication.key)
    after = publication_for(replace(reader, now=AFTER_CLOSING + timedelta(hours=20)), publication.key)
    assert (before is not None) == (part not in {"stranger", "guest", "administrator"})
    assert after is not None


def test_after_publication_a_signature_stays_and_a_dated_correction_is_added(cast: Cast, agreed: Position) -> None:
    publication = _publish(cast, agreed)
    signed = publication.version.sign_offs.get(office="aldermere")
    with pytest.raises(Conflict, match="dated correction"):
        actions.take_back(cast.actor("mayor", now=AFTER_CLOSING), sign_off=signed)
    head = cast.actor("head", now=AFTER_CLOSING + timedelta(days=1))
    with pytest.raises(Invalid):
        actions.correct(head, publication=publication, text=" ")
    actions.correct(head, publication=publication, text="In clause 2, read four for three.")
    (correction,) = published_text(publication.version).corrections
    assert correction.at.date() == (AFTER_CLOSING + timedelta(days=1)).date()


def test_a_publication_names_who_signed_and_who_stands_aside(cast: Cast, agreed: Position) -> None:
    text = published_text(_publish(cast, agreed).version)
    assert [(s.office, s.signatory) for s in text.signatures] == [
        ("Aldermere", cast.mayor.name),
        ("Harrowmoor", cast.other_mayor.name),
    ]
    assert [(s.office, s.note) for s in text.exceptions] == [("Stanwold", "Stanwold stands aside.")]


def test_asks_are_drawn_from_an_agreed_text_and_from_no_other(cast: Cast, agreed: Position) -> None:
    officer = cast.actor("officer", now=AFTER_CLOSING)
    clause = agreed.versions.get().clause_texts.get(place=1)
    actions.draw_ask(officer, clause_text=clause, words="A settlement of three years.", department="The Treasury")
    assert Ask.objects.visible_to(cast.actor("guest")).count() == 0
    assert Ask.objects.visible_to(cast.actor("third_officer")).count() == 1
    other = draft(cast, title="Another matter")
    with pytest.raises(Conflict, match="agreed text"):
        actions.draw_ask(officer, clause_text=other.versions.get().clause_texts.get(place=0), words="Anything.")
