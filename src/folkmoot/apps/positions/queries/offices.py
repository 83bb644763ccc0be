"""The Offices tab: what became of a round, an office a row; the secretariat's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.tray_queries import mails_about
from folkmoot.apps.positions.models import Answer, Circulation, Invitation, Position, Return
from folkmoot.apps.positions.queries.returns import STATUS_WORDS

SHOWN = ("", "answered", "waiting", "step")


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office in a round."""

    invitation: Invitation
    people: int
    current: Return | None
    earlier: int
    how: str
    status: str
    sign: str
    is_late: bool
    mails: tuple[InboxMessage, ...] = ()

    @property
    def to_confirm(self) -> bool:
        """True of an answer that was prepared from a mail and is not submitted."""
        return _is_prepared(self.current)

    @property
    def is_answered(self) -> bool:
        return self.current is not None and self.current.state == "submitted"

    @property
    def needs_step(self) -> bool:
        """True where the secretariat should ask the office for something."""
        return self.is_late or self.sign == "act"


@dataclass(frozen=True, slots=True)
class OfficesPage:
    """A round with its offices; `rows` are those asked for, the counts are of all."""

    circulation: Circulation
    rounds: tuple[Circulation, ...]
    rows: tuple[OfficeRow, ...]
    asked: int
    answered: int
    steps: int
    disclosure: str

    @property
    def waiting(self) -> int:
        return self.asked - self.answered


def rounds_of(actor: Actor, position: Position) -> list[Circulation]:
    """Every round of a position, the newest first."""
    check(actor, Permission.CONSENSUS_READ)
    found = Circulation.objects.visible_to(actor).filter(position=position)
    return list(found.select_related("version", "position", "opened_by").order_by("-opened_at", "-pk"))


def offices_page(actor: Actor, circulation: Circulation, rounds: Sequence[Circulation], shown: str = "") -> OfficesPage:
    """The rows of a round; five queries, however many offices were asked."""
    check(actor, Permission.CONSENSUS_READ)
    returns = Return.objects.visible_to(actor).select_related("file").order_by("-started_at")
    invitations = circulation.invitations.annotate(people=Count("links", distinct=True)).prefetch_related(
        Prefetch("returns", queryset=returns)
    )
    asked = list(invitations.order_by("office_name"))
    mails = mails_about(actor, Invitation._meta.label_lower, [invitation.pk for invitation in asked])
    rows = [_row(i, i.people, actor.now, tuple(mails.get(i.pk, ()))) for i in asked]
    return OfficesPage(
        circulation=circulation,
        rounds=tuple(rounds),
        rows=tuple(row for row in rows if _is_shown(row, shown)),
        asked=len(rows),
        answered=sum(row.is_answered for row in rows),
        steps=sum(row.needs_step for row in rows),
        disclosure=circulation.get_disclosure_display(),
    )


def _is_shown(row: OfficeRow, shown: str) -> bool:
    return {
        "answered": row.is_answered,
        "waiting": not row.is_answered,
        "step": row.needs_step,
    }.get(shown, True)


def _row(invitation: Invitation, people: int, now: datetime, mails: tuple[InboxMessage, ...]) -> OfficeRow:
    returns = list(invitation.returns.all())
    order = {"submitted": 0, "draft": 1, "withdrawn": 2, "aside": 3, "superseded": 4}
    current = min(returns, key=lambda ret: order[ret.state], default=None)
    circulation = invitation.circulation
    answered = current is not None and current.state == "submitted"
    is_late = not answered and (now >= circulation.closes_at or circulation.closed_at is not None)
    words, sign = _status(current)
    return OfficeRow(
        invitation=invitation,
        people=people,
        current=current,
        earlier=len(returns) - (1 if current else 0),
        how=_how(current) if answered else "",
        status=words,
        sign=sign,
        is_late=is_late,
        mails=mails,
    )


def _is_prepared(ret: Return | None) -> bool:
    return ret is not None and ret.state == "draft" and ret.channel == "mail" and ret.filed_for_office


def _how(ret: Return | None) -> str:
    if ret is None:
        return ""
    how = ret.get_channel_display()
    how = f"{how}, filed by the secretariat" if ret.filed_for_office else how
    return f"{how}. Taken after closing: {ret.late_because}" if ret.late_because else how


def _status(ret: Return | None) -> tuple[str, str]:
    """What became of it in words, with the sign for it."""
    if ret is None:
        return STATUS_WORDS["none"]
    if ret.state == "withdrawn":
        return "Withdrawn by the office", "ring"
    if ret.state in {"aside", "superseded"}:
        return "Begun, and not submitted in time", "ring"
    if _is_prepared(ret):
        return "Came by mail, to confirm", "act"
    if ret.state == "draft":
        return "Being filed by the secretariat", "ring"
    return STATUS_WORDS.get(ret.status or "form", (ret.status, "act"))


@dataclass(frozen=True, slots=True)
class FiledReturn:
    """One return for the archive of a round."""

    ret: Return
    office: str
    number: int
    answers: tuple[Answer, ...]


def filed_returns(actor: Actor, circulation: Circulation) -> list[FiledReturn]:
    """Every return of a round that the secretariat holds, also superseded and withdrawn ones, by office and time."""
    check(actor, Permission.CONSENSUS_READ)
    answers = Answer.objects.select_related("clause_text").order_by("clause_text__place")
    found = (
        Return.objects.visible_to(actor)
        .filter(invitation__circulation=circulation)
        .select_related("invitation", "file", "started_by")
        .prefetch_related(Prefetch("answers", queryset=answers))
        .order_by("invitation__office_name", "started_at", "pk")
    )
    numbers: dict[int, int] = {}
    filed = []
    for ret in found:
        number = numbers[ret.invitation_id] = numbers.get(ret.invitation_id, 0) + 1
        filed.append(FiledReturn(ret, ret.invitation.office_name, number, tuple(ret.answers.all())))
    return filed


def return_with_file(actor: Actor, key: str) -> Return | None:
    """A return with a Word file, for the secretariat and the office's own people.

    A return that was disclosed to other offices is read clause by clause; its file may hold what its office kept to the
    secretariat.
    """
    found = Return.objects.visible_to(actor).filter(key=key, file__isnull=False)
    if not (actor.in_secretariat and not actor.confined):
        found = found.filter(invitation__office__in=sorted(actor.offices))
    return found.select_related("file", "invitation__circulation__position").first()


def copy_for(actor: Actor, circulation: Circulation, office: str) -> Invitation | None:
    """An office's copy as it was sent, for the secretariat and the office's own people."""
    found = circulation.invitations.filter(office=office)
    if not (actor.in_secretariat and not actor.confined):
        found = found.filter(office__in=sorted(actor.offices))
    return found.select_related("package").first()
