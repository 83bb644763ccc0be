"""Knows the mails that answer a circulation by what they state: token, file, our own mail, sender; and trusts none.

What names an office (the token in the address or in the Word file, the mail of ours that is answered) says for which
office a mail is meant. Who wrote is said by the sender's address alone, which can be forged; so the most that follows
is a draft that a person confirms.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, listed_keys
from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import BY_MACHINES, Kind
from folkmoot.apps.mail.sorting import Verdict, answered, kind_of_machine, register_matcher
from folkmoot.apps.mail.taking import every_file, fitted
from folkmoot.apps.mail.tray import register_undo
from folkmoot.apps.positions import word
from folkmoot.apps.positions.actions import by_mail
from folkmoot.apps.positions.models import Invitation, Return
from folkmoot.engines import post

MOST_FILES = 20

# What a mail without a Word file holds, the most telling first.
_BY_FILE = {
    post.FileKind.WORD_OLD: Kind.WORD_OLD,
    post.FileKind.ODT: Kind.ODT,
    post.FileKind.RTF: Kind.RTF,
    post.FileKind.LOCKED: Kind.UNREADABLE_WORD,
    post.FileKind.PDF: Kind.PDF,
    post.FileKind.ZIP: Kind.ZIP,
    post.FileKind.WINMAIL: Kind.ZIP,
    post.FileKind.PICTURE: Kind.PICTURE,
    post.FileKind.SHEET: Kind.FILE,
    post.FileKind.MAIL: Kind.FILE,
    post.FileKind.OTHER: Kind.FILE,
}


def register() -> None:
    """Tell the mail room; called when the installation starts."""
    register_matcher(match)
    register_undo(Return._meta.label_lower, by_mail.drop_draft)


@dataclass(slots=True)
class Evidence:
    """For which invitations a mail may be meant, each with the reasons."""

    reasons: dict[Invitation, list[str]] = field(default_factory=lambda: defaultdict(list))
    copies: set[Invitation] = field(default_factory=set)

    def add(self, invitations: Iterable[Invitation], reason: Callable[[str], str]) -> None:
        """`reason` makes the sentence from the name of the office."""
        for invitation in invitations:
            self.reasons[invitation].append(reason(invitation.office_name))

    @property
    def rounds(self) -> set[int]:
        return {invitation.circulation_id for invitation in self.reasons}


def match(actor: Actor, message: InboxMessage, letter: post.Letter) -> Verdict | None:
    """What a mail is to the circulations; None where it has nothing to do with any."""
    words = _word_files(letter)
    evidence = _named(letter, words)
    sender = Account.objects.filter(email__iexact=letter.sender.address, is_active=True).first()
    offices = actor_for(sender, now=actor.now, today=actor.today).offices if sender else frozenset()
    machine = kind_of_machine(letter)
    if not evidence.reasons and machine not in BY_MACHINES:
        _by_sender(actor, evidence, letter, offices)
    if machine is not None:
        return _of_machine(machine, letter, evidence)
    if not evidence.reasons:
        return _without_round(sender)
    if len(evidence.rounds) > 1:
        return _several_rounds(evidence)
    return _of_round(actor, letter, _Case(evidence, sender, offices, words))


def _word_files(letter: post.Letter) -> list[tuple[post.Attachment, str]]:
    files = [pair for pair in every_file(letter) if pair[0].kind is post.FileKind.WORD]
    return files[:MOST_FILES]


def _named(letter: post.Letter, words: Sequence[tuple[post.Attachment, str]]) -> Evidence:
    """What the mail itself names."""
    evidence = Evidence()
    found = Invitation.objects.select_related("circulation__position", "circulation__version")
    for tag in letter.tags[:MOST_FILES]:
        # Some servers write addresses in small letters.
        named = list(found.filter(token=tag)) or list(found.filter(token__iexact=tag)[:2])
        if len(named) == 1:
            evidence.add(named, lambda office: f"It came to the address that our mails to {office} give.")
    ours = answered(letter)
    if ours is not None and ours.reply_tag:
        reader = ours.to_name
        evidence.add(found.filter(token=ours.reply_tag), lambda office: f"It answers our mail to {reader} of {office}.")
    for file, _ in words:
        token = word.token_of(file.data)
        named = list(found.filter(token=token)) if token else []
        evidence.copies.update(named)
        evidence.add(named, lambda office: f"Its Word file is the copy that was sent to {office}.")
    return evidence


def _by_sender(actor: Actor, evidence: Evidence, letter: post.Letter, offices: frozenset[str]) -> None:
    """The open circulations of the sender's office."""
    waiting = Invitation.objects.filter(
        office__in=sorted(offices),
        circulation__closed_at__isnull=True,
        circulation__closes_at__gt=actor.now,
    ).select_related("circulation__position", "circulation__version")
    address = letter.sender.address
    evidence.add(waiting, lambda office: f"{address} is an address of {office}, which an open circulation asks.")


def _verdict(kind: Kind, invitation: Invitation, reasons: Iterable[str], **more: object) -> Verdict:
    position = invitation.circulation.position
    private = position.audience == Audience.PRIVATE
    return Verdict(
        kind,
        tuple(reasons),
        about=invitation,
        label=f"{position.title}: {invitation.office_name}",
        sensitive=position.is_sensitive,
        private_to=tuple(listed_keys(position)) if private else None,
        **more,  # type: ignore[arg-type]
    )


def _of_machine(kind: Kind, letter: post.Letter, evidence: Evidence) -> Verdict | None:
    """What a machine wrote is noted at the office that it came from, and never answered."""
    if not evidence.reasons:
        return None
    invitation, reasons = next(iter(evidence.reasons.items()))
    said = " ".join(filter(None, (letter.subject, letter.text)))
    return _verdict(kind, invitation, reasons, outcome=fitted(said, 300) if kind is Kind.AUTO_REPLY else "")


def _without_round(sender: Account | None) -> Verdict | None:
    if sender is None:
        return None
    return Verdict(Kind.NO_ROUND, (f"{sender.name} is known here, and no circulation waits for an answer of theirs.",))


def _several_rounds(evidence: Evidence) -> Verdict:
    """The mail names several; whoever may see it must be allowed to see each of them."""
    reasons = [f"{i.circulation.position.title}: {' '.join(said)}" for i, said in evidence.reasons.items()]
    positions = [invitation.circulation.position for invitation in evidence.reasons]
    private = [set(listed_keys(p)) for p in positions if p.audience == Audience.PRIVATE]
    return Verdict(
        Kind.TWO_ROUNDS,
        tuple(reasons),
        sensitive=any(position.is_sensitive for position in positions),
        private_to=tuple(sorted(set.intersection(*private))) if private else None,
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known of a mail that is meant for one circulation."""

    evidence: Evidence
    sender: Account | None
    offices: frozenset[str]
    words: list[tuple[post.Attachment, str]]

    @property
    def invitation(self) -> Invitation:
        """The sender's own office where it is among those named, else the first that is."""
        named = list(self.evidence.reasons)
        return next((invitation for invitation in named if invitation.office in self.offices), named[0])


def _of_round(actor: Actor, letter: post.Letter, case: _Case) -> Verdict:
    invitation = case.invitation
    reasons = list(case.evidence.reasons[invitation])
    if letter.encryption is not post.Encryption.NONE:
        return _verdict(Kind.CLOSED, invitation, reasons)
    if invitation.office not in case.offices or case.sender is None:
        return _of_somebody_else(letter, case, reasons)
    reasons.append(f"{case.sender.name} speaks for {invitation.office_name}, if the mail is really theirs.")
    if not invitation.circulation.takes_answers(actor.now):
        return _verdict(Kind.LATE, invitation, reasons)
    others = sorted(copy.office_name for copy in case.evidence.copies if copy != invitation)
    if others:
        return _verdict(Kind.WRONG_COPY, invitation, [*reasons, f"The Word file is the copy of {', '.join(others)}."])
    kind = _by_files(letter, case.words)
    return _prepared(actor, case, reasons) if kind is Kind.RETURN else _verdict(kind, invitation, reasons)


def _of_somebody_else(letter: post.Letter, case: _Case, reasons: list[str]) -> Verdict:
    who = letter.sender.address or "A sender who is not named"
    office = case.invitation.office_name
    if case.sender is None:
        return _verdict(Kind.STRANGER, case.invitation, [*reasons, f"{who} is nobody’s address here."])
    return _verdict(Kind.OTHER_PERSON, case.invitation, [*reasons, f"{case.sender.name} does not speak for {office}."])


def _by_files(letter: post.Letter, words: Sequence[tuple[post.Attachment, str]]) -> Kind:
    """What the mail holds."""
    if len(words) == 1 and not words[0][1]:
        return Kind.RETURN
    if words:
        return Kind.ZIP if any(within for _, within in words) else Kind.SEVERAL
    held = {file.kind for file in letter.attachments if not file.inline}
    found = next((kind for file, kind in _BY_FILE.items() if file in held), None)
    if found in {None, Kind.PICTURE, Kind.FILE} and letter.links:
        return Kind.LINK
    return found or Kind.WORDS


def _prepared(actor: Actor, case: _Case, reasons: list[str]) -> Verdict:
    """A draft from the one Word file, where it can be read and nothing is in preparation."""
    invitation, (file, _) = case.invitation, case.words[0]
    assert case.sender is not None
    try:
        ret = by_mail.prepare_from_mail(
            actor, invitation=invitation, sender=case.sender, name=file.name or "return.docx", data=file.data
        )
    except Conflict as error:
        return _verdict(Kind.IN_HAND, invitation, [*reasons, str(error)])
    if ret.status in {"unreadable", "other-document"}:
        detail, unreadable = ret.detail, ret.status == "unreadable"
        by_mail.drop_draft(actor, ret.pk)
        return _verdict(Kind.UNREADABLE_WORD if unreadable else Kind.FILE, invitation, [*reasons, detail])
    outcome = by_mail.PREPARED.format(office=invitation.office_name)
    return _verdict(Kind.RETURN, invitation, reasons, made=ret, outcome=outcome)
