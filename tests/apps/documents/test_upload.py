"""What is asked of a file before anybody looks into it."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.test import Client
from django.test.client import FakePayload
from django.urls import reverse

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.documents.upload import LONGEST_NAME, UNKNOWN, WORD, clean_name, media_type_of, take

MEGABYTE = 1024 * 1024


class TestFarTooLarge:
    """What no form could take is turned away before a byte of it is read."""

    def sent(self, client: Client, megabytes: int) -> Any:
        nothing = FakePayload(b"")  # fails the test when it is read
        length = str(megabytes * MEGABYTE)
        return client.generic("POST", reverse("sign_in"), CONTENT_LENGTH=length, **{"wsgi.input": nothing})

    @pytest.mark.django_db
    def test_it_is_refused_with_what_to_do(self) -> None:
        response = self.sent(Client(), 5000)
        assert response.status_code == 413
        assert "What you sent is 5,000 MB in all, and the largest file that can be taken is 25 MB." in (
            response.content.decode()
        )


class Unread(io.BytesIO):
    """A file that fails the test when it is read."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("It was read before its size was asked.")


def upload(name: str, size: int, file: io.BytesIO | None = None) -> Any:
    return InMemoryUploadedFile(file or io.BytesIO(b"x" * size), "file", name, WORD, size, None)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Draft.docx", "Draft.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\tess\\Draft v2.docx", "Draft v2.docx"),
        ("Draft\r\nSet-Cookie: x.docx", "DraftSet-Cookie- x.docx"),
        ("Draft\u202exlsx.docx", "Draftxlsx.docx"),
        ("  Draft \t of   May .docx ", "Draft of May.docx"),
        ('a"b<c>.docx', "a-b-c-.docx"),
        ("...", "file"),
        ("", "file"),
        (".docx", "file.docx"),
        ("Entwurf – Größe.docx", "Entwurf – Größe.docx"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("a" * 300 + ".docx")
    assert len(name) == LONGEST_NAME
    assert name.endswith("a.docx")


def test_the_ending_says_the_media_type_and_nothing_is_ever_a_page() -> None:
    assert media_type_of("Draft.DOCX") == WORD
    assert media_type_of("page.html") == media_type_of("picture.svg") == media_type_of("noending") == UNKNOWN


def test_a_file_is_taken_with_its_name_and_bytes() -> None:
    assert take(upload("x/Draft.docx", 3)) == ("Draft.docx", b"xxx")


def test_fifty_megabytes_are_refused_unread_with_what_to_do() -> None:
    with pytest.raises(Invalid, match=r"“Big.docx” is 50 MB, and the largest .* is 25 MB. Make its pictures smaller"):
        take(upload("Big.docx", 50 * MEGABYTE, Unread()))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Invalid, match="is empty"):
        take(upload("Draft.docx", 0))
