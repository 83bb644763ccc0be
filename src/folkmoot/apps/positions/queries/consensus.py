"""Are we agreed? Answers by clause and office, what blocks it, and whom to talk to: the secretariat's page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.answers import current_answers, terms_on
from folkmoot.apps.positions.models import Answer, Circulation, ClauseText, Return, Stance
from folkmoot.apps.positions.stances import AS_IT_STANDS, analysed, engine_position
from folkmoot.engines import consensus

Accept = tuple[str, str, str]  # an office, a clause and the wording of it that it would accept


@dataclass(frozen=True, slots=True)
class OfficeColumn:
    """One column of the map."""

    key: str
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """The columns of one party, under its boxed letter."""

    letter: str
    name: str
    offices: tuple[OfficeColumn, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One office's stance on one clause."""

    stance: str
    what_if: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One row of the map, with its state and margin in words."""

    key: str
    number: str
    title: str
    importance: int
    groups: tuple[tuple[Cell, ...], ...]
    state: str
    margin: str
    reason: str
    stale: int


@dataclass(frozen=True, slots=True)
class Quote:
    """An office's own reason, on the clause that it concerns."""

    office: str
    clause: str
    words: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A smallest set of offices to talk to, what it would settle and what would be agreed then."""

    name: str
    size: int
    instead: tuple[str, ...]  # other sets that would settle the same
    settles: tuple[str, ...]
    accepts: tuple[Accept, ...]
    agreed: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be agreed if certain offices came to accept certain clauses; nothing of it is saved."""

    accepts: tuple[tuple[str, str, Accept], ...]
    agreed: int
    more: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsensusView:
    """The secretariat's page."""

    parties: tuple[PartyColumns, ...]
    rows: tuple[ClauseRow, ...]
    talks: tuple[Talk, ...]
    rule: str
    rule_name: str
    each_party: bool
    agreed: int
    open: int
    blocked: int
    importance: float
    importance_total: int
    proved: bool
    what_if: WhatIf | None
    released: tuple[str, ...]
    asked: int


def consensus_view(
    actor: Actor, circulation: Circulation, accepts: Sequence[Accept] = (), rule: str = ""
) -> ConsensusView:
    """The state of a circulation as the secretariat may see it; `accepts` are those of a "what if"."""
    check(actor, Permission.CONSENSUS_READ)
    question = _Question(actor, circulation, rule)
    now = analysed(question.position)
    then = _then(question, accepts)
    shown = then or now
    changed = {(office, clause) for office, clause, _ in accepts}
    statuses = [result.status for result in now.clauses]
    return ConsensusView(
        parties=question.parties,
        rows=tuple(question.row(result, changed) for result in shown.clauses),
        talks=tuple(question.talks(now)),
        rule=question.terms.in_words(),
        rule_name=question.terms.rule,
        each_party=question.terms.each_party,
        agreed=statuses.count("agreed"),
        open=statuses.count("open"),
        blocked=statuses.count("blocked"),
        importance=float(now.agreed_importance),
        importance_total=sum(importance for _, importance in question.clauses),
        proved=now.status == "optimal",
        what_if=_what_if(question, accepts, now, then) if then else None,
        released=tuple(
            Return.objects.filter(
                invitation__circulation=circulation, state="submitted", released_at__isnull=False
            ).values_list("invitation__office_name", flat=True)
        ),
        asked=len(question.offices),
    )


def _then(question: "_Question", accepts: Sequence[Accept]) -> consensus.Analysis | None:
    if not accepts:
        return None
    try:
        return consensus.what_if(question.position, accepts)
    except consensus.BadPosition:
        raise Invalid("One of the offices or clauses chosen is not part of this circulation. Choose again.") from None


def _what_if(
    question: "_Question", accepts: Sequence[Accept], now: consensus.Analysis, then: consensus.Analysis
) -> WhatIf:
    agreed = sum(result.status == "agreed" for result in then.clauses)
    return WhatIf(
        accepts=tuple(
            (question.names[office], question.settled(clause, variant), (office, clause, variant))
            for office, clause, variant in accepts
        ),
        agreed=agreed,
        more=agreed - sum(result.status == "agreed" for result in now.clauses),
        left=tuple(question.titles[result.id] for result in then.clauses if result.status != "agreed"),
    )


class _Question:
    """One circulation as the engine's question, with the names that answers are told in."""

    def __init__(self, actor: Actor, circulation: Circulation, rule: str) -> None:
        self.circulation = circulation
        self.terms = terms_on(actor.today)
        if rule:
            self.terms.rule = rule
        invitations = list(circulation.invitations.order_by("party", "office_name"))
        self.offices = [(i.office, i.party) for i in invitations]
        self.names = {i.office: i.office_name for i in invitations}
        texts = list(circulation.version.clause_texts.select_related("clause").order_by("place"))
        self.clauses = [(t.clause.key, t.clause.importance) for t in texts]
        self.numbers = {t.clause.key: t.number.rstrip(".") for t in texts}
        self.titles = {t.clause.key: str(t) or t.text[:60] for t in texts}
        self.importance = dict(self.clauses)
        self.headings = {t.clause.key: t.heading or t.text[:60] for t in texts}
        self.answers = current_answers(circulation)
        self.by_place = {(a.office, a.clause): a for a in self.answers}
        self.position = engine_position(self.terms, self.offices, self.clauses, self.answers)
        self.parties = _parties(self.offices, self.names)
        self.stale = _stale(circulation, texts)
        self.reasons = _reasons(circulation)

    def row(self, result: consensus.ClauseResult, changed: set[tuple[str, str]]) -> ClauseRow:
        key = result.id
        return ClauseRow(
            key=key,
            number=self.numbers[key],
            title=self.headings[key],
            importance=self.importance[key],
            groups=tuple(tuple(self._cell(o.key, key, changed) for o in party.offices) for party in self.parties),
            state=result.status,
            margin=_signed(result.margin),
            reason=self._why(result) + self._whose(key, result.variant),
            stale=sum((office, key) in self.stale for office, _ in self.offices),
        )

    def _cell(self, office: str, clause: str, changed: set[tuple[str, str]]) -> Cell:
        if (office, clause) in changed:
            return Cell(Stance.ACCEPT, what_if=True)
        answer = self.by_place.get((office, clause))
        return Cell(answer.stance if answer else "none", stale=(office, clause) in self.stale)

    def _whose(self, clause: str, wording: str | None) -> str:
        """Whose wording is meant, where it is not the text as it stands."""
        askers = sorted(self.names[a.office] for a in self.answers if a.clause == clause and a.wording == wording)
        return f"; in the wording of {_and(askers)}" if wording != AS_IT_STANDS and askers else ""

    def _why(self, result: consensus.ClauseResult) -> str:
        """The margin's reason in words."""
        if result.status == "agreed":
            return "to spare" if float(result.margin) > 0 else "rests on every answer it has"
        if result.link is not None:
            return "a link to another clause keeps it out"
        against = [self.names[m] for m in result.blockers if self._is_against(m, result.id)]
        if result.status == "blocked" and against:
            lines = [self.names[m] for m in result.blockers if self._stance(m, result.id) == Stance.RED_LINE]
            if lines and len(lines) < len(against):
                others = len(against) - len(lines)
                return f"red line of {_and(lines)}, and {others} objection{'s' if others > 1 else ''}"
            return f"{_and(lines)}: red line" if lines else f"{_and(against)} object{'s' if len(against) == 1 else ''}"
        return self._lacking(result)

    def _lacking(self, result: consensus.ClauseResult) -> str:
        """What an open clause waits for: the parties from which nobody supports it yet, or more answers."""
        silent = [party.name for party in self.parties if not any(self._supports(o.key, result) for o in party.offices)]
        if self.terms.each_party and silent and len(silent) < len(self.parties):
            return f"nobody of {_and(silent)} supports or accepts it"
        answered = sum(self._stance(office, result.id) != "none" for office, _ in self.offices)
        return f"{answered} of {len(self.offices)} answered on it"

    def _supports(self, office: str, result: consensus.ClauseResult) -> bool:
        answer = self.by_place.get((office, result.id))
        if answer is None:
            return False
        if result.variant == AS_IT_STANDS:
            return answer.stance in {Stance.SUPPORT, Stance.ACCEPT}
        return answer.wording == result.variant

    def _stance(self, office: str, clause: str) -> str:
        answer = self.by_place.get((office, clause))
        return answer.stance if answer else "none"

    def _is_against(self, office: str, clause: str) -> bool:
        return self._stance(office, clause) in {Stance.OBJECT, Stance.RED_LINE}

    def talks(self, now: consensus.Analysis) -> list[Talk]:
        """The smallest sets, fewest offices and most gained first; those that settle the same stand together."""
        settled: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        # Where a set could settle a clause in several wordings, the text as it stands goes first.
        for c in sorted(now.conversations, key=lambda c: c.variant != AS_IT_STANDS):
            settled[tuple(sorted(c.members))].setdefault(c.clause, c.variant)
        alike: dict[tuple[int, tuple[tuple[str, str], ...]], list[Sequence[str]]] = defaultdict(list)
        for members, places in settled.items():
            alike[len(members), tuple(sorted(places.items(), key=self._order))].append(members)
        agreed = sum(result.status == "agreed" for result in now.clauses)
        talks = [self._talk(sets, places, agreed + len(places)) for (_, places), sets in alike.items()]
        return sorted(talks, key=lambda talk: (talk.size, -talk.agreed, talk.name))

    def _order(self, place: tuple[str, str]) -> int:
        """Where a clause stands in the text."""
        return list(self.titles).index(place[0])

    def _talk(self, sets: Sequence[Sequence[str]], places: Sequence[tuple[str, str]], agreed: int) -> Talk:
        """The set that gave the most reasons, and the others that would do as well."""
        clauses = [clause for clause, _ in places]
        first, *others = sorted(sets, key=lambda members: (-len(list(self._quotes(members, clauses))), members))
        return Talk(
            name=self._together(first),
            size=len(first),
            instead=tuple(self._together(members) for members in others),
            settles=tuple(self.settled(clause, variant) for clause, variant in places),
            accepts=tuple((member, clause, variant) for clause, variant in places for member in first),
            agreed=agreed,
            quotes=tuple(self._quotes(first, clauses)),
        )

    def settled(self, clause: str, variant: str) -> str:
        """A clause by its name, and whose wording of it is meant."""
        return self.titles[clause] + self._whose(clause, variant).replace(";", ",", 1)

    def _together(self, members: Sequence[str]) -> str:
        return _and([self.names[member] for member in members], most=len(members))

    def _quotes(self, members: Sequence[str], clauses: Sequence[str]) -> Iterable[Quote]:
        """The own reasons of those to talk to, and of whoever objects, whichever wording would settle it."""
        for clause in clauses:
            against = [office for office, _ in self.offices if self._is_against(office, clause)]
            for office in dict.fromkeys([*members, *against]):
                words = self.reasons.get((office, clause))
                if words:
                    yield Quote(self.names[office], self.titles[clause], words)


def _and(names: Sequence[str], most: int = 3) -> str:
    """Names as a person writes them; a long list is cut with its count."""
    if len(names) > most:
        return f"{len(names)} offices"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def _signed(margin: float) -> str:
    """A margin with its sign: +2, −1."""
    number = int(margin) if float(margin).is_integer() else round(float(margin), 2)
    return f"+{number}" if number >= 0 else f"−{abs(number)}"


def _parties(offices: Sequence[tuple[str, str]], names: Mapping[str, str]) -> tuple[PartyColumns, ...]:
    grouped: dict[str, list[OfficeColumn]] = defaultdict(list)
    for office, party in offices:
        name = names[office]
        grouped[party].append(OfficeColumn(office, name[:3].upper(), name))
    letters: dict[str, str] = {}
    for party in grouped:
        letters[party] = next(
            (c.upper() for c in party if c.isalpha() and c.upper() not in letters.values()), str(len(letters) + 1)
        )
    return tuple(
        PartyColumns(letters[party], party or "No party", tuple(columns)) for party, columns in grouped.items()
    )


def _stale(circulation: Circulation, texts: Sequence[ClauseText]) -> set[tuple[str, str]]:
    """Answers on words that a later version changed: (office, clause)."""
    newest = circulation.position.versions.order_by("-number").first()
    if newest is None or newest.pk == circulation.version_id:
        return set()
    now = {t.clause_id: t.text for t in newest.clause_texts.all()}
    changed = [t.clause_id for t in texts if now.get(t.clause_id) != t.text]
    rows = Answer.objects.filter(
        ret__invitation__circulation=circulation, ret__state="submitted", clause__in=changed
    ).values_list("ret__invitation__office", "clause__key")
    return set(rows)


def _reasons(circulation: Circulation) -> dict[tuple[str, str], str]:
    rows = (
        Answer.objects.filter(ret__invitation__circulation=circulation, ret__state="submitted")
        .exclude(reason="")
        .values_list("ret__invitation__office", "clause__key", "reason")
    )
    return {(office, clause): reason for office, clause, reason in rows}


def answers_table(view: ConsensusView) -> list[list[str]]:
    """The map as a table: clause, then one column an office, then state and margin."""
    head = ["Clause", *(o.name for p in view.parties for o in p.offices), "State", "Margin", "Because"]
    labels = {**dict(Stance.choices), "none": "No answer"}
    rows = [
        [f"{r.number} {r.title}".strip(), *(labels[c.stance] for g in r.groups for c in g), r.state, r.margin, r.reason]
        for r in view.rows
    ]
    return [head, *rows]
