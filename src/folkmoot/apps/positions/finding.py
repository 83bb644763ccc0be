"""What of the positions can be found, by whom: the room's own rules, put into the search's query."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.positions.hub import POSITION
from folkmoot.apps.positions.models import (
    Amendment,
    Answer,
    Ask,
    Circulation,
    ClauseText,
    Correction,
    NarrowMark,
    Position,
    Publication,
    Return,
    ReturnComment,
    Version,
)
from folkmoot.apps.positions.queries.outcome import published_text
from folkmoot.apps.search.registry import Document, Follow, SearchSource, register_search_source

SHORT = 80
# From what came back to the version that was sent.
CIRCULATED = "ret__invitation__circulation__version"


# From a correction to the position that was published.
PUBLISHED = "publication__version__position"
# What every record of a position writes down of it.
OF_POSITION = ("title", "handling")


def register() -> None:
    """Tell the search room; called when the installation starts."""
    own = _by_its_own_rule
    for kind, label, model, document, visible, path in _kinds(
        ("position", "Positions", Position, _position, own(Position), ""),
        ("clause", "Clauses", ClauseText, _clause, clauses, "version__position"),
        ("circulation", "Circulations", Circulation, _circulation, own(Circulation), "position"),
        ("ask", "Asks to government", Ask, _ask, asks, "clause_text__version__position"),
        ("publication", "Published positions", Publication, _publication, own(Publication), "version__position"),
        ("correction", "Corrections after publication", Correction, _correction, corrections, PUBLISHED),
    ):
        follows = (Follow(path, OF_POSITION),) if path else ()
        register_search_source(SearchSource(kind, label, model, document, visible, (path,) if path else (), follows))
    for kind, label, model, document, visible, path in _kinds(
        ("return", "Notes on returns", Return, _return, returns, "invitation"),
        ("answer", "Reasons of offices", Answer, _answer, answers, "ret__invitation"),
        ("amendment", "Amendments", Amendment, _amendment, amendments, "ret__invitation"),
        ("comment", "Comments", ReturnComment, _comment, comments, "ret__invitation"),
    ):
        position = f"{path}__circulation__position"
        both = (Follow(position, OF_POSITION), Follow(path, ("office_name",)))
        register_search_source(SearchSource(kind, label, model, document, visible, (position,), both))


_Kind = tuple[str, str, Any, Any, Any, str]


def _kinds(*kinds: _Kind) -> tuple[_Kind, ...]:
    return kinds


def _by_its_own_rule(model: Any) -> Callable[[Actor], QuerySet[Any]]:
    return lambda actor: model.objects.visible_to(actor)


def _position(position: Position) -> Document:
    return Document(position.title, position.issue, position.key, position.created_at.date())


def _clause(text: ClauseText) -> Document:
    """Its number is left out: in a copy without kept-back paragraphs it is another."""
    position = text.version.position
    begins = "" if position.is_sensitive else text.text[:SHORT]
    title = f"{position.title}: {text.heading or begins}".removesuffix(": ")
    return Document(title, text.text, position.key, text.version.made_at.date(), POSITION, position.handling)


def _publication(publication: Publication) -> Document:
    """As the world reads it, without any mark: no paragraph of it is kept from anybody."""
    text = published_text(publication.version)
    words = "\n".join(f"{clause.heading}\n{clause.text}" for clause in text.clauses)
    return Document(text.title, words, publication.key, publication.published_at.date())


def _circulation(circulation: Circulation) -> Document:
    position = circulation.position
    title = f"{position.title}: {circulation.question}"
    return Document(title, circulation.letter, position.key, circulation.opened_at.date(), POSITION, position.handling)


def _ask(ask: Ask) -> Document:
    position = ask.clause_text.version.position
    title = f"{position.title}: ask to {ask.department or 'government'}"
    return Document(title, ask.words, position.key, ask.drawn_at.date(), POSITION, position.handling)


def asks(actor: Actor) -> QuerySet[Ask]:
    """Those drawn from clauses of which nothing is kept from this person."""
    whole = ClauseText.objects.filter(~_holds_kept_back(actor), pk=OuterRef("clause_text"))
    return Ask.objects.visible_to(actor).filter(Exists(whole))


def _correction(correction: Correction) -> Document:
    """Without a mark, as the publication that it puts right."""
    publication = correction.publication
    title = f"{publication.version.position.title}: correction"
    table = publication._meta.label_lower
    return Document(title, correction.text, publication.key, correction.at.date(), table, Handling.OFFICIAL)


def corrections(actor: Actor) -> QuerySet[Correction]:
    """Those of publications that this person may see."""
    return Correction.objects.filter(publication__in=Publication.objects.visible_to(actor))


def clauses(actor: Actor) -> QuerySet[ClauseText]:
    """The clauses of the newest version that this person may see, but those of which something is kept from them."""
    newest = Version.objects.visible_to(actor).filter(position=OuterRef("version__position")).order_by("-number")
    found = ClauseText.objects.filter(version=Subquery(newest.values("pk")[:1]))
    return found.filter(~_holds_kept_back(actor), version__in=Version.objects.visible_to(actor))


def _kept_back(actor: Actor, version: str) -> QuerySet[NarrowMark]:
    """The paragraphs kept from this person in the version to which the outer query leads by this name."""
    seen = NarrowMark.objects.visible_to(actor).values("pk")
    return NarrowMark.objects.exclude(pk__in=seen).filter(version=OuterRef(version))


def _holds_kept_back(actor: Actor) -> Exists:
    """True for the clause texts of which a paragraph is kept from this person."""
    return Exists(
        _kept_back(actor, "version").filter(
            first_paragraph__lte=OuterRef("last_paragraph"), last_paragraph__gte=OuterRef("first_paragraph")
        )
    )


def _amendment(amendment: Amendment) -> Document | None:
    invitation = amendment.ret.invitation
    words = " ".join(filter(None, (amendment.before, amendment.after)))
    if not words:
        return None
    position = invitation.circulation.position
    title = f"{position.title}: amendment of {invitation.office_name}"
    return Document(title, words, position.key, amendment.ret.started_at.date(), POSITION, position.handling)


def amendments(actor: Actor) -> QuerySet[Amendment]:
    """An office finds its own; the secretariat all that it may see. What others released is read on the page.

    Nobody finds what changes a paragraph kept from them. What has no place might; the page looks at what its office
    was sent, the search leaves it out.
    """
    kept_back = _kept_back(actor, CIRCULATED)
    touches = [
        Exists(kept_back.filter(first_paragraph__lte=OuterRef(place), last_paragraph__gte=OuterRef(place)))
        for place in ("paragraph", "target")
    ]
    has_no_place = Q(Exists(kept_back), paragraph__lt=0)
    found = Amendment.objects.visible_to(actor).exclude(touches[0]).exclude(touches[1])
    return _of_offices(actor, found, might_tell=has_no_place)


def _in_force(actor: Actor, ret: str) -> Q:
    """The returns that count: what was taken back, set aside or followed by another is not found."""
    if actor.in_secretariat:
        return Q(**{f"{ret}state": "submitted"}) | Q(**{f"{ret}filed_for_office": True, f"{ret}state": "draft"})
    return Q(**{f"{ret}state__in": ["draft", "submitted"]})


def _of_offices(actor: Actor, found: QuerySet[Any], *, might_tell: Q, ret: str = "ret__") -> QuerySet[Any]:
    """An office's own words to the office; to the secretariat all but those that might tell of what is kept back."""
    own = Q(**{f"{ret}invitation__office__in": sorted(actor.offices)})
    return found.filter(own | ~might_tell) if actor.in_secretariat else found.filter(own)


def _comment(comment: ReturnComment) -> Document:
    invitation = comment.ret.invitation
    position = invitation.circulation.position
    title = f"{position.title}: comment of {invitation.office_name}"
    return Document(title, comment.text, position.key, comment.ret.started_at.date(), POSITION, position.handling)


def comments(actor: Actor) -> QuerySet[ReturnComment]:
    """As amendments are found: one on a clause that holds a paragraph kept from the reader might speak of it."""
    clause = ClauseText.objects.filter(version=OuterRef(CIRCULATED), clause=OuterRef("clause"))
    might_tell = Exists(clause.filter(_holds_kept_back(actor)))
    on_nothing = Q(Exists(_kept_back(actor, CIRCULATED)), clause__isnull=True)
    return _of_offices(actor, ReturnComment.objects.visible_to(actor), might_tell=Q(might_tell) | on_nothing)


def _return(ret: Return) -> Document | None:
    """What an office wrote to its return as a whole; without such words there is nothing to find."""
    return _of_office(ret, "note of", ret.note)


def _answer(answer: Answer) -> Document | None:
    """Why an office answers so; the words that it proposes are found as an amendment."""
    return _of_office(answer.ret, "reason of", answer.reason)


def _of_office(ret: Return, what: str, words: str) -> Document | None:
    if not words.strip():
        return None
    position = ret.invitation.circulation.position
    title = f"{position.title}: {what} {ret.invitation.office_name}"
    return Document(title, words, position.key, ret.started_at.date(), POSITION, position.handling)


def returns(actor: Actor) -> QuerySet[Return]:
    """As amendments are found, and of the same returns: a note speaks of the text as a whole."""
    kept_back = Exists(_kept_back(actor, "invitation__circulation__version"))
    found = Return.objects.visible_to(actor).filter(_in_force(actor, ""))
    return _of_offices(actor, found, might_tell=Q(kept_back), ret="")


def answers(actor: Actor) -> QuerySet[Answer]:
    """As comments are found: a reason on a clause that holds a paragraph kept from the reader might speak of it."""
    clause = ClauseText.objects.filter(pk=OuterRef("clause_text"))
    might_tell = Q(Exists(clause.filter(_holds_kept_back(actor))))
    found = Answer.objects.filter(_in_force(actor, "ret__"), ret__in=Return.objects.visible_to(actor))
    return _of_offices(actor, found, might_tell=might_tell)
