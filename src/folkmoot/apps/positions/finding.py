"""What of the positions can be found, by whom: the room's own rules, put into the search's query."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions.hub import POSITION
from folkmoot.apps.positions.models import Amendment, ClauseText, NarrowMark, Position, ReturnComment, Version
from folkmoot.apps.search.registry import Document, SearchSource, register_search_source

SHORT = 80


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


def _position(position: Position) -> Document:
    return Document(position.title, position.issue, position.key, position.created_at.date())


def _clause(text: ClauseText) -> Document:
    """Its number is left out: in a copy without kept-back paragraphs it is another."""
    position = text.version.position
    title = f"{position.title}: {text.heading or text.text[:SHORT]}"
    return Document(title, text.text, position.key, text.version.made_at.date(), POSITION)


def clauses(actor: Actor) -> QuerySet[ClauseText]:
    """The clauses of the newest version that this person may see, but those of which something is kept from them."""
    newest = Version.objects.visible_to(actor).filter(position=OuterRef("version__position")).order_by("-number")
    seen = NarrowMark.objects.visible_to(actor).values("pk")
    kept_back = NarrowMark.objects.exclude(pk__in=seen).filter(
        version=OuterRef("version"),
        first_paragraph__lte=OuterRef("last_paragraph"),
        last_paragraph__gte=OuterRef("first_paragraph"),
    )
    found = ClauseText.objects.filter(version=Subquery(newest.values("pk")[:1]))
    return found.filter(version__in=Version.objects.visible_to(actor)).exclude(Exists(kept_back))


def _amendment(amendment: Amendment) -> Document | None:
    invitation = amendment.ret.invitation
    words = " ".join(filter(None, (amendment.before, amendment.after)))
    if not words:
        return None
    position = invitation.circulation.position
    title = f"{position.title}: amendment of {invitation.office_name}"
    return Document(title, words, position.key, amendment.ret.started_at.date(), POSITION)


def amendments(actor: Actor) -> QuerySet[Amendment]:
    """An office finds its own; the secretariat all that it may see. What others released is read on the page."""
    found = Amendment.objects.visible_to(actor)
    return found if actor.in_secretariat else found.filter(ret__invitation__office__in=sorted(actor.offices))


def _comment(comment: ReturnComment) -> Document:
    invitation = comment.ret.invitation
    position = invitation.circulation.position
    title = f"{position.title}: comment of {invitation.office_name}"
    return Document(title, comment.text, position.key, comment.ret.started_at.date(), POSITION)


def comments(actor: Actor) -> QuerySet[ReturnComment]:
    """As amendments are found."""
    found = ReturnComment.objects.visible_to(actor)
    return found if actor.in_secretariat else found.filter(ret__invitation__office__in=sorted(actor.offices))
