"""Abbreviations of kinds of body and ordinary words of policy: they mean it only in the right company."""

from collections.abc import Iterator, Sequence

from . import _cues as cues
from ._look import Look, at_start_of
from ._scan import Candidate, Hit
from ._values import Link


def short_forms(hit: Hit, candidates: Sequence[Candidate], look: Look) -> Iterator[Link]:
    """The kind of body or the matter that is meant, where its company says so and nothing speaks against it."""
    for entity, _ in candidates:
        if at_start_of(hit.sentence, entity.unlike):
            continue
        cue = at_start_of(hit.sentence, tuple(word for word in entity.company if word not in hit.surface.lower()))
        acts = (cues.ACTS.search(hit.after) or cues.WITH_ANOTHER.search(hit.after)) if entity.acts else None
        if entity.company and not cue and not acts:
            continue
        by = cue or (acts.group().strip() if acts else "")
        rule = "short form that acts as a body" if acts and not cue else "short form or word of policy in its company"
        yield Link(
            entity.id, entity.kind, entity.names[0].text, hit.start, hit.end, rule if by else "short form", by, "likely"
        )
