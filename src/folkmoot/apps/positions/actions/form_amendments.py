"""Amendments that an office writes in the form: its wording of a clause, compared with the clause word by word."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from folkmoot.apps.positions import editions
from folkmoot.apps.positions.consolidation import around
from folkmoot.apps.positions.models import Amendment, Answer, ClauseText, Return
from folkmoot.engines import redline


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one paragraph, at characters `start` to `end`."""

    kind: str
    paragraph: int
    start: int
    end: int
    before: str
    after: str


def changes_between(paragraphs: Sequence[str], shown: Sequence[int], wanted: str) -> list[Change]:
    """What turns the paragraphs at these places into the wanted words.

    Paragraph is compared with paragraph where their number is the same; otherwise the first line stands for the first
    paragraph and so on, and what is over is inserted after the last or deleted.
    """
    lines = [line.strip() for line in wanted.splitlines() if line.strip()]
    places = [place for place in shown if paragraphs[place].strip()]
    found: list[Change] = []
    for place, line in zip(places, lines, strict=False):
        found.extend(_within(place, paragraphs[place], line))
    for place in places[len(lines) :]:
        found.append(Change("paragraph-delete", place, 0, len(paragraphs[place]), paragraphs[place], ""))
    follows = places[-1] if places else shown[-1]
    end = len(paragraphs[follows])
    found.extend(Change("paragraph-insert", follows, end, end, "", line) for line in lines[len(places) :])
    return found


def _within(place: int, old: str, new: str) -> Iterator[Change]:
    """Word-by-word changes inside one paragraph; a deletion beside an insertion is one replacement."""
    position, start, before, after = 0, 0, "", ""
    for kind, words in (*redline.compare_paragraphs(old, new), ("same", "")):
        if kind == "same":
            if before or after:
                yield Change(_kind(before, after), place, start, start + len(before), before, after)
                before = after = ""
            position += len(words)
            start = position
        elif kind == "delete":
            before += words
            position += len(words)
        else:
            after += words


def _kind(before: str, after: str) -> str:
    return "replace" if before and after else "delete" if before else "insert"


def amendments_from_words(ret: Return) -> None:
    """Make the amendments of a return's form anew from its wordings."""
    ret.amendments.filter(from_form=True).delete()
    answers = [a for a in ret.answers.select_related("clause_text") if a.proposed_words]
    if not answers:
        return
    paragraphs = editions.paragraphs(ret.invitation.circulation.version)
    for answer in answers:
        _write(ret, answer, answer.clause_text, paragraphs)


def _shown(text: ClauseText, paragraphs: Sequence[str], hidden: Collection[int]) -> list[int]:
    """The paragraphs that the form offers to change: those of the office's own copy, without the heading.

    A paragraph that its copy leaves out is not missing from its wording, and must not come back to it as deleted.
    """
    shown = [place for place in range(text.first_paragraph, text.last_paragraph + 1) if place not in hidden]
    has_heading = len(shown) > 1 and bool(text.heading) and paragraphs[shown[0]].strip() == text.heading.strip()
    return shown[1:] if has_heading else shown


def _write(ret: Return, answer: Answer, text: ClauseText, paragraphs: Sequence[str]) -> None:
    shown = _shown(text, paragraphs, ret.invitation.hidden_paragraphs)
    for number, change in enumerate(changes_between(paragraphs, shown, answer.proposed_words)):
        lead_in, lead_out = around(paragraphs, change.paragraph, change.start, change.end)
        Amendment.objects.create(
            ret=ret,
            clause_id=answer.clause_id,
            signature=f"form {text.pk} {number}",
            kind=change.kind,
            paragraph=change.paragraph,
            start=change.start,
            end=change.end,
            before=change.before,
            after=change.after,
            lead_in=lead_in,
            lead_out=lead_out,
            tracked=False,
            from_form=True,
        )
