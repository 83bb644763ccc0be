"""Forgotten passwords, invitations one by one and by a table, and leaving, on their pages."""

import io
import re
import zipfile
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from folkmoot.apps.access.models import Account
from folkmoot.apps.mail.models import OutboxMessage
from tests.cast import MOMENT, PASSWORD, Cast

NEW = "seven herons at the weir"
ON_ITS_WAY = "If there is an account with this address, a link to set a new password is on its way to it."


def forget(client: Client, email: str) -> str:
    return client.post(reverse("forgotten_password"), {"email": email}, follow=True).content.decode()


def link() -> str:
    found = re.search(r"https?://[^/\s]+(/reset-password/\S+)", OutboxMessage.objects.get().body)
    assert found
    return found.group(1)


def move_to(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    later = SimpleNamespace(now=lambda: MOMENT + timedelta(minutes=minutes))
    monkeypatch.setattr("folkmoot.apps.access.clock.timezone", later)


class TestForgottenPassword:
    def test_a_known_and_an_unknown_address_are_answered_the_same(self, cast: Cast) -> None:
        Account.objects.filter(pk=cast.deputy.pk).update(is_active=False)
        for email in (cast.officer.email, "nobody@folkmoot.invalid", cast.deputy.email):
            assert ON_ITS_WAY in forget(Client(), email)
        assert [mail.to_address for mail in OutboxMessage.objects.all()] == [cast.officer.email]

    def test_the_link_sets_a_password_once_and_ends_what_was_open(self, cast: Cast, client: Client) -> None:
        inside = Client()
        inside.post(reverse("sign_in"), {"email": cast.officer.email, "password": PASSWORD})
        forget(client, cast.officer.email)
        assert client.post(link(), {"password": NEW, "again": NEW}).url == reverse("sign_in")
        assert inside.get(reverse("account")).status_code == 302
        assert client.get(link()).status_code == 400
        assert client.post(reverse("sign_in"), {"email": cast.officer.email, "password": NEW}).url == "/"

    @pytest.mark.parametrize(("minutes", "status"), [(0, 200), (59.9, 200), (60.1, 400), (-1, 400)])
    def test_the_link_opens_for_an_hour(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, minutes: float, status: int
    ) -> None:
        forget(client, cast.officer.email)
        move_to(monkeypatch, minutes)
        assert client.get(link()).status_code == status

    def test_it_opens_nobody_elses_account_and_is_no_invitation(self, cast: Cast, client: Client) -> None:
        forget(client, cast.officer.email)
        *_, key, token, _ = link().split("/")
        assert client.get(reverse("reset_password", args=[cast.head.key, token])).status_code == 400
        assert client.get(reverse("set_password", args=[key, token])).status_code == 400

    @pytest.mark.parametrize("token", ["made-up", "-", "zzzzzzzzzzzzzzzzzzzz-a", "0-0"])
    def test_a_link_that_was_made_up_is_answered_in_a_sentence(self, cast: Cast, client: Client, token: str) -> None:
        response = client.get(reverse("reset_password", args=[cast.officer.key, token]))
        assert response.status_code == 400
        assert "This link has been used or is older than an hour." in response.content.decode()

    @pytest.mark.parametrize(
        ("email", "said"),
        [("", "Write your mail address."), ("no address", "This is not a mail address."), ("a@b\0c", "NUL")],
    )
    def test_what_is_no_address_is_said_to_be_none(self, cast: Cast, client: Client, email: str, said: str) -> None:
        assert said in forget(client, email)

    def test_asking_over_and_over_is_slowed_down(self, cast: Cast) -> None:
        for _ in range(3):
            forget(Client(), cast.officer.email)
        assert "A link was asked for too often." in forget(Client(), cast.officer.email.upper())
        assert OutboxMessage.objects.count() == 3

    def test_nobody_reads_the_link_in_the_outbox(self, cast: Cast, client: Client) -> None:
        forget(client, cast.officer.email)
        for part in ("administrator", "head", "deputy", "coordinator"):
            assert not OutboxMessage.objects.visible_to(cast.actor(part)).exists()


def workbook(*lines: tuple[str, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


HEADS = ("name", "address", "role", "person")
ROWS = (
    ("Ines Fell", "ines@folkmoot.invalid", "Policy officer", ""),
    ("Jon Mere", "no address", "officer", ""),
    ("Kit Tarn", "kit@folkmoot.invalid", "wizard", ""),
    ("Lea Beck", "lea@folkmoot.invalid", "Mayor", ""),
    ("Max Ghyll", "INES@folkmoot.invalid", "guest", ""),
    ("Noa Force", "noa@folkmoot.invalid", "mayor", "nobody-known"),
    ("", "oli@folkmoot.invalid", "guest", ""),
    ("Pip Crag", "pip@folkmoot.invalid", "guest", ""),
)
PROBLEMS = (
    "“no address” is not a mail address.",
    "“wizard” is no role.",
    "A mayor speaks for an office.",
    "There is an account with the address ines@folkmoot.invalid already.",
    "“nobody-known” is not among the members’ people of the register.",
    "The person has no name.",
)


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (21 * 1024 * 1024))
    return kept.getvalue()


class TestManyPeople:
    @pytest.mark.parametrize("kind", ["csv", "semicolons", "excel"])
    def test_a_table_is_looked_at_then_added_row_by_row(self, cast: Cast, sign_in_as: Any, kind: str) -> None:
        client = sign_in_as("administrator")
        mark = ";" if kind == "semicolons" else ","
        text = "\n".join(mark.join(line) for line in (HEADS, *ROWS)).encode()
        data = workbook(HEADS, *ROWS) if kind == "excel" else text
        before = Account.objects.count()
        page = client.post(reverse("people_add_many"), {"file": SimpleUploadedFile("t.csv", data)}).content.decode()
        for problem in PROBLEMS:
            assert problem in page
        assert "Add and invite 2 people" in page
        assert Account.objects.count() == before
        table = re.search(r"<textarea name=\"text\" hidden[^>]*>(.*?)</textarea>", page, re.S)
        assert table
        done = client.post(reverse("people_add_many"), {"text": table.group(1), "add": "yes"}).content.decode()
        assert Account.objects.count() == before + 2
        assert {mail.to_address for mail in OutboxMessage.objects.all()} == {
            "ines@folkmoot.invalid",
            "pip@folkmoot.invalid",
        }
        assert "Not added" in done

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "Choose a file, or write the table."),
            (b"\n\n", "The table is empty."),
            (b"name,address,role\n", "The table names its columns and nobody in them."),
            (b"who,where\na,b\n", "name, address, role is not there."),
            (b"name,address,role\n" + b"a,b,c\n" * 501, "The table has 501 rows; 500 at a time can be taken."),
            (b"x" * (1024 * 1024 + 1), "The table is larger than a megabyte."),
            (b"PK\x03\x04 no zip", "This Excel file cannot be read."),
            (b"\x00\x01\x02", "This file is no table."),
            (bomb(), "This Excel file cannot be read."),
        ],
        ids=["none", "blank", "nobody", "heads", "long", "large", "zip", "bytes", "bomb"],
    )
    def test_what_is_no_table_is_said_to_be_none(self, cast: Cast, sign_in_as: Any, data: bytes, said: str) -> None:
        given = {"file": SimpleUploadedFile("t", data)} if data else {}
        page = sign_in_as("administrator").post(reverse("people_add_many"), given)
        assert page.status_code == 200
        assert said in page.content.decode()


def test_who_has_not_come_is_listed_until_they_do(cast: Cast, sign_in_as: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in_as("administrator")
    assert "Everybody who was invited has come." in client.get(reverse("invitations")).content.decode()
    client.post(reverse("person_add"), {"name": "Ines Fell", "email": "ines@folkmoot.invalid", "role": "officer"})
    page = client.get(reverse("invitations")).content.decode()
    assert "Ines Fell" in page
    assert "Open</strong>" in page
    assert "Nobody fits" in client.get(reverse("invitations"), {"text": "nobody"}).content.decode()
    move_to(monkeypatch, 3 * 24 * 60)
    client = Client()
    client.force_login(cast.administrator)
    assert "Expired" in client.get(reverse("invitations")).content.decode()
    ines = Account.objects.get(email="ines@folkmoot.invalid")
    client.post(reverse("person_invite", args=[ines.key]))
    assert "Expired" not in client.get(reverse("invitations")).content.decode()
    ines.set_password(NEW)
    ines.save()
    assert "Ines Fell" not in client.get(reverse("invitations")).content.decode()
