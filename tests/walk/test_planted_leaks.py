"""Leaks planted on purpose, one in each kind of channel: the walk finds every one of them, or it proves nothing."""

from typing import Any

import pytest
from django.db import transaction
from django.http import Http404, HttpResponse

from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.mail import queries as mail_queries
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.states import State
from folkmoot.engines import redline
from folkmoot.web.mail import views as mail_views
from folkmoot.web.positions import frame as position_frame
from folkmoot.web.shell import views as shell_views
from tests.walk.post import problems_of_all_mail
from tests.walk.samples import ADDRESSES
from tests.walk.test_nothing_shows_through import differences
from tests.walk.walker import problems_of_all_visits
from tests.walk.world import World, undone

pytestmark = pytest.mark.django_db

LEAK = "shows the subject of a private mail to the head."


def found(world: World, name: str, part: str, method: str = "GET") -> list[str]:
    """What the walk finds wrong at the addresses of one name."""
    return problems_of_all_visits(world, [a for a in ADDRESSES if a.name == name], part, method)


def subject(world: World) -> str:
    secret: OutboxMessage = world["private mail"]
    return secret.subject


@pytest.fixture
def everybody_reads_all_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_queries, "readable", lambda actor: OutboxMessage.objects.all())


def test_without_a_leak_nothing_is_found(world: World) -> None:
    for name in ("mail", "mail_message", "mail_eml", "home", "help"):
        assert found(world, name, "officer") == []


def test_a_title_in_a_list(world: World, everybody_reads_all_mail: None) -> None:
    assert any(problem.endswith(LEAK) for problem in found(world, "mail", "officer"))


def test_an_export(world: World, everybody_reads_all_mail: None) -> None:
    problems = found(world, "mail_eml", "officer")
    assert any(problem.endswith(LEAK) for problem in problems)
    assert "GET mail_eml (private) as officer: met 200, not 404." in problems


def test_a_count(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_everything(actor: Any) -> dict[str, int]:
        return {state: OutboxMessage.objects.filter(state=state).count() for state in State.values}

    monkeypatch.setattr(mail_queries, "counts", of_everything)
    assert "mail" in differences(world, "officer")


def test_an_error(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def telling(request: Any, key: str) -> OutboxMessage:
        raise Invalid(f"You may not read “{subject(world)}”.")

    monkeypatch.setattr(mail_views, "_message", telling)
    assert any(problem.endswith(LEAK) for problem in found(world, "mail_retry", "mayor", "POST"))


def test_a_file_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def named(data: bytes, *, name: str, media_type: str) -> HttpResponse:
        return HttpResponse(data, headers={"Content-Disposition": f'attachment; filename="{subject(world)}.eml"'})

    monkeypatch.setattr(mail_views, "download", named)
    assert any(problem.endswith(LEAK) for problem in found(world, "mail_eml", "officer"))


def test_the_frame_of_a_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    render = shell_views.render
    monkeypatch.setattr(shell_views, "render", lambda *given: _with(render(*given), subject(world)))
    assert any(problem.endswith(LEAK) for problem in found(world, "help", "stranger"))


def _with(response: HttpResponse, words: str) -> HttpResponse:
    response.content += f"<!-- {words} -->".encode()
    return response


def test_the_text_of_a_mail(world: World) -> None:
    with undone():
        OutboxMessage.objects.filter(pk=world["mail"].pk).update(body=subject(world))
        assert f"Mail to mayor: {LEAK}" in problems_of_all_mail(world)
    assert problems_of_all_mail(world) == []


def test_a_refused_visit_that_does_something_all_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def doing(request: Any, key: str) -> OutboxMessage:
        with transaction.atomic():
            record(request.actor, "thing.done", world["mail"])
        raise Http404

    monkeypatch.setattr(mail_views, "_message", doing)
    assert any("was refused and yet did thing.done" in problem for problem in found(world, "mail_message", "mayor"))


def test_a_reading_that_is_not_in_the_trail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(position_frame, "record_reading", lambda *given: None)
    problems = found(world, "position", "mayor")
    assert any("the reading of position" in problem and "is not in the trail" in problem for problem in problems)


def test_a_clause_that_an_office_may_not_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redline, "drop_paragraphs", lambda data, hidden: data)
    leak = "shows the text of clause 3 of the confidential position."
    assert any(problem.endswith(leak) for problem in found(world, "version_word", "mayor"))
