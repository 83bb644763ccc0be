"""The audit trail as a page and as a sheet."""

import csv
import io
from typing import Any

from django.db import transaction
from django.urls import reverse

from folkmoot.apps.access.audit import record
from folkmoot.apps.access.models import Account
from tests.cast import Cast


def write(cast: Cast, verb: str, part: str = "head") -> None:
    with transaction.atomic():
        record(cast.actor(part), verb, cast.officer)


def sheet(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_page_says_who_did_what_and_to_which_record(cast: Cast, sign_in_as: Any) -> None:
    write(cast, "circulation.opened")
    page = sign_in_as("deputy").get(reverse("audit")).content.decode()
    for words in ("Helen Marsh", "Circulation opened", f"Account {cast.officer.pk}"):
        assert words in page


def test_the_filter_narrows_page_and_sheet_alike(cast: Cast, sign_in_as: Any) -> None:
    write(cast, "circulation.opened")
    write(cast, "read.export", "mayor")
    client, wanted = sign_in_as("head"), {"verb": "read."}
    assert "Exported" in client.get(reverse("audit"), wanted).content.decode()
    rows = sheet(client.get(reverse("audit_export"), wanted))
    assert [row[2:5] for row in rows[1:]] == [["Gwen Tarrant", "", "Exported"]]


def test_a_day_that_is_none_is_said_beside_its_box(cast: Cast, sign_in_as: Any) -> None:
    response = sign_in_as("head").get(reverse("audit"), {"since": "2026-02-31"})
    assert "Write a real date" in response.content.decode()


def test_a_name_that_looks_like_a_formula_stays_text_in_the_sheet(cast: Cast, sign_in_as: Any) -> None:
    Account.objects.filter(pk=cast.mayor.pk).update(name="=HYPERLINK(1)")
    write(cast, "circulation.opened", "mayor")
    assert "'=HYPERLINK(1)" in [row[2] for row in sheet(sign_in_as("head").get(reverse("audit_export")))]


def test_a_long_trail_comes_in_pages(cast: Cast, sign_in_as: Any) -> None:
    for _ in range(60):
        write(cast, "circulation.opened")
    page = sign_in_as("head").get(reverse("audit"), {"page": "2"}).content.decode()
    assert page.count("Circulation opened</td>") == 10


def test_a_trail_that_is_whole_is_said_to_be_so(cast: Cast, sign_in_as: Any) -> None:
    write(cast, "circulation.opened")
    assert "The trail is whole" in sign_in_as("administrator").get(reverse("audit_verify")).content.decode()
