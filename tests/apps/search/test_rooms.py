"""Mail that came in, requests for information and publications: found by those whose room it is, by nobody else."""

import pytest

from folkmoot.apps.access.audience import Audience, Handling, list_on
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Position, Publication
from folkmoot.apps.search import queries
from folkmoot.web.positions.publishing import make_pdf
from tests.apps.mail.letters import mail
from tests.apps.positions.conftest import read_here
from tests.cast import EVERYBODY, MOMENT, Cast
from tests.disclosure_world import ask
from tests.positions_world import AFTER_CLOSING, circulate, close, draft, fill_register

__all__ = ["read_here"]
SECRETARIAT = {"head", "deputy", "officer", "coordinator"}


def knows(cast: Cast, words: str, kind: str, *, later: bool = False) -> set[str]:
    """Who finds something of this kind, or is told that there is some, by these words."""
    now = AFTER_CLOSING if later else MOMENT
    found = {part: queries.search(cast.actor(part, now=now), words) for part in EVERYBODY}
    return {part for part, each in found.items() if kind in {counted for counted, _label, _count in each.counts}}


@pytest.mark.usefixtures("read_here")
def test_mail_that_came_in_is_found_by_those_who_sort_it_once_it_is_sorted(cast: Cast) -> None:
    message, _ = keep(worker(MOMENT), data=mail(text="A quixotic wish."), source="imap")
    assert knows(cast, "quixotic", "mail-in") == set()

    sort(worker(MOMENT), message=message)
    assert knows(cast, "quixotic", "mail-in") == SECRETARIAT

    InboxMessage.objects.update(audience=Audience.PRIVATE)
    list_on(message, f"account:{cast.deputy.pk}")
    assert knows(cast, "quixotic", "mail-in") == {"deputy"}


@pytest.mark.usefixtures("read_here")
def test_of_a_sensitive_mail_no_words_are_shown(cast: Cast) -> None:
    message, _ = keep(worker(MOMENT), data=mail(text="A quixotic wish."), source="imap")
    message = sort(worker(MOMENT), message=message)
    message.handling = Handling.OFFICIAL_SENSITIVE
    message.save()

    (found,) = queries.search(cast.actor("officer"), "quixotic").results

    assert (found.snippet, found.handling, found.key) == ("", Handling.OFFICIAL_SENSITIVE, message.key)


def test_a_request_is_found_by_those_who_work_on_it_and_never_by_who_asked(cast: Cast) -> None:
    ask(cast, asked="All quixotic papers.")

    assert knows(cast, "quixotic", "request") == SECRETARIAT
    assert knows(cast, "Inquirer", "request") == knows(cast, "zachary", "request") == set()


@pytest.fixture
def agreed(cast: Cast) -> Position:
    """A position that may be published."""
    fill_register()
    position = draft(cast, title="Quixotic buses")
    last = position.versions.get().clause_texts.get(place=1).last_paragraph
    officer = cast.actor("officer")
    actions.narrow(officer, version=position.versions.get(), first=last, last=last, audience=Audience.SECRETARIAT)
    close(cast, circulate(cast, position, keys=("aldermere",)))
    actions.ask_for_sign_off(cast.actor("officer", now=AFTER_CLOSING), position=Position.objects.get())
    actions.sign(cast.actor("mayor", now=AFTER_CLOSING), position=Position.objects.get(), office="aldermere")
    return Position.objects.get()


def test_a_publication_is_found_by_everybody_without_what_was_kept_back(cast: Cast, agreed: Position) -> None:
    actions.publish(cast.actor("head", now=AFTER_CLOSING), position=agreed, embargo_until=None, make_pdf=make_pdf)

    assert knows(cast, "revenue settlement", "publication", later=True) == set(EVERYBODY) - {"stranger"}
    assert knows(cast, '"one grant"', "publication", later=True) == set()

    publication = Publication.objects.get()
    actions.correct(cast.actor("head", now=AFTER_CLOSING), publication=publication, text="A quixotic slip.")
    assert knows(cast, "quixotic slip", "correction", later=True) == set(EVERYBODY) - {"stranger"}


def test_under_embargo_a_publication_is_found_by_those_who_may_see_the_position(cast: Cast, agreed: Position) -> None:
    actions.publish(cast.actor("head", now=AFTER_CLOSING), position=agreed, embargo_until=None, make_pdf=make_pdf)
    publication = Publication.objects.get()
    assert publication.embargo_until == AFTER_CLOSING
    actions.correct(cast.actor("head", now=AFTER_CLOSING), publication=publication, text="A quixotic slip.")

    assert knows(cast, "quixotic slip", "correction") == knows(cast, "revenue settlement", "publication")
    assert knows(cast, "revenue settlement", "publication") == SECRETARIAT | {
        "mayor",
        "chief_executive",
        "member_officer",
    }
