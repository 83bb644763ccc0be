"""Files are kept once, under their hash, and what comes back is what was stored."""

import pytest
from django.db import transaction

from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.actions import store
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.documents.queries import content
from folkmoot.apps.documents.upload import EXCEL, WORD
from folkmoot.web.files import download_response
from tests.cast import MOMENT, Cast


def test_what_was_stored_comes_back(cast: Cast) -> None:
    stored = store(cast.actor("officer"), name="Draft.docx", data=b"the draft", kind="draft")

    assert content(stored) == b"the draft"
    assert (stored.name, stored.media_type, stored.size, stored.kind) == ("Draft.docx", WORD, 9, "draft")
    assert stored.created_at == MOMENT


def test_the_same_bytes_lie_on_disk_once_and_are_never_written_again(cast: Cast) -> None:
    first = store(cast.actor("officer"), name="a.docx", data=b"same bytes", kind="draft")
    before = vault.path_of(first.sha256).stat().st_mtime_ns
    second = store(cast.actor("head"), name="b.docx", data=b"same bytes", kind="return")

    assert first.key != second.key
    assert first.sha256 == second.sha256
    assert vault.path_of(first.sha256).stat().st_mtime_ns == before
    assert [path.name for path in vault.path_of(first.sha256).parent.iterdir()] == [first.sha256]


def test_a_change_on_disk_is_noticed(cast: Cast) -> None:
    stored = store(cast.actor("officer"), name="Draft.docx", data=b"will be changed", kind="draft")
    vault.path_of(stored.sha256).write_bytes(b"was changed")
    with pytest.raises(vault.Damaged, match=r"“Draft.docx” was changed on disk"):
        content(stored)


def test_a_missing_file_says_what_to_do(cast: Cast) -> None:
    stored = store(cast.actor("officer"), name="Draft.docx", data=b"will be lost", kind="draft")
    vault.path_of(stored.sha256).unlink()
    with pytest.raises(vault.Damaged, match=r"missing.*Restore it from a backup"):
        content(stored)


def test_storing_is_in_the_trail_and_goes_with_its_transaction(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store(cast.actor("officer"), name="Draft.docx", data=b"never happened", kind="draft")
        raise ZeroDivisionError
    assert not StoredFile.objects.exists()

    stored = store(cast.actor("officer"), name="Draft.docx", data=b"happened", kind="draft")
    entry = AuditEntry.objects.get(verb="file.stored")
    assert (entry.record_id, entry.account_id) == (stored.pk, cast.officer.pk)


def test_a_download_is_saved_and_never_shown_or_kept(cast: Cast) -> None:
    stored = store(cast.actor("officer"), name="Table.xlsx", data=b"rows", kind="table")
    response = download_response(stored, name="Änderungen – Runde 1.xlsx")

    assert response.content == b"rows"
    assert response.headers["Content-Type"] == EXCEL
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%84nderungen")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Security-Policy"] == "sandbox"
