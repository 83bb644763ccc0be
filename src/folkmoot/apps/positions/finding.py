"""What of the positions can be found, by whom: the room's own rules, put into the search's query."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions.hub import POSITION
from folkmoot.apps.positions.models import (
    Amendment,
    ClauseText,
    NarrowMark,
    Position,
    Publication,
    ReturnComment,
    Version,
)
from folkmoot.apps.positions.queries.outcome import published_text
from folkmoot.apps.search.index import reindex
from folkmoot.apps.search.registry import Document, SearchSource, register_search_source

SHORT = 80
# From what came back to the version that was sent.
CIRCULATED = "ret__invitation__circulation__version"


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(
        SearchSource("position", "Positions", Position, _position, lambda actor: Position.objects.visible_to(actor))
    )
    register_search_source(
        SearchSource("clause", "Clauses", ClauseText, _clause, clauses, ("version__position", "clause"))
    )
    register_search_source(
        SearchSource(
            "amendment", "Amendments", Amendment, _amendment, amendments, ("ret__invitation__circulation__position",)
        )
    )
    register_search_source(
        SearchSource(
            "comment", "Comments", ReturnComment, _comment, comments, ("ret__invitation__circulation__position",)
        )
    )
    register_search_source(
        SearchSource(
            "publication",
            "Published positions",
            Publication,
            _publication,
            lambda actor: Publication.objects.visible_to(actor),
            ("version__position",),
        )
    )


def follow(position: Position) -> None:
    """Index again what bears the title and the mark of a position."""
    reindex(ClauseText, ClauseText.objects.filter(version__position=position).values_list("pk", flat=True))
    for model in (Amendment, ReturnComment):
        rows = model.objects.filter(ret__invitation__circulation__position=position)
        reindex(model, rows.values_list("pk", flat=True))


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


def _of_offices(actor: Actor, found: QuerySet[Any], *, might_tell: Q) -> QuerySet[Any]:
    """An office's own words to the office; to the secretariat all but those that might tell of what is kept back."""
    own = Q(ret__invitation__office__in=sorted(actor.offices))
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
