"""From an empty folder to the first circulated position, by clicks alone; every mail is read back from a mailbox.

The product is the real one: `folkmoot serve` on a folder that is not there, its worker, SMTP on the way out, and a
Dovecot with TLS that holds each person's mailbox.
"""

import re
import tempfile
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from imapclient import IMAPClient
from playwright.sync_api import Browser, expect

from folkmoot.engines import redline
from tests.cli.terminal import Running, Terminal
from tests.journeys.hands import Mouse
from tests.plugins.browser import PATIENCE_MS
from tests.plugins.dovecot import Dovecot, free_port, make_dovecot

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADA, HELEN, OWEN, OFFICE = (f"{name}@example.org" for name in ("ada", "helen", "owen", "office"))
NETWORK_BOX = "network@example.org"
PASSWORD = "a long walk over the moor"
BOX_PASSWORD = "kept-by-the-post"
WITHIN = 30.0


class PostOffice:
    """Takes what the product sends and puts it into each reader's mailbox, as a network's mail server does."""

    def __init__(self, dovecot: Dovecot) -> None:
        self.dovecot = dovecot

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        for reader in envelope.rcpt_tos:
            if reader not in self.dovecot.users:
                return "550 No such mailbox here"
        for reader in envelope.rcpt_tos:
            self.dovecot.deliver(reader, envelope.content)
        return "250 OK"


@pytest.fixture(scope="module")
def mailboxes() -> Iterator[Dovecot]:
    """The mailboxes of everybody in this story."""
    users = dict.fromkeys((ADA, HELEN, OWEN, OFFICE, NETWORK_BOX), BOX_PASSWORD)
    with tempfile.TemporaryDirectory(prefix="dc") as folder:
        dovecot = make_dovecot(Path(folder), users)
        dovecot.start()
        yield dovecot
        dovecot.stop()


@pytest.fixture(scope="module")
def smtp_port(mailboxes: Dovecot) -> Iterator[int]:
    controller = Controller(PostOffice(mailboxes), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture(scope="module")
def served(mailboxes: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Terminal, Running]]:
    """`folkmoot serve` on a folder that is not there; the machine trusts who issued the mail server's certificate."""
    terminal = Terminal(tmp_path_factory.mktemp("begins") / "data", {"SSL_CERT_FILE": str(mailboxes.certificate)})
    running = terminal.start("serve", "--port", "0")
    try:
        yield terminal, running
    finally:
        running.end()


def read_mail(mailboxes: Dovecot, reader: str, subject: str) -> EmailMessage:
    """The mail with this subject, fetched over IMAP as the reader's own program does."""
    ends, found = time.monotonic() + WITHIN, []
    with IMAPClient("localhost", mailboxes.port, ssl_context=mailboxes.trusting()) as client:
        client.login(reader, BOX_PASSWORD)
        while time.monotonic() < ends:
            client.select_folder("INBOX", readonly=True)
            fetched = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
            found = [message_from_bytes(parts[b"BODY[]"], policy=policy.default) for parts in fetched.values()]
            for letter in found:
                if isinstance(letter, EmailMessage) and subject in str(letter["Subject"]):
                    return letter
            time.sleep(0.3)
    raise AssertionError(f"No mail “{subject}” came to {reader}, only {[str(each['Subject']) for each in found]}.")


class Beginning:
    """The story; each person works in a browser of their own."""

    def __init__(self, browser: Browser, address: str, mailboxes: Dovecot, smtp_port: int) -> None:
        self.browser, self.address, self.mailboxes, self.smtp_port = browser, address, mailboxes, smtp_port

    def anybody(self) -> Mouse:
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": 1280, "height": 900}, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE_MS)
        return Mouse(context.new_page())

    def sign_in(self, hands: Mouse, address: str) -> None:
        hands.fill("Mail address", address)
        hands.fill("Your password", PASSWORD)
        hands.press("Sign in")

    # --- the administrator

    def first_page(self, link: str) -> Mouse:
        ada = self.anybody()
        ada.page.goto(link)
        ada.fill("Your name", "Ada Bright")
        ada.fill("Your mail address", ADA)
        ada.fill("A new password", PASSWORD)
        ada.fill("The new password again", PASSWORD)
        ada.press("Become the administrator")
        self.sign_in(ada, ADA)
        expect(ada.page.get_by_role("heading", level=1)).to_have_text("Setting up")
        expect(ada.page.get_by_role("main")).to_contain_text("1 of 5 needed steps are done.")
        return ada

    def rules_and_members(self, ada: Mouse) -> None:
        ada.press("Name and terms of reference", "link")
        ada.fill("Name of the network", "The Mayors’ Network")
        ada.fill("Working days that offices usually have for an answer", "7")
        ada.press("Set the terms")
        ada.page.get_by_role("main").get_by_role("link", name="Members").click()
        for name in ("West Yorkshire", "Greater Manchester", "South Yorkshire"):
            ada.page.get_by_label(re.compile(rf"^{name}.*\(.*as of")).check(force=True)
        ada.press("Record the members")
        expect(ada.page.get_by_text("3 authorities joined the network.")).to_be_visible()

    def mail(self, ada: Mouse) -> None:
        page = ada.page
        ada.press("Mail that leaves", "link")
        leaving = page.locator("form", has=page.get_by_role("button", name="Keep where mail leaves"))
        ada.fill("The network’s address", NETWORK_BOX, leaving)
        ada.fill("Server", "localhost", leaving)
        ada.fill("Port", str(self.smtp_port), leaving)
        ada.choose_value(leaving, "none")
        ada.press("Keep where mail leaves")
        ada.press("Send me a test message")
        test = read_mail(self.mailboxes, ADA, "A test message from Folkmoot")
        assert NETWORK_BOX in str(test["From"])
        while page.get_by_role("button", name="Look again").count():
            ada.press("Look again")
        expect(page.locator("#test")).to_contain_text("The mail server took it on")

        coming = page.locator("form", has=page.get_by_role("button", name="Keep where mail comes in"))
        ada.fill("Server", "localhost", coming)
        ada.fill("Port", str(self.mailboxes.port), coming)
        ada.fill("User name", NETWORK_BOX, coming)
        ada.fill("Password", BOX_PASSWORD, coming)
        ada.press("Keep where mail comes in")
        ada.press("Try the incoming mailbox")
        expect(page.get_by_text("The mailbox opens. 0 messages in its folder.")).to_be_visible()
        assert BOX_PASSWORD not in page.content()

    def invite(self, ada: Mouse, name: str, address: str, role: str, person: str = "") -> None:
        ada.press("People", "link")
        ada.press("Add a person")
        ada.fill("Name", name)
        ada.fill("Mail address", address)
        ada.choose(role)
        if person:
            chooser = ada.page.get_by_label("Person in the register")
            chooser.select_option(chooser.locator("option", has_text=person).get_attribute("value"))
        ada.press("Add and send the link")
        expect(ada.page.get_by_text(f"is on its way to {address}")).to_be_visible()

    # --- the others

    def come_in(self, address: str) -> Mouse:
        """Somebody who was invited sets a password by the link in their mailbox and signs in."""
        text = read_mail(self.mailboxes, address, "Your account on Folkmoot").get_content()
        link = re.search(r"http://\S+/set-password/\S+", text)
        assert link is not None
        hands = self.anybody()
        hands.page.goto(link.group())
        hands.fill("A new password", PASSWORD)
        hands.fill("The new password again", PASSWORD)
        hands.press("Set the password")
        self.sign_in(hands, address)
        expect(hands.page.get_by_role("link", name="Positions").first).to_be_visible()
        return hands

    def circulate(self, owen: Mouse) -> None:
        owen.press("Positions", "link")
        owen.press("Begin the first position")
        owen.fill("Title", "Bus franchising")
        owen.press("Begin the position")
        owen.press("Write it here")
        row = owen.page.locator("#clause-0")
        owen.fill("Heading", "Depots", within=row)
        owen.fill("Text, a paragraph a line", "Depots may be bought within ninety days.", within=row)
        owen.press("Save as the next version")
        owen.press("Circulate version 1")
        owen.press("Look at the mail")
        owen.press("Open the circulation")
        expect(owen.page.get_by_text("The circulation was opened: version 1 went to 1 office.")).to_be_visible()


def word_copy(letter: EmailMessage) -> bytes:
    """The one Word file that came with a mail."""
    [attachment] = [part for part in letter.iter_attachments() if str(part.get_filename()).endswith(".docx")]
    data = attachment.get_content()
    assert isinstance(data, bytes)
    return data


def test_a_network_begins(
    browser: Browser, mailboxes: Dovecot, smtp_port: int, served: tuple[Terminal, Running]
) -> None:
    terminal, running = served
    address = running.address()
    [link] = [line for line in running.said().splitlines() if "/begin/" in line]
    story = Beginning(browser, address, mailboxes, smtp_port)

    ada = story.first_page(link)
    story.rules_and_members(ada)
    story.mail(ada)
    story.invite(ada, "Helen Marsh", HELEN, "Head of the secretariat")
    story.invite(ada, "Owen Lark", OWEN, "Policy officer")
    story.invite(ada, "The mayor’s office", OFFICE, "Mayor", person="Mayor of West Yorkshire")
    story.come_in(HELEN)
    story.come_in(OFFICE)
    story.circulate(story.come_in(OWEN))

    letter = read_mail(mailboxes, OFFICE, "Bus franchising")
    assert "Depots may be bought within ninety days." in redline.text(word_copy(letter), view="accepted")
    assert "Helen" not in str(letter["To"])
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().count("OFFICIAL") == 1

    ada.press("Settings", "link")
    ada.press("Setting up", "link")
    expect(ada.page.get_by_role("main")).to_contain_text("Nothing that is needed is missing.")
    assert "WRONG" not in terminal.run("check").stdout
    said = running.said()
    assert BOX_PASSWORD not in said
    assert "Traceback" not in said, said
    late = story.anybody().page
    answer = late.goto(link)
    assert answer is not None
    assert answer.status == 409
    expect(late.get_by_text("This installation has its first administrator.")).to_be_visible()
