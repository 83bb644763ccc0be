"""Answers that come by mail: what each kind gets in the tray, and that nobody answers for an office by a mail alone."""

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience, Handling, list_on
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail import tray
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Kind, Standing
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import by_mail
from folkmoot.apps.positions.models import Circulation, Invitation, Position, Return
from folkmoot.engines import redline
from tests.apps.mail.letters import bounce, mail
from tests.cast import MOMENT, PARTS, Cast
from tests.engines.post.compound import compound
from tests.positions_world import AFTER_CLOSING, answer, circulate, close, draft, invitation_of, marked_up

pytestmark = pytest.mark.usefixtures("read_here")
CHANGES = [("at least three years", "at least five years")]
TESS = "Tess Quill <tess.quill@folkmoot.invalid>"


@pytest.fixture
def round_(network: Cast) -> Circulation:
    return circulate(network, draft(network))


def come(cast: Cast, data: bytes, *, now: datetime = MOMENT) -> InboxMessage:
    """A mail comes in and is sorted, as the worker does it."""
    message, _ = keep(worker(now), data=data, source="imap")
    sort(worker(now), message=message)
    message.refresh_from_db()
    return message


def tagged(invitation: Invitation) -> str:
    return f"network+{invitation.token}@example.org"


def copy_of(invitation: Invitation) -> bytes:
    return marked_up(content(invitation.package), CHANGES, author="Maya Osei")


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return target.getvalue()


def without_its_text(data: bytes) -> bytes:
    """A Word file that was damaged on its way."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(target, "w") as damaged:
        for name in whole.namelist():
            damaged.writestr(name, b"<w:doc" if name == "word/document.xml" else whole.read(name))
    return target.getvalue()


class TestReturn:
    def test_a_word_file_of_its_own_people_is_prepared_and_counts_for_nothing_yet(
        self, network: Cast, round_: Circulation
    ) -> None:
        invitation = invitation_of(round_, "aldermere")
        message = come(network, mail(to=tagged(invitation), files=[("ours.docx", copy_of(invitation))]))

        ret = Return.objects.get()
        assert (ret.state, ret.channel, ret.filed_for_office) == ("draft", "mail", True)
        assert (ret.whose_view, ret.cleared_by, ret.started_by) == ("officer", "Maya Osei", network.member_officer)
        assert ret.status == "tracked"
        assert ret.amendments.get().after == "at least five years"
        assert (message.state, message.kind, message.made_id) == (Standing.FILED, Kind.RETURN, ret.pk)
        assert message.reasons == [
            "It came to the address that our mails to Aldermere give.",
            "Its Word file is the copy that was sent to Aldermere.",
            "Maya Osei speaks for Aldermere, if the mail is really theirs.",
        ]
        assert not Return.objects.filter(state="submitted").exists()

    def test_one_click_of_the_secretariat_submits_it(self, network: Cast, round_: Circulation) -> None:
        invitation = invitation_of(round_, "aldermere")
        come(network, mail(files=[("ours.docx", copy_of(invitation))]))
        ret = Return.objects.get()
        actions.submit_return(
            network.actor("coordinator"), ret=ret, whose_view=ret.whose_view, cleared_by=ret.cleared_by
        )
        assert Return.objects.get().state == "submitted"

    @pytest.mark.parametrize("by", ["tag", "small letters", "file", "our mail", "sender"])
    def test_each_way_of_knowing_it(self, network: Cast, round_: Circulation, by: str) -> None:
        invitation = invitation_of(round_, "aldermere")
        ours = OutboxMessage.objects.get(to_address=network.member_officer.email)
        blank = content(invitation.package)
        if by != "file":
            blank = redline.prepare(blank, token="somebody-elses", handling="OFFICIAL")
        more: dict[str, Any] = {
            "tag": {"to": tagged(invitation)},
            "small letters": {"to": tagged(invitation).lower()},
            "our mail": {"In_Reply_To": ours.message_id},
        }.get(by, {})
        message = come(network, mail(files=[("ours.docx", blank)], **more))
        assert message.about_id == invitation.pk
        assert message.kind == Kind.RETURN
        assert len(message.reasons) == 2
        words = {"file": "is the copy", "our mail": "answers our mail", "sender": "is an address of"}
        assert words.get(by, "came to the address") in message.reasons[0]

    def test_the_same_file_twice_is_one_answer(self, network: Cast, round_: Circulation) -> None:
        data = copy_of(invitation_of(round_, "aldermere"))
        first, second = (come(network, mail(text, files=[("ours.docx", data)])) for text in ("First", "Again"))
        assert first.made_id == second.made_id == Return.objects.get().pk

    def test_a_worker_that_stopped_in_the_middle_is_gone_on_from(
        self, network: Cast, round_: Circulation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = mail(files=[("ours.docx", copy_of(invitation_of(round_, "aldermere")))])
        with monkeypatch.context() as broken:
            broken.setattr("folkmoot.apps.mail.sorting._settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                come(network, data)
        message = come(network, data)
        assert (message.state, message.made_id) == (Standing.FILED, Return.objects.get().pk)

    def test_what_the_office_is_preparing_is_not_touched(self, network: Cast, round_: Circulation) -> None:
        own = answer(network, round_, "aldermere", {0: "support"}, submit=False)
        message = come(network, mail(files=[("ours.docx", copy_of(invitation_of(round_, "aldermere")))]))
        assert (message.state, message.kind) == (Standing.WAITING, Kind.IN_HAND)
        assert Return.objects.get() == own

    def test_a_later_mail_carries_over_what_was_submitted_and_replaces_nothing(
        self, network: Cast, round_: Circulation
    ) -> None:
        submitted = answer(network, round_, "aldermere", {0: "support"})
        come(network, mail(files=[("ours.docx", copy_of(invitation_of(round_, "aldermere")))]))
        submitted.refresh_from_db()
        assert submitted.state == "submitted"
        assert Return.objects.get(state="draft").answers.count() == 2

    def test_the_office_may_make_it_its_own(self, network: Cast, round_: Circulation) -> None:
        come(network, mail(files=[("ours.docx", copy_of(invitation_of(round_, "aldermere")))]))
        ret = actions.begin_return(network.actor("member_officer"), invitation=invitation_of(round_, "aldermere"))
        assert (ret.channel, ret.filed_for_office) == ("mail", False)


ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<a/>")
OLD_WORD = compound({"WordDocument": b"\0" * 5000})
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
PGP = "-----BEGIN PGP MESSAGE-----\n\nhQEMA0000000000000000\n-----END PGP MESSAGE-----\n"
SHARE = "Our answer is here: https://aldermere.sharepoint.com/:w:/s/mayor/Eabcdefgh?e=4aBcDe"

WAITING: dict[str, tuple[Kind, dict[str, Any]]] = {
    "words alone": (Kind.WORDS, {"text": "We are content."}),
    "a link to a cloud file": (Kind.LINK, {"text": SHARE}),
    "an old Word file": (Kind.WORD_OLD, {"files": [("ours.doc", OLD_WORD)]}),
    "a LibreOffice file": (Kind.ODT, {"files": [("ours.odt", ODT)]}),
    "an RTF file": (Kind.RTF, {"files": [("ours.rtf", rb"{\rtf1 hello}")]}),
    "a PDF": (Kind.PDF, {"files": [("ours.pdf", b"%PDF-1.4\n%%EOF")]}),
    "a scan": (Kind.PICTURE, {"files": [("scan.png", PNG)]}),
    "a file of another kind": (Kind.FILE, {"files": [("ours.xyz", b"1234")]}),
    "an encrypted mail": (Kind.CLOSED, {"text": PGP}),
}


class TestTray:
    @pytest.mark.parametrize("what", WAITING)
    def test_what_waits_and_as_what(self, network: Cast, round_: Circulation, what: str) -> None:
        kind, more = WAITING[what]
        message = come(network, mail(to=tagged(invitation_of(round_, "aldermere")), **more))
        assert (message.kind, message.state) == (kind, Standing.WAITING)
        assert message.about == "Bus franchising: Aldermere"
        assert not Return.objects.exists()

    def test_a_zip_of_two_lists_both(self, network: Cast, round_: Circulation) -> None:
        data = copy_of(invitation_of(round_, "aldermere"))
        message = come(network, mail(files=[("all.zip", zipped(one_docx=data, two_docx=data))]))
        assert message.kind == Kind.ZIP
        assert [(f.name, f.within) for f in message.files.all()] == [
            ("all.zip", ""),
            ("one.docx", "all.zip"),
            ("two.docx", "all.zip"),
        ]

    def test_two_word_files(self, network: Cast, round_: Circulation) -> None:
        data = copy_of(invitation_of(round_, "aldermere"))
        message = come(network, mail(files=[("one.docx", data), ("two.docx", data)]))
        assert message.kind == Kind.SEVERAL

    def test_another_offices_copy(self, network: Cast, round_: Circulation) -> None:
        data = copy_of(invitation_of(round_, "harrowmoor"))
        message = come(network, mail(to=tagged(invitation_of(round_, "aldermere")), files=[("x.docx", data)]))
        assert message.kind == Kind.WRONG_COPY
        assert message.reasons[-1] == "The Word file is the copy of Harrowmoor."
        assert not Return.objects.exists()

    @pytest.mark.parametrize("how", ["closing time", "closed"])
    def test_late(self, network: Cast, round_: Circulation, how: str) -> None:
        invitation = invitation_of(round_, "aldermere")
        data = mail(to=tagged(invitation), files=[("x.docx", copy_of(invitation))])
        if how == "closed":
            close(network, round_)
        message = come(network, data, now=AFTER_CLOSING)
        assert message.kind == Kind.LATE
        assert not Return.objects.exists()

    def test_a_damaged_word_file_leaves_no_half_answer(self, network: Cast, round_: Circulation) -> None:
        data = without_its_text(copy_of(invitation_of(round_, "aldermere")))
        message = come(network, mail(to=tagged(invitation_of(round_, "aldermere")), files=[("x.docx", data)]))
        assert (message.kind, message.state) == (Kind.UNREADABLE_WORD, Standing.WAITING)
        assert not Return.objects.exists()

    def test_two_circulations(self, network: Cast, round_: Circulation) -> None:
        other = circulate(network, draft(network, title="Rail fares"))
        named = f"{tagged(invitation_of(round_, 'aldermere'))}, {tagged(invitation_of(other, 'aldermere'))}"
        message = come(network, mail(to=named))
        assert (message.kind, message.about_id) == (Kind.TWO_ROUNDS, None)
        assert [reason.partition(":")[0] for reason in message.reasons] == ["Bus franchising", "Rail fares"]

    def test_a_sender_with_two_open_rounds_and_no_mark_waits(self, network: Cast, round_: Circulation) -> None:
        circulate(network, draft(network, title="Rail fares"))
        assert come(network, mail()).kind == Kind.TWO_ROUNDS

    def test_a_sender_whom_nobody_asked(self, network: Cast) -> None:
        assert come(network, mail()).kind == Kind.NO_ROUND

    def test_a_stranger_without_any_mark(self, network: Cast, round_: Circulation) -> None:
        message = come(network, mail(sender="x@elsewhere.example"))
        assert (message.kind, message.about) == (Kind.STRANGER, "")


class TestForgery:
    """Whoever holds a token or knows an address gets no further than the tray."""

    @pytest.mark.parametrize(
        ("sender", "kind"),
        [
            ("Maya Osei <maya.osei@evil.example>", Kind.STRANGER),
            ("maya.osei@folkmoot.invalid <x@evil.example>", Kind.STRANGER),
            (TESS, Kind.OTHER_PERSON),
            ("Owen Lark <owen.lark@folkmoot.invalid>", Kind.OTHER_PERSON),
        ],
    )
    def test_a_token_in_other_hands_files_nothing(
        self, network: Cast, round_: Circulation, sender: str, kind: Kind
    ) -> None:
        invitation = invitation_of(round_, "aldermere")
        network.other_officer.__class__.objects.filter(pk=network.other_officer.pk).update(
            email="tess.quill@folkmoot.invalid"
        )
        round_.invitations.filter(office="harrowmoor").delete()
        message = come(network, mail(sender=sender, to=tagged(invitation), files=[("x.docx", copy_of(invitation))]))
        assert (message.kind, message.state) == (kind, Standing.WAITING)
        assert not Return.objects.exists()

    def test_somebody_who_left_the_office_is_nobody(self, network: Cast, round_: Circulation) -> None:
        invitation = invitation_of(round_, "aldermere")
        network.member_officer.is_active = False
        network.member_officer.save()
        message = come(network, mail(to=tagged(invitation), files=[("x.docx", copy_of(invitation))]))
        assert message.kind == Kind.STRANGER

    def test_the_trail_names_the_worker_and_not_the_person(self, network: Cast, round_: Circulation) -> None:
        come(network, mail(files=[("x.docx", copy_of(invitation_of(round_, "aldermere")))]))
        assert AuditEntry.objects.get(verb="return.came-by-mail").account_id is None


class TestMachines:
    def sent(self, cast: Cast) -> OutboxMessage:
        return OutboxMessage.objects.get(to_address=cast.member_officer.email)

    def test_an_automatic_reply_is_noted_at_the_office_and_never_answered(
        self, network: Cast, round_: Circulation
    ) -> None:
        data = mail(
            "Automatic reply: Bus franchising",
            "I am away until Monday.",
            Auto_Submitted="auto-replied",
            In_Reply_To=self.sent(network).message_id,
        )
        before = OutboxMessage.objects.count()
        message = come(network, data)
        assert (message.kind, message.state) == (Kind.AUTO_REPLY, Standing.FILED)
        assert message.about_id == invitation_of(round_, "aldermere").pk
        assert message.outcome == "Automatic reply: Bus franchising I am away until Monday."
        assert OutboxMessage.objects.count() == before
        with pytest.raises(Conflict, match="machine"):
            tray.ask_sender(network.actor("coordinator"), message=message)

    def test_an_automatic_reply_with_our_own_file_is_no_return(self, network: Cast, round_: Circulation) -> None:
        invitation = invitation_of(round_, "aldermere")
        data = mail(to=tagged(invitation), files=[("x.docx", copy_of(invitation))], Auto_Submitted="auto-replied")
        assert come(network, data).kind == Kind.AUTO_REPLY
        assert not Return.objects.exists()

    @pytest.mark.parametrize(
        ("status", "action", "words", "returned"),
        [
            ("5.1.1", "failed", "The mail to {to} came back: there is no such mailbox.", True),
            ("5.2.2", "failed", "The mail to {to} came back: the mailbox is full or closed.", True),
            ("4.4.1", "delayed", "The mail to {to} is delayed: the other mail server cannot be reached.", False),
        ],
    )
    def test_a_bounce_marks_the_mail_that_came_back(
        self, network: Cast, round_: Circulation, status: str, action: str, words: str, returned: bool
    ) -> None:
        ours = self.sent(network)
        message = come(network, bounce(ours.message_id, ours.to_address, status, action))
        ours.refresh_from_db()
        assert (message.kind, message.state) == (Kind.BOUNCE, Standing.WAITING if returned else Standing.FILED)
        assert message.outcome.startswith(words.format(to=ours.to_address))
        assert (ours.returned_at is not None, bool(ours.returned_why)) == (returned, returned)
        assert message.about_id == invitation_of(round_, "aldermere").pk

    def test_a_newsletter_asks_nobody_for_anything(self, network: Cast, round_: Circulation) -> None:
        data = mail("News", List_Id="<news.example.org>", List_Unsubscribe="<https://example.org/x>")
        assert (come(network, data).kind, InboxMessage.objects.get().state) == (Kind.LIST, Standing.FILED)


class TestWho:
    def test_a_mail_about_a_sensitive_position_is_sensitive(self, network: Cast) -> None:
        round_ = circulate(network, draft(network, handling=Handling.OFFICIAL_SENSITIVE))
        message = come(network, mail(to=tagged(invitation_of(round_, "aldermere"))))
        assert message.handling == Handling.OFFICIAL_SENSITIVE

    def test_the_mark_in_the_subject_is_enough(self, network: Cast) -> None:
        assert come(network, mail("OFFICIAL-SENSITIVE: our view")).handling == Handling.OFFICIAL_SENSITIVE

    def test_the_mail_about_a_private_position_is_for_its_people(self, network: Cast, round_: Circulation) -> None:
        Position.objects.update(audience=Audience.PRIVATE)
        list_on(round_.position, f"account:{network.head.pk}")
        message = come(network, mail(to=tagged(invitation_of(round_, "aldermere"))))
        assert message.audience == Audience.PRIVATE
        seen = InboxMessage.objects.visible_to
        assert seen(network.actor("head")).exists()
        for part in ("coordinator", "deputy", "member_officer", "mayor", "administrator"):
            assert not seen(network.actor(part)).exists(), part


class TestAnswersToOurMail:
    """What no round knows, and what answers a mail of ours, is kept as that one was."""

    def reply_to(self, cast: Cast, **more: Any) -> InboxMessage:
        ours = queue(
            cast.actor("head"), to=("Gus Hale", "gus@elsewhere.example"), subject="Dates", body="When?", **more
        )
        return come(cast, mail(sender="Gus Hale <gus@elsewhere.example>", In_Reply_To=ours.message_id))

    def test_the_answer_to_a_sensitive_mail_is_sensitive(self, network: Cast) -> None:
        assert self.reply_to(network, handling=Handling.OFFICIAL_SENSITIVE).handling == Handling.OFFICIAL_SENSITIVE

    def test_the_answer_to_a_private_mail_is_for_its_people(self, network: Cast) -> None:
        keys = (f"account:{network.head.pk}", "org:aldermere")
        about = About("A private matter", "access.account", network.head.pk, Audience.PRIVATE, keys)
        message = self.reply_to(network, about=about)
        assert message.audience == Audience.PRIVATE
        readers = [part for part in PARTS if InboxMessage.objects.visible_to(network.actor(part)).exists()]
        assert readers == ["head"]

    def test_a_worker_that_comes_late_undoes_nothing(self, network: Cast) -> None:
        """Two workers take up the same mail; a person has moved it before the second one is done."""
        message, _ = keep(worker(MOMENT), data=mail(), source="imap")
        stale = InboxMessage.objects.get(pk=message.pk)
        sort(worker(MOMENT), message=message)
        tray.set_aside(network.actor("coordinator"), message=message, why="Known by telephone.")

        sort(worker(MOMENT), message=stale)

        message.refresh_from_db()
        assert (message.state, message.outcome) == (Standing.ASIDE, "Known by telephone.")


class TestByHand:
    def waiting(self, cast: Cast, round_: Circulation, **more: Any) -> InboxMessage:
        return come(cast, mail(to=tagged(invitation_of(round_, "aldermere")), **more))

    def keys(self, round_: Circulation) -> list[str]:
        return list(round_.version.clause_texts.order_by("place").values_list("clause__key", flat=True))

    def test_words_become_a_stance_with_the_words_as_evidence(self, network: Cast, round_: Circulation) -> None:
        message = self.waiting(network, round_, text="We are content.")
        ret = by_mail.words_to_stance(
            network.actor("coordinator"),
            message=message,
            invitation=invitation_of(round_, "aldermere"),
            stance="support",
            clauses=self.keys(round_),
            words="We are content.",
        )
        assert (ret.channel, ret.state, ret.answers.count()) == ("mail", "draft", len(self.keys(round_)))
        assert set(ret.answers.values_list("stance", "reason")) == {("support", "We are content.")}
        message.refresh_from_db()
        assert (message.state, message.made_id, message.sorted_by) == (Standing.FILED, ret.pk, network.coordinator)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"clauses": []}, "at least one clause"),
            ({"clauses": ["nonsense"]}, "not in the circulated text"),
            ({"stance": ""}, "Choose the stance"),
            ({"stance": "maybe"}, "choose one of the answers"),
            ({"stance": "object", "words": " "}, "give the reason"),
        ],
    )
    def test_wrong_words(self, network: Cast, round_: Circulation, changes: dict[str, Any], words: str) -> None:
        message = self.waiting(network, round_)
        given = {"stance": "support", "clauses": self.keys(round_), "words": "", **changes}
        with pytest.raises(Invalid, match=words):
            by_mail.words_to_stance(
                network.actor("coordinator"),
                message=message,
                invitation=invitation_of(round_, "aldermere"),
                **given,
            )
        assert not Return.objects.exists()
        message.refresh_from_db()
        assert message.state == Standing.WAITING

    def test_a_file_of_the_zip_is_filed_and_taken_back(self, network: Cast, round_: Circulation) -> None:
        invitation = invitation_of(round_, "aldermere")
        data = copy_of(invitation)
        message = self.waiting(network, round_, files=[("all.zip", zipped(one_docx=data, two_docx=b"no"))])
        actor = network.actor("coordinator")
        ret = by_mail.file_word(actor, message=message, invitation=invitation, name="one.docx", data=data)
        assert (ret.channel, ret.status) == ("mail", "tracked")

        tray.put_back(actor, message=message)
        message.refresh_from_db()
        assert (message.state, message.made_id) == (Standing.WAITING, None)
        assert not Return.objects.exists()

    def test_what_was_submitted_is_not_taken_back_silently(self, network: Cast, round_: Circulation) -> None:
        message = come(network, mail(files=[("x.docx", copy_of(invitation_of(round_, "aldermere")))]))
        actor = network.actor("coordinator")
        ret = Return.objects.get()
        actions.submit_return(actor, ret=ret, whose_view="mayor", cleared_by="Gwen Tarrant")
        with pytest.raises(Conflict, match="Withdraw it"):
            tray.put_back(actor, message=message)
        actions.withdraw_return(actor, ret=ret)
        tray.put_back(actor, message=message)
        assert Return.objects.get().state == "withdrawn"

    def test_filing_twice_is_told(self, network: Cast, round_: Circulation) -> None:
        invitation = invitation_of(round_, "aldermere")
        message = self.waiting(network, round_)
        actor = network.actor("coordinator")
        given: dict[str, Any] = {"stance": "support", "clauses": self.keys(round_), "words": ""}
        by_mail.words_to_stance(actor, message=message, invitation=invitation, **given)
        with pytest.raises(Conflict, match="in preparation"):
            by_mail.words_to_stance(actor, message=message, invitation=invitation, **given)

    def test_what_was_filed_for_one_office_is_not_filed_for_another(self, network: Cast, round_: Circulation) -> None:
        message, actor = self.waiting(network, round_), network.actor("coordinator")
        given: dict[str, Any] = {"stance": "support", "clauses": self.keys(round_), "words": ""}
        by_mail.words_to_stance(actor, message=message, invitation=invitation_of(round_, "aldermere"), **given)
        with pytest.raises(Conflict, match=r"filed already\. Prepared as the answer of Aldermere"):
            by_mail.words_to_stance(actor, message=message, invitation=invitation_of(round_, "harrowmoor"), **given)
        assert Return.objects.get().invitation.office == "aldermere"

    @pytest.mark.parametrize("part", ["mayor", "member_officer", "guest", "administrator", "stranger"])
    def test_nobody_else_sorts(self, network: Cast, round_: Circulation, part: str) -> None:
        message, actor = self.waiting(network, round_), network.actor(part)
        invitation = invitation_of(round_, "aldermere")
        given: dict[str, Any] = {"stance": "support", "clauses": self.keys(round_), "words": ""}
        for attempt in (
            lambda: by_mail.words_to_stance(actor, message=message, invitation=invitation, **given),
            lambda: by_mail.file_word(actor, message=message, invitation=invitation, name="x.docx", data=b""),
            lambda: tray.set_aside(actor, message=message, why="x"),
            lambda: tray.put_back(actor, message=message),
            lambda: tray.ask_sender(actor, message=message),
            lambda: tray.add_by_hand(actor, name="x.eml", data=b""),
        ):
            with pytest.raises(Refused):
                attempt()

    def test_the_sender_is_asked_once_at_the_address_that_tells_whose_it_is(
        self, network: Cast, round_: Circulation
    ) -> None:
        ours = OutboxMessage.objects.get(to_address=network.member_officer.email)
        message = self.waiting(network, round_, files=[("x.pdf", b"%PDF-1.4\n%%EOF")], In_Reply_To=ours.message_id)
        sent = tray.ask_sender(network.actor("coordinator"), message=message)
        assert (sent.to_address, sent.subject) == ("maya.osei@folkmoot.invalid", "Re: Our answer")
        assert "send the Word file" in sent.body
        assert sent.reply_tag == invitation_of(round_, "aldermere").token
        with pytest.raises(Conflict, match="already"):
            tray.ask_sender(network.actor("coordinator"), message=message)

    def test_what_a_machine_wrote_is_never_asked_whatever_it_looks_like(
        self, network: Cast, round_: Circulation
    ) -> None:
        message = come(network, mail(files=[("ours.pdf", b"%PDF-1.4\n%%EOF")]))
        InboxMessage.objects.update(nature="auto-reply")
        with pytest.raises(Conflict, match="A machine wrote this mail"):
            tray.ask_sender(network.actor("coordinator"), message=message)

    def test_nothing_is_set_aside_without_a_word_why(self, network: Cast) -> None:
        message = come(network, mail())
        with pytest.raises(Invalid, match="Say in a few words why"):
            tray.set_aside(network.actor("coordinator"), message=message, why=" ")

    def test_a_mail_without_a_sender_asks_nobody(self, network: Cast, round_: Circulation) -> None:
        message = come(network, mail(sender="", text=PGP))
        assert (message.kind, message.from_address) == (Kind.CLOSED, "")
        with pytest.raises(Conflict, match="names no sender"):
            tray.ask_sender(network.actor("coordinator"), message=message)

    def test_a_saved_mail_goes_the_same_way_and_is_known_again(self, network: Cast, round_: Circulation) -> None:
        data = mail(files=[("x.docx", copy_of(invitation_of(round_, "aldermere")))])
        actor = network.actor("coordinator", now=MOMENT + timedelta(minutes=1))
        message, new = tray.add_by_hand(actor, name="Answer.eml", data=data)
        assert (new, message.kind, message.source) == (True, Kind.RETURN, "upload")
        again, new = tray.add_by_hand(actor, name="Other name.eml", data=data)
        assert (new, again.pk) == (False, message.pk)

    @pytest.mark.parametrize("name", ["x.docx", "x", "x.eml.exe"])
    def test_what_is_no_saved_mail(self, network: Cast, name: str) -> None:
        with pytest.raises(Invalid, match="is not a saved mail"):
            tray.add_by_hand(network.actor("coordinator"), name=name, data=b"x")
