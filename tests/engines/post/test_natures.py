"""Who wrote: a person, or a machine that must not be answered."""

import pytest

from folkmoot.engines.post import Bounce, Nature, read_mail

from .builders import file_part, mail, many, part, report, with_file, word_file
from .compound import outlook

EXIM = "This message was created automatically by mail delivery software.\n\n  dan@example.org\n    550 5.1.1 No user\n"
QMAIL = "Hi. This is the qmail-send program at example.org.\n\n<dan@example.org>:\nSorry, no mailbox here. (#5.1.1)\n"
DAEMON = "MAILER-DAEMON@example.org"
REQUEST = "text/calendar; method=REQUEST; charset=utf-8"

NATURES = [
    # A person, whatever the words look like.
    ("a plain answer", mail(), Nature.PERSON),
    ("cover is the subject", mail(subject="Re: out of office cover for Tuesday"), Nature.PERSON),
    ("cover without Re", mail(subject="Out of office cover for Tuesday"), Nature.PERSON),
    ("answers an automatic reply", mail(subject="Re: Automatic reply: Draft position"), Nature.PERSON),
    ("forwards a bounce", mail(subject="Fwd: Undeliverable: Draft position"), Nature.PERSON),
    ("writes about undeliverable mail", mail(subject="Undeliverable: what should we do?"), Nature.PERSON),
    ("automatic, with a file", with_file("a.docx", word_file(), subject="Automatic reply: Draft"), Nature.PERSON),
    ("Auto-Submitted: no", mail(auto_submitted="no"), Nature.PERSON),
    ("suppresses replies, but says Re", mail(x_auto_response_suppress="All"), Nature.PERSON),
    ("suppresses replies, but answers", mail(subject="Draft", x_auto_response_suppress="All", in_reply_to="<o@x.org>"),
     Nature.PERSON),
    ("attaches a date", with_file("tea.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "text/calendar"), Nature.PERSON),
    ("priority is no precedence", mail(priority="urgent", x_precedence="bulk"), Nature.PERSON),
    ("postmaster writes himself", mail(**{"from": "postmaster@example.org"}), Nature.PERSON),
    # Machines that answer.
    ("RFC 3834", mail(auto_submitted="auto-replied"), Nature.AUTO_REPLY),
    ("RFC 3834 with a comment", mail(auto_submitted='auto-generated; type="x"'), Nature.AUTO_REPLY),
    ("Exchange", mail(subject="Automatic reply: Draft", x_auto_response_suppress="All"), Nature.AUTO_REPLY),
    ("Exchange's header alone", mail(subject="Thank you", x_auto_response_suppress="DR, All"), Nature.AUTO_REPLY),
    ("cPanel", mail(x_autorespond="yes"), Nature.AUTO_REPLY),
    ("precedence", mail(precedence="auto_reply"), Nature.AUTO_REPLY),
    ("empty return path, with Re", mail(return_path="<>"), Nature.AUTO_REPLY),
    ("empty return path", mail(return_path="<>", subject="Thank you for writing"), Nature.AUTO_REPLY),
    ("away, in English", mail(subject="Out of Office: back on Monday"), Nature.AUTO_REPLY),
    ("away, bare", mail(subject="Out of office"), Nature.AUTO_REPLY),
    ("in German", mail(subject="Automatische Antwort: Entwurf"), Nature.AUTO_REPLY),
    ("in French", mail(subject="=?utf-8?Q?R=C3=A9ponse_automatique_:_projet?="), Nature.AUTO_REPLY),
    ("in Spanish", mail(subject="=?iso-8859-1?Q?Respuesta_autom=E1tica:_borrador?="), Nature.AUTO_REPLY),
    ("in Welsh", mail(subject="Ateb awtomatig: Drafft"), Nature.AUTO_REPLY),
    ("in Dutch", mail(subject="Automatisch antwoord: concept"), Nature.AUTO_REPLY),
    ("a read receipt", many([part("text/plain", "Read.")], "report", more="; report-type=disposition-notification"),
     Nature.AUTO_REPLY),
    ("a delivery receipt", report("delivered", "2.0.0", subject="Delivered"), Nature.AUTO_REPLY),
    ("Outlook's class", outlook({0x1A: "IPM.Note.Rules.OofTemplate.Microsoft", 0x37: "Away"}), Nature.AUTO_REPLY),
    # Mail that came back.
    ("a report", report("failed", "5.1.1"), Nature.BOUNCE),
    ("a delay", report("delayed", "4.4.1"), Nature.BOUNCE),
    ("a report from anybody", report("failed", "5.1.1", **{"from": "it@example.org"}), Nature.BOUNCE),
    ("Exim", mail(EXIM, subject="Mail delivery failed", x_failed_recipients="dan@example.org"), Nature.BOUNCE),
    ("qmail", mail(QMAIL, subject="failure notice", **{"from": DAEMON}), Nature.BOUNCE),
    ("in words", mail("Sorry", subject="Undeliverable: Draft", **{"from": "postmaster@example.org"}), Nature.BOUNCE),
    ("Outlook's report", outlook({0x1A: "REPORT.IPM.Note.NDR", 0x37: "Undeliverable: Draft"}), Nature.BOUNCE),
    # Lists and dates.
    ("a list", mail(list_id="<news.example.org>"), Nature.LIST),
    ("bulk", mail(precedence="bulk"), Nature.LIST),
    ("a newsletter", mail(list_unsubscribe="<mailto:off@example.org>"), Nature.LIST),
    ("invitation", many([part("text/plain", "Meet"), part(REQUEST, "BEGIN:VCALENDAR")]), Nature.CALENDAR),
    ("Outlook's invitation", outlook({0x1A: "IPM.Schedule.Meeting.Request", 0x37: "Meet"}), Nature.CALENDAR),
]  # fmt: skip


@pytest.mark.parametrize(("data", "nature"), [case[1:] for case in NATURES], ids=[case[0] for case in NATURES])
def test_nature(data: bytes, nature: Nature) -> None:
    assert read_mail(data).nature is nature


def test_only_a_bounce_says_what_bounced() -> None:
    for name, data, nature in NATURES:
        assert (read_mail(data).bounce is not None) == (nature is Nature.BOUNCE), name


class TestBounce:
    def test_a_report_names_the_person_the_code_and_our_mail(self) -> None:
        found = read_mail(report("failed", "5.1.1")).bounce
        assert found == Bounce("dan@example.org", "5.1.1", True, "<ours-7@example.net>", "550 5.1.1 User unknown")

    def test_a_delay_is_not_the_end(self) -> None:
        found = read_mail(report("delayed", "4.4.1")).bounce
        assert found is not None
        assert (found.status, found.permanent) == ("4.4.1", False)

    def test_what_failed_for_now_is_not_the_end(self) -> None:
        found = read_mail(report("failed", "4.2.2")).bounce
        assert found is not None
        assert not found.permanent

    def test_what_is_lost_goes_before_what_is_late(self) -> None:
        groups = "A: b\n\nFinal-Recipient: rfc822;eve@example.org\nAction: delayed\nStatus: 4.0.0\n\n"
        groups += "Final-Recipient: rfc822;dan@example.org\nAction: failed\nStatus: 5.2.1\n"
        found = read_mail(many([part("message/delivery-status", groups)], "report")).bounce
        assert found is not None
        assert (found.recipient, found.permanent) == ("dan@example.org", True)

    @pytest.mark.parametrize(
        "data",
        [
            mail(EXIM, subject="Mail delivery failed", x_failed_recipients="dan@example.org", in_reply_to="<o@x.net>"),
            mail(QMAIL + "\nMessage-ID: <o@x.net>\n", subject="failure notice", **{"from": DAEMON}),
        ],
        ids=["exim", "qmail"],
    )
    def test_words_without_a_report(self, data: bytes) -> None:
        found = read_mail(data).bounce
        assert found is not None
        assert (found.recipient, found.status, found.permanent) == ("dan@example.org", "5.1.1", True)
        assert found.original_message_id == "<o@x.net>"

    def test_a_returned_mail_is_no_attachment(self) -> None:
        assert read_mail(report("failed", "5.1.1")).attachments == ()

    def test_a_bounce_that_brings_our_file_back_is_still_one(self) -> None:
        returned = file_part("draft.docx", word_file())
        data = many([part("text/plain", EXIM), returned], subject="Mail delivery failed", **{"from": DAEMON})
        assert read_mail(data).nature is Nature.BOUNCE
