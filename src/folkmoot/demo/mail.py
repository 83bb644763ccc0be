"""Makes the invented mail that came in: one for each kind of case that a tray teaches, added as a person adds mail."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.tray import add_by_hand
from folkmoot.apps.members.queries import add_working_days
from folkmoot.apps.positions.models import Invitation
from folkmoot.demo import texts
from folkmoot.demo.network import People, at
from folkmoot.demo.people import NETWORK, REGIONS, address
from folkmoot.engines.redline import DraftClause, compose

SORTER = "Wren Halloran"
OLD_WORD = Path(__file__).parent / "word" / "Ferry links, Northmarsh.doc"
FERRY = "Ferry links"
BUS = "Bus franchising: a joint ask"
STRANGER = ("Mabel Trowbridge", "mabel.trowbridge@example.org")
REGION_OF = {region.officer: region for region in REGIONS}
Attached = tuple[str, str, bytes]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: who wrote it when, what our mail it answers is about, and its words."""

    sender: str
    days: int
    hour: int
    subject: str
    words: str
    answers: str = ""
    by_machine: bool = False
    attached: Callable[[date], Attached] | None = None


def make_mail(people: People, today: date) -> None:
    """Each mail is taken in ten minutes after it was written."""
    for number, letter in enumerate(LETTERS, start=1):
        day = add_working_days(today, letter.days)
        sorter = people.actor(SORTER, at(day, letter.hour, 40))
        data = _written(letter, number, at(day, letter.hour, 30))
        add_by_hand(sorter, name=f"{letter.subject}.eml", data=data)


def _written(letter: Letter, number: int, on: datetime) -> bytes:
    """The mail as a mail program saves it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "{} <{}>".format(*_sender(letter.sender))
    mail["To"] = f"{NETWORK} <{address('Secretariat')}>"
    mail["Subject"] = letter.subject
    mail["Date"] = on
    mail["Message-ID"] = f"<mail-{number}@demonstration.invalid>"
    if letter.answers:
        mail["In-Reply-To"] = _ours(letter).message_id
    if letter.by_machine:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(letter.words)
    if letter.attached:
        name, kind, data = letter.attached(on.date())
        mail.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return mail.as_bytes()


def _sender(name: str) -> tuple[str, str]:
    region = REGION_OF.get(name)
    return (name, address(name, region.key)) if region else STRANGER


def _ours(letter: Letter) -> OutboxMessage:
    """The mail by which the sender's office was asked."""
    asked = Invitation.objects.filter(
        office=REGION_OF[letter.sender].key, circulation__position__title=letter.answers
    ).latest("circulation__opened_at")
    sent = OutboxMessage.objects.filter(reply_tag=asked.token, to_address=_sender(letter.sender)[1])
    ours: OutboxMessage = sent.earliest("created_at", "pk")
    return ours


def _old_word(_on: date) -> Attached:
    return OLD_WORD.name, "msword", OLD_WORD.read_bytes()


def _zip_of_two(on: date) -> Attached:
    """Two Word files of one text, of which a person must choose the one that counts."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in (
            ("Ferry links, harbour office.docx", "Repairs to small harbours and piers should be paid from it."),
            ("Ferry links, cleared.docx", "Repairs to small harbours should be paid from the same settlement."),
        ):
            clauses = [texts.FERRY_LINKS[0], DraftClause(1, "Harbours", (words,))]
            entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 9, 0, 0))
            archive.writestr(entry, compose(FERRY, clauses, today=on))
    return "Ferry links from Wyreham.zip", "zip", stored.getvalue()


LETTERS = (
    Letter(
        "Hal Winterbourne",
        -9,
        11,
        f"Automatic reply: {BUS}",
        "I am away for two days and answer when I am back. In urgent matters please ring the mayor’s office.",
        answers=BUS,
        by_machine=True,
    ),
    Letter(
        "Mabel Trowbridge",
        -4,
        8,
        "The ferry from our harbour",
        "I read in the paper that you speak for the regions. Our last boat leaves at five, and nobody can come home "
        "from work by it.\n\nWhom should I write to?",
    ),
    Letter(
        "Nerys Colbeck",
        -3,
        10,
        f"Re: {FERRY}",
        "Dear Joss,\n\nwe are content with the draft as it stands. The chief executive has seen it.\n\nNerys",
        answers=FERRY,
    ),
    Letter(
        "Jory Pascoe",
        -2,
        9,
        f"Re: {FERRY}",
        "Hello,\n\nour changes are in this file:\n"
        "https://www.dropbox.com/s/invented-for-the-demonstration/Ferry%20links%20Ottermouth.docx\n\nJory",
        answers=FERRY,
    ),
    Letter(
        "Colm Hesketh",
        -2,
        15,
        f"Re: {FERRY}",
        "Please find our version attached. We added the slipways.\n\nColm",
        answers=FERRY,
        attached=_old_word,
    ),
    Letter(
        "Oswin Barrow",
        -1,
        16,
        f"Re: {FERRY}",
        "Both files are in the zip: what the harbour office wrote, and what was cleared.\n\nOswin",
        answers=FERRY,
        attached=_zip_of_two,
    ),
)
