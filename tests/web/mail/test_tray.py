"""The pages of the mail that came in: what they say, what a person can do there, and that nobody else gets in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import ASKS, WHAT_TO_DO, Kind, Standing
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from folkmoot.apps.positions.actions import begin_return, withdraw
from folkmoot.apps.positions.models import Circulation, Return
from tests.apps.mail.letters import bounce, mail
from tests.apps.positions.conftest import read_here
from tests.apps.positions.test_by_mail import WAITING, tagged, zipped
from tests.cast import MOMENT, Cast
from tests.positions_world import circulate, close, draft, fill_register, invitation_of, marked_up

__all__ = ["read_here"]
pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def round_(cast: Cast) -> Circulation:
    fill_register()
    return circulate(cast, draft(cast))


def come(data: bytes) -> InboxMessage:
    message, _ = keep(worker(MOMENT), data=data, source="imap")
    return sort(worker(MOMENT), message=message)


def page(client: Any, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_every_kind_has_a_sentence_and_only_persons_are_asked() -> None:
    assert set(WHAT_TO_DO) == set(Kind)
    assert not set(ASKS) & {Kind.AUTO_REPLY, Kind.BOUNCE, Kind.LIST, Kind.CALENDAR}


class TestTray:
    def test_it_says_of_each_mail_what_it_is_and_what_to_do(self, round_: Circulation, sign_in_as: Any) -> None:
        come(mail("Content", "We are content."))
        shown = page(sign_in_as("coordinator"), "mail_in")
        for words in ("Maya Osei", "Content", "Bus franchising: Aldermere", "An answer in words", "Turn the words"):
            assert words in shown
        assert "Waits for you (1)" in shown

    def test_each_wrong_input_stands_there_with_what_to_do(self, round_: Circulation, sign_in_as: Any) -> None:
        """A mail without attachment, a link to a cloud file, .doc, .odt, PDF, a scan, a zip of two, and their like."""
        invitation = invitation_of(round_, "aldermere")
        ours = content(invitation.package)
        zips = {"a zip of two": (Kind.ZIP, {"files": [("all.zip", zipped(one_docx=ours, two_docx=ours))]})}
        for what, (_kind, more) in (WAITING | zips).items():
            come(mail(subject=what, to=tagged(invitation), **more))
        sent = OutboxMessage.objects.filter(about_record="positions.circulation").first()
        assert sent is not None
        come(bounce(sent.message_id, sent.to_address))
        come(mail("Automatic reply: buses", "I am away.", Auto_Submitted="auto-replied", In_Reply_To=sent.message_id))

        rows = LexborHTMLParser(page(sign_in_as("coordinator"), "mail_in")).css("tbody tr")
        told = {row.css("a")[0].text(): " ".join(row.text().split()) for row in rows}

        expected = {what: kind for what, (kind, _more) in (WAITING | zips).items()}
        expected["Undelivered Mail Returned to Sender"] = Kind.BOUNCE
        assert told.keys() == expected.keys()
        for what, kind in expected.items():
            assert f"{kind.label}{WHAT_TO_DO[kind]}" in told[what]
        assert "I am away." in page(sign_in_as("coordinator"), "mail_in", state="filed")

    def test_an_empty_tray(self, sign_in_as: Any) -> None:
        shown = page(sign_in_as("head"), "mail_in")
        assert "No mail came in yet." in shown
        assert "No mailbox is fetched here." in shown

    def test_filters_and_tabs(self, round_: Circulation, sign_in_as: Any) -> None:
        come(mail("Content", "We are content."))
        client = sign_in_as("head")
        assert "No mail fits this filter." in page(client, "mail_in", words="unicorn")
        assert "No mail fits this filter." in page(client, "mail_in", kind="pdf")
        assert "We are" not in page(client, "mail_in", state="filed")
        assert "No mail was filed yet." in page(client, "mail_in", state="filed")
        assert ">Content</a>" in page(client, "mail_in", kind="words", words="content")

    def test_fifty_a_page_and_a_fixed_number_of_questions(self, cast: Cast, sign_in_as: Any) -> None:
        client = sign_in_as("head")

        def questions() -> int:
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("mail_in"))
            return len(asked)

        come(mail("Letter 00"))
        of_one = questions()
        for number in range(1, 51):
            come(mail(f"Letter {number:02}"))
        assert questions() == of_one
        first = page(client, "mail_in", sort="subject")
        assert first.count("data-item") == 50
        assert "Letter 50" not in first
        assert "Letter 50" in page(client, "mail_in", sort="subject", page="2")

    def test_the_home_page_counts_what_waits(self, round_: Circulation, sign_in_as: Any) -> None:
        come(mail("Content", "We are content."))
        assert "1 mail in the tray" in page(sign_in_as("coordinator"), "home")
        assert "in the tray" not in page(sign_in_as("mayor"), "home")

    def test_nobody_else_has_a_tray(self, round_: Circulation, sign_in_as: Any) -> None:
        message = come(mail("Content", "We are content."))
        for part in ("mayor", "member_officer", "other_mayor", "guest", "administrator"):
            client = sign_in_as(part)
            assert client.get(reverse("mail_in")).status_code == 403
            assert client.get(reverse("mail_in_message", args=[message.key])).status_code == 404


class TestMessage:
    def test_words_reasons_files_and_steps(self, round_: Circulation, sign_in_as: Any) -> None:
        to = f"network+{invitation_of(round_, 'aldermere').token}@example.org"
        message = come(mail("Content", "We are content.\n\n> Please answer.", to=to, files=[("n.pdf", b"%PDF-1.4")]))
        shown = page(sign_in_as("coordinator"), "mail_in_message", message.key)
        for words in (
            "We are content.",
            "What it quotes",
            "It came to the address that our mails to Aldermere give.",
            "n.pdf",
            "File its Word file",
            "Turn its words into a stance",
            "Ask the sender for it",
        ):
            assert words in shown
        file = sign_in_as("coordinator").get(reverse("mail_in_file", args=[message.key, 0]))
        assert file.content == b"%PDF-1.4"
        raw = sign_in_as("coordinator").get(reverse("mail_in_raw", args=[message.key]))
        assert raw.content == content(message.raw)
        assert 'filename="Content.eml"' in raw.headers["Content-Disposition"]

    def test_a_link_out_of_the_house_is_written_and_not_linked(self, round_: Circulation, sign_in_as: Any) -> None:
        message = come(mail(text="See https://aldermere.sharepoint.com/:w:/s/m/Eabc?e=1"))
        shown = page(sign_in_as("coordinator"), "mail_in_message", message.key)
        assert "aldermere.sharepoint.com" in shown
        assert 'href="https://aldermere' not in shown

    def test_markup_in_a_mail_is_shown_as_text(self, cast: Cast, sign_in_as: Any) -> None:
        message = come(mail("<script>alert(1)</script>", "<b>bold</b>", sender='"<i>x</i>" <x@elsewhere.example>'))
        shown = page(sign_in_as("coordinator"), "mail_in_message", message.key)
        for markup in ("<script>alert", "<b>bold", "<i>x"):
            assert markup not in shown

    @pytest.mark.requirement("A15")
    def test_reading_a_sensitive_mail_is_in_the_trail(self, cast: Cast, sign_in_as: Any) -> None:
        message = come(mail("OFFICIAL-SENSITIVE: our view"))
        shown = page(sign_in_as("officer"), "mail_in_message", message.key)
        assert "OFFICIAL-SENSITIVE" in shown
        sign_in_as("officer").get(reverse("mail_in_raw", args=[message.key]))
        verbs = AuditEntry.objects.filter(record="mail.inboxmessage", account_id=cast.officer.pk)
        assert list(verbs.order_by("number").values_list("verb", flat=True)) == ["read.page", "read.export"]

    def test_set_aside_and_put_back(self, cast: Cast, sign_in_as: Any) -> None:
        message, client = come(mail("Lunch?")), sign_in_as("coordinator")
        empty = client.post(reverse("mail_in_aside", args=[message.key]), {"why": " "})
        assert empty.status_code == 400
        assert "Say in a few words" in empty.content.decode()
        client.post(reverse("mail_in_aside", args=[message.key]), {"why": "No answer needed."})
        shown = page(client, "mail_in_message", message.key)
        assert "No answer needed." in shown
        assert "Cora Field" in shown
        again = client.post(reverse("mail_in_aside", args=[message.key]), {"why": "Twice"})
        assert again.status_code == 409
        client.post(reverse("mail_in_back", args=[message.key]))
        message.refresh_from_db()
        assert (message.state, message.outcome) == (Standing.WAITING, "")
        assert client.post(reverse("mail_in_back", args=[message.key])).status_code == 409

    def test_asking_writes_one_mail(self, round_: Circulation, sign_in_as: Any) -> None:
        message, client = come(mail(files=[("n.pdf", b"%PDF-1.4")])), sign_in_as("coordinator")
        before = OutboxMessage.objects.count()
        client.post(reverse("mail_in_ask", args=[message.key]))
        assert client.post(reverse("mail_in_ask", args=[message.key])).status_code == 409
        assert OutboxMessage.objects.count() == before + 1
        assert "The sender was asked on" in page(client, "mail_in_message", message.key)


class TestAdding:
    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            (None, b"", "Choose the saved mail first."),
            ("x.eml", b"", "empty"),
            ("x.docx", b"PK", "is not a saved mail"),
        ],
    )
    def test_wrong_files(self, cast: Cast, sign_in_as: Any, name: str | None, data: bytes, words: str) -> None:
        given = {"file": SimpleUploadedFile(name, data)} if name else {}
        response = sign_in_as("coordinator").post(reverse("mail_in_add"), given)
        assert words in response.content.decode()
        assert not InboxMessage.objects.exists()

    def test_a_saved_mail_is_taken_once(self, cast: Cast, sign_in_as: Any) -> None:
        client = sign_in_as("coordinator")
        for words in ("The mail was taken in.", "This mail is here already."):
            upload = SimpleUploadedFile("saved.eml", mail("Saved"))
            response = client.post(reverse("mail_in_add"), {"file": upload}, follow=True)
            assert words in response.content.decode()
        assert InboxMessage.objects.get().source == "upload"

    def test_a_broken_msg_waits_with_a_sentence(self, cast: Cast, sign_in_as: Any) -> None:
        upload = SimpleUploadedFile("saved.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
        response = sign_in_as("coordinator").post(reverse("mail_in_add"), {"file": upload}, follow=True)
        assert "Unreadable" in response.content.decode()


class TestToAnswer:
    def waiting(self, round_: Circulation, **more: Any) -> InboxMessage:
        to = f"network+{invitation_of(round_, 'aldermere').token}@example.org"
        return come(mail(to=to, **more))

    def office(self, round_: Circulation, key: str = "aldermere") -> str:
        return f"{round_.key}:{key}"

    def test_we_are_content_becomes_support_for_all(self, round_: Circulation, sign_in_as: Any) -> None:
        message, client = self.waiting(round_, text="We are content."), sign_in_as("coordinator")
        shown = page(client, "mail_to_stance", message.key)
        assert "The answer of <strong>Aldermere</strong>" in shown
        keys = list(round_.version.clause_texts.values_list("clause__key", flat=True))
        response = client.post(
            reverse("mail_to_stance", args=[message.key]),
            {"stance": "support", "clauses": keys, "words": "We are content."},
        )
        assert response.url == reverse("office_answer", args=[round_.position.key, "aldermere"]) + "#submit"
        answer = page(client, "office_answer", round_.position.key, "aldermere")
        assert "We are content." in answer
        assert set(Return.objects.get().answers.values_list("stance", flat=True)) == {"support"}
        assert client.get(reverse("mail_to_stance", args=[message.key])).status_code == 409

    def test_a_stranger_is_given_an_office_by_a_person(self, round_: Circulation, sign_in_as: Any) -> None:
        message, client = come(mail(sender="x@elsewhere.example")), sign_in_as("coordinator")
        shown = page(client, "mail_to_stance", message.key)
        assert "Whose answer is it?" in shown
        shown = page(client, "mail_to_stance", message.key, office=self.office(round_, "stanwold"))
        assert "The answer of <strong>Stanwold</strong>" in shown

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({}, "Choose the stance"),
            ({"stance": "support"}, "Choose at least one clause."),
            ({"stance": "maybe"}, "Select a valid choice"),
            ({"stance": "support", "clauses": ["nonsense"]}, "Select a valid choice"),
        ],
    )
    def test_wrong_words(self, round_: Circulation, sign_in_as: Any, given: dict[str, Any], words: str) -> None:
        message = self.waiting(round_)
        response = sign_in_as("coordinator").post(reverse("mail_to_stance", args=[message.key]), given)
        assert words in response.content.decode()
        assert not Return.objects.exists()

    def test_an_objection_needs_its_words(self, round_: Circulation, sign_in_as: Any) -> None:
        keys = list(round_.version.clause_texts.values_list("clause__key", flat=True))
        message = self.waiting(round_)
        response = sign_in_as("coordinator").post(
            reverse("mail_to_stance", args=[message.key]), {"stance": "object", "clauses": keys, "words": ""}
        )
        assert "give the reason" in response.content.decode()
        assert not Return.objects.exists()

    def test_one_of_two_word_files(self, round_: Circulation, sign_in_as: Any) -> None:
        invitation = invitation_of(round_, "aldermere")
        data = marked_up(content(invitation.package), [("at least three years", "at least five years")], author="M")
        message = self.waiting(round_, files=[("one.docx", data), ("two.docx", data)])
        client = sign_in_as("coordinator")
        assert "two.docx" in page(client, "mail_to_word", message.key)
        response = client.post(
            reverse("mail_to_word", args=[message.key]), {"office": self.office(round_), "file": "1"}, follow=True
        )
        assert "two.docx is kept." in response.content.decode()
        assert Return.objects.get().status == "tracked"
        assert "Came by mail, to confirm" in page(client, "offices", round_.position.key)
        assert "answer of Aldermere came by mail" in page(client, "home")

        client.post(reverse("mail_in_back", args=[message.key]))
        assert not Return.objects.exists()

    def test_a_doc_saved_as_docx_is_added(self, round_: Circulation, sign_in_as: Any) -> None:
        message = self.waiting(round_)
        upload = SimpleUploadedFile("saved.docx", content(invitation_of(round_, "aldermere").package))
        sign_in_as("coordinator").post(
            reverse("mail_to_word", args=[message.key]),
            {"office": self.office(round_), "file": "other", "upload": upload},
        )
        assert Return.objects.get().channel == "mail"

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({}, "Choose the office"),
            ({"office": "nonsense", "file": "other"}, "Select a valid choice"),
            ({"office": "OURS"}, "Choose the file"),
            ({"office": "OURS", "file": "99"}, "Select a valid choice"),
            ({"office": "OURS", "file": "other"}, "Choose the Word file that you saved."),
        ],
    )
    def test_wrong_files(self, round_: Circulation, sign_in_as: Any, given: dict[str, str], words: str) -> None:
        message = self.waiting(round_)
        filled = {key: self.office(round_) if value == "OURS" else value for key, value in given.items()}
        response = sign_in_as("coordinator").post(reverse("mail_to_word", args=[message.key]), filled)
        assert words in response.content.decode()
        assert not Return.objects.exists()

    @pytest.mark.parametrize("name", ["mail_to_word", "mail_to_stance"])
    def test_no_open_round(self, cast: Cast, sign_in_as: Any, name: str) -> None:
        message = come(mail(sender="x@elsewhere.example"))
        assert "No circulation is open" in page(sign_in_as("coordinator"), name, message.key)


class TestLate:
    """A mail after closing: what the page says, and that it is filed later or late, with the reason."""

    WHY = "The line was down all Friday."

    @pytest.fixture
    def late(self, round_: Circulation, cast: Cast) -> InboxMessage:
        close(cast, round_, now=MOMENT)
        to = f"network+{invitation_of(round_, 'aldermere').token}@example.org"
        data = content(invitation_of(round_, "aldermere").package)
        return come(mail(text="We are content.", to=to, files=[("x.docx", data)]))

    def test_the_page_says_what_can_be_done(self, late: InboxMessage, sign_in_as: Any) -> None:
        shown = page(sign_in_as("coordinator"), "mail_in_message", late.key)
        assert "After closing" in shown
        assert "It can be taken late into its own round, with the reason" in shown
        late.nature = "auto-reply"
        late.save()
        assert "taken late" not in page(sign_in_as("coordinator"), "mail_in_message", late.key)

    def test_words_with_the_reason(self, late: InboxMessage, round_: Circulation, sign_in_as: Any) -> None:
        client, address = sign_in_as("coordinator"), reverse("mail_to_stance", args=[late.key])
        shown = page(client, "mail_to_stance", late.key)
        assert "The answer of <strong>Aldermere</strong>" in shown
        assert "taken late" in shown
        keys = list(round_.version.clause_texts.values_list("clause__key", flat=True))
        given = {"stance": "support", "clauses": keys, "words": "We are content."}
        assert "Say why its answer is taken all the same." in client.post(address, given).content.decode()
        assert not Return.objects.exists()
        answer = client.post(address, {**given, "late_because": self.WHY}, follow=True).content.decode()
        assert f"Taken after closing because:</strong> {self.WHY}" in answer
        assert "This answer is taken late." in answer
        submit = reverse("office_answer_submit", args=[round_.position.key, "aldermere"])
        done = client.post(submit, {"whose_view": "officer", "cleared_by": "Maya Osei"}, follow=True)
        assert "replace it as long as the text is open" in done.content.decode()
        assert f"Taken after closing: {self.WHY}" in page(client, "offices", round_.position.key)
        assert self.WHY in page(sign_in_as("member_officer"), "answer", round_.position.key)

    @pytest.mark.parametrize(
        ("why", "said"), [("", "Say why its answer is taken"), (" ", "Say why its answer is taken"), ("x" * 201, "200")]
    )
    def test_a_file_without_a_usable_reason(
        self, late: InboxMessage, round_: Circulation, sign_in_as: Any, why: str, said: str
    ) -> None:
        given = {"office": f"{round_.key}:aldermere", "file": "0", "late_because": why}
        response = sign_in_as("coordinator").post(reverse("mail_to_word", args=[late.key]), given)
        assert said in response.content.decode()
        assert not Return.objects.exists()

    def test_its_file_with_the_reason(self, late: InboxMessage, round_: Circulation, sign_in_as: Any) -> None:
        client = sign_in_as("coordinator")
        assert "The round is over: a late answer" in page(client, "mail_to_word", late.key)
        given = {"office": f"{round_.key}:aldermere", "file": "0", "late_because": self.WHY}
        client.post(reverse("mail_to_word", args=[late.key]), given)
        assert Return.objects.get().late_because == self.WHY
        assert f"because: {self.WHY}" in page(client, "mail_in_message", late.key)
        assert "answer of Aldermere came by mail" in page(client, "home")

    @pytest.mark.parametrize(("choice", "state"), [("keep", "aside"), ("replace", "superseded")])
    @pytest.mark.parametrize("door", ["mail_to_stance", "mail_to_word"])
    def test_beside_an_answer_that_the_office_began(
        self, round_: Circulation, cast: Cast, sign_in_as: Any, door: str, choice: str, state: str
    ) -> None:
        begun = begin_return(cast.actor("member_officer"), invitation=invitation_of(round_, "aldermere"))
        close(cast, round_, now=MOMENT)
        to = f"network+{invitation_of(round_, 'aldermere').token}@example.org"
        late = come(mail(text="We are content.", to=to, files=[("x.docx", content(begun.invitation.package))]))
        client, address = sign_in_as("coordinator"), reverse(door, args=[late.key])
        assert "What becomes of that one?" in page(client, door, late.key)
        keys = list(round_.version.clause_texts.values_list("clause__key", flat=True))
        given = {"stance": "support", "clauses": keys, "office": f"{round_.key}:aldermere", "file": "0"}

        refused = client.post(address, given | {"late_because": self.WHY}).content.decode()
        assert "Say what becomes of the answer that was begun for this office." in refused
        client.post(address, given | {"late_because": self.WHY, "begun": choice})

        begun.refresh_from_db()
        assert begun.state == state
        assert Return.objects.get(late_because=self.WHY).state == "draft"
        late.refresh_from_db()
        assert late.state == Standing.FILED

    def test_where_nothing_was_begun_nothing_is_asked(self, late: InboxMessage, sign_in_as: Any) -> None:
        for door in ("mail_to_stance", "mail_to_word"):
            assert "What becomes of that one?" not in page(sign_in_as("coordinator"), door, late.key)

    def test_a_text_that_is_closed_takes_nothing(
        self, late: InboxMessage, round_: Circulation, cast: Cast, sign_in_as: Any
    ) -> None:
        withdraw(cast.actor("head"), position=round_.position, reason="Overtaken.")
        client = sign_in_as("coordinator")
        shown = page(client, "mail_in_message", late.key)
        assert "It cannot be taken into the round that is over. The position is “withdrawn”" in shown
        assert "No circulation is open or can take a late answer" in page(client, "mail_to_word", late.key)

    def test_what_came_in_time_and_was_not_confirmed_is_on_the_home_page(
        self, round_: Circulation, cast: Cast, sign_in_as: Any
    ) -> None:
        data = content(invitation_of(round_, "aldermere").package)
        come(mail(files=[("x.docx", data)]))
        close(cast, round_, now=MOMENT)
        shown = page(sign_in_as("coordinator"), "home")
        assert "answer of Aldermere was not confirmed before closing" in shown
        assert "was not confirmed" not in page(sign_in_as("mayor"), "home")


class TestOfficesPage:
    def test_who_is_away_and_what_came_back(self, round_: Circulation, cast: Cast, sign_in_as: Any) -> None:
        ours = OutboxMessage.objects.get(to_address=cast.member_officer.email)
        come(mail("Out of office", "Back on Monday.", Auto_Submitted="auto-replied", In_Reply_To=ours.message_id))
        come(bounce(ours.message_id, ours.to_address))
        shown = page(sign_in_as("coordinator"), "offices", round_.position.key)
        assert "Back on Monday." in shown
        assert "there is no such mailbox" in shown
        assert "It came back on" in page(sign_in_as("coordinator"), "mail_message", ours.key)
        assert "came back" in page(sign_in_as("coordinator"), "mail")

    @pytest.mark.parametrize("part", ["mayor", "member_officer", "other_mayor", "third_officer"])
    def test_a_members_mail_is_for_the_secretariat_alone(self, round_: Circulation, sign_in_as: Any, part: str) -> None:
        come(mail("Unicorn", "Wyvern is our red line.", to="x@example.org"))
        client = sign_in_as(part)
        names: list[tuple[str, Callable[[], list[str]]]] = [
            ("home", list),
            ("positions", list),
            ("position", lambda: [round_.position.key]),
            ("answer", lambda: [round_.position.key]),
        ]
        for name, arguments in names:
            shown = client.get(reverse(name, args=arguments())).content.decode()
            assert "Unicorn" not in shown
            assert "Wyvern" not in shown
