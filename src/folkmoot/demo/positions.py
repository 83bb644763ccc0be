"""Makes the invented positions, each taken to its state by the actions that a secretary would take."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.members.queries import add_working_days
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Amendment, Circulation, Invitation, Position, Version
from folkmoot.apps.positions.queries.circulate import offices_to_ask
from folkmoot.demo import texts
from folkmoot.demo.network import People, at
from folkmoot.demo.people import REGIONS, Region
from folkmoot.engines.redline import DraftClause
from folkmoot.web.positions.links import link_address
from folkmoot.web.positions.publishing import make_pdf

WORD = Path(__file__).parent / "word"
BEA = "Bea Colquitt"
JOSS = "Joss Tamwell"
HEAD = "Rosalind Theakstone"


class Making:
    """The people and the day, for every step that makes a position."""

    def __init__(self, people: People, today: date) -> None:
        self.people = people
        self.today = today

    def day(self, working_days: int) -> date:
        """A working day before or after today."""
        return add_working_days(self.today, working_days)

    def written(self, title: str, issue: str, clauses: Sequence[DraftClause], on: date, by: str = BEA) -> Position:
        """A position written in the browser."""
        officer = self.people.actor(by, at(on))
        position = actions.create_position(officer, title=title, issue=issue, invented=True)
        actions.write_draft(officer, position=position, clauses=clauses)
        return position

    def circulate(
        self,
        version: Version,
        opened: date,
        closes: date,
        *,
        question: str,
        letter: str = texts.BUS_LETTER,
        disclosure: str = "secretariat",
        only: Iterable[str] = (),
        by: str = BEA,
    ) -> Circulation:
        """Send a version to all regions, or to some."""
        wanted = set(only)
        offices = [o for o in offices_to_ask(opened) if not wanted or o.key in wanted]
        return actions.open_circulation(
            self.people.actor(by, at(opened, 10)),
            version=version,
            offices=offices,
            question=question,
            letter=letter,
            closes_at=at(closes, 12, 0),
            disclosure=disclosure,
            link_address=link_address,
        )

    def answer(self, circulation: Circulation, region: Region, stances: Mapping[str, str], on: datetime) -> None:
        """A region's answer by form: stance by clause number."""
        officer = self.people.actor(region.officer, on)
        invitation = circulation.invitations.get(office=region.key)
        actions.note_fetched(officer, invitation=invitation)
        ret = actions.begin_return(officer, invitation=invitation)
        actions.save_answers(officer, ret=ret, answers=self.given(invitation, region, stances))
        actions.submit_return(officer, ret=ret, whose_view="officer", cleared_by=region.chief_executive)

    def given(
        self, invitation: Invitation, region: Region, stances: Mapping[str, str]
    ) -> dict[str, actions.GivenAnswer]:
        """Stances by clause number as the form gives them, by clause key."""
        answers = {}
        for text in invitation.circulation.version.clause_texts.select_related("clause"):
            number = text.number.rstrip(".")
            if number in stances:
                reason = texts.REASONS.get((region.key, number), "")
                answers[text.clause.key] = actions.GivenAnswer(stance=stances[number], reason=reason)
        return answers

    def all_agree(self, circulation: Circulation, on: date, regions: Sequence[Region] = REGIONS) -> None:
        """Every region supports or can live with every clause."""
        numbers = [t.number.rstrip(".") for t in circulation.version.clause_texts.all()]
        for place, region in enumerate(regions):
            stance = "accept" if place % 4 == 3 else "support"
            self.answer(circulation, region, dict.fromkeys(numbers, stance), at(on, 11, place))
        consolidate(circulation, now=at(on, 12))

    def close(self, circulation: Circulation, on: date, by: str = BEA) -> None:
        actions.close_circulation(self.people.actor(by, at(on, 13)), circulation=circulation)
        circulation.position.refresh_from_db()

    def sign(self, position: Position, regions: Iterable[Region], on: date) -> None:
        """Mayors sign, one after another."""
        for place, region in enumerate(regions):
            mayor = self.people.actor(region.mayor, at(on, 14, place))
            actions.sign(mayor, position=position, office=region.key)
        position.refresh_from_db()


def make_positions(people: People, today: date) -> None:
    """One position in each state, and the one on buses with its fourteen returns."""
    making = Making(people, today)
    _published(making)
    _agreed(making)
    _signing(making)
    _withdrawn(making)
    _deciding(making)
    _drafting(making)
    _to_some(making)
    _bus(making)


def _to_sign_off(making: Making, position: Position, first: int) -> None:
    """Circulate, gather everybody's consent, close and ask for signatures, from a working day on."""
    circulation = making.circulate(
        position.versions.get(),
        making.day(first),
        making.day(first + 8),
        question="Can your mayor sign this text?",
        letter="The officers’ group has prepared this text. Please tell us clause by clause where you stand.",
    )
    making.all_agree(circulation, making.day(first + 4))
    making.close(circulation, making.day(first + 8))
    actions.ask_for_sign_off(making.people.actor(BEA, at(making.day(first + 9))), position=circulation.position)


def _published(making: Making) -> None:
    position = making.written("Crime against shops", "Safer high streets", texts.RETAIL_CRIME, making.day(-60))
    _to_sign_off(making, position, -58)
    position.refresh_from_db()
    making.sign(position, REGIONS, making.day(-45))
    head = making.people.actor(HEAD, at(making.day(-44)))
    actions.publish(head, position=position, embargo_until=None, make_pdf=make_pdf)
    text = position.versions.get().clause_texts.get(place=0)
    actions.draw_ask(
        making.people.actor(BEA, at(making.day(-43))),
        clause_text=text,
        words="Let neighbouring forces share officers for crime against shops.",
        department="Department for Places and Transport",
    )


def _agreed(making: Making) -> None:
    position = making.written("Land built on before", "Homes", texts.BROWNFIELD, making.day(-50), JOSS)
    _to_sign_off(making, position, -48)
    position.refresh_from_db()
    making.sign(position, REGIONS, making.day(-30))


def _signing(making: Making) -> None:
    position = making.written("Warmer homes", "Homes", texts.HOME_RETROFIT, making.day(-32), JOSS)
    _to_sign_off(making, position, -30)
    position.refresh_from_db()
    making.sign(position, [r for r in REGIONS if r.key not in {"lunsmere", "thornedale", "saltcombe"}], making.day(-4))
    actions.note_exception(
        making.people.actor(JOSS, at(making.day(-3))),
        position=position,
        office="lunsmere",
        words="Lunsmere runs its own scheme until next year and stands aside.",
    )


def _withdrawn(making: Making) -> None:
    position = making.written("Trains at night", "Railways", texts.NIGHT_TRAINS, making.day(-40), JOSS)
    actions.withdraw(
        making.people.actor(JOSS, at(making.day(-20))), position=position, reason="Overtaken by the new timetable."
    )


def _deciding(making: Making) -> None:
    position = making.written("One fund for adult skills", "Adult skills", texts.ADULT_SKILLS, making.day(-20), JOSS)
    circulation = making.circulate(
        position.versions.get(),
        making.day(-15),
        making.day(-3),
        question="What must change for your mayor to sign?",
        letter="This is the first draft. All offices see each other’s answers when the round closes.",
        disclosure="at-closing",
    )
    for place, region in enumerate(REGIONS[:11]):
        stances = dict.fromkeys(("1", "2", "3", "4"), "support" if place % 3 else "accept")
        if region.key == "harrowmoor":
            stances["2"] = "object"
        making.answer(circulation, region, stances, at(making.day(-5), 10, place))
    consolidate(circulation, now=at(making.day(-4)))
    making.close(circulation, making.day(-3), JOSS)


def _drafting(making: Making) -> None:
    position = making.written("A levy on overnight stays", "Visitor economy", texts.VISITOR_LEVY, making.day(-2))
    officer = making.people.actor(BEA, at(making.day(-2), 15))
    version = position.versions.get()
    second = version.clause_texts.get(place=1)
    actions.narrow(
        officer,
        version=version,
        first=second.last_paragraph,
        last=second.last_paragraph,
        audience=Audience.SECRETARIAT,
    )
    actions.invite_guest(officer, position=position, guest=making.people.accounts["Dr Corin Vale"])


def _to_some(making: Making) -> None:
    """A sensitive text that only the regions with a coast were asked about."""
    officer = making.people.actor(JOSS, at(making.day(-6)))
    position = actions.create_position(
        officer, title="Ferry links", issue="Coast", handling=Handling.OFFICIAL_SENSITIVE, invented=True
    )
    version = actions.write_draft(officer, position=position, clauses=texts.FERRY_LINKS)
    making.circulate(
        version,
        making.day(-5),
        making.day(9),
        question="Do these two clauses say what your harbours need?",
        letter="Please keep this within your office.",
        only={"ottermouth", "saltcombe", "northmarsh", "wyreham"},
        by=JOSS,
    )


def _bus(making: Making) -> None:
    """The position that the tutorial settles: an earlier round, then version 3 with fourteen returned Word files."""
    officer = making.people.actor(BEA, at(making.day(-35)))
    position = actions.create_position(
        officer, title="Bus franchising: a joint ask", issue="Bus franchising powers", invented=True
    )
    older = (WORD / "older.docx").read_bytes()
    actions.import_draft(officer, position=position, name="First sketch.docx", data=older, note="The officers’ sketch.")
    second = actions.import_draft(officer, position=position, name="Bus franchising 2.docx", data=older)
    first_round = making.circulate(
        second, making.day(-34), making.day(-24), question="Is this the right list of asks?", letter=texts.BUS_LETTER
    )
    making.all_agree(first_round, making.day(-28), REGIONS[:6])
    making.close(first_round, making.day(-24))
    position.refresh_from_db()
    third = actions.import_draft(
        making.people.actor(BEA, at(making.day(-12))),
        position=position,
        name="Bus franchising 3.docx",
        data=(WORD / "base.docx").read_bytes(),
        note="After the first round.",
    )
    circulation = making.circulate(
        third, making.day(-10), making.day(7), question=texts.BUS_QUESTION, letter=texts.BUS_LETTER
    )
    for place, region in enumerate(REGIONS):
        _returned(making, circulation, region, place, at(making.day(-8 + place // 2), 10 + place % 2, 5 + place))
    consolidate(circulation, now=at(making.day(-1), 9, 0))
    _decide_some(making, circulation)
    _fallback(making, position)


def _returned(making: Making, circulation: Circulation, region: Region, place: int, on: datetime) -> None:
    """A region's Word file, and its stances in the form beside it."""
    officer = making.people.actor(region.officer, on)
    invitation = circulation.invitations.get(office=region.key)
    actions.note_fetched(officer, invitation=invitation)
    ret = actions.begin_return(officer, invitation=invitation, channel="upload")
    name = f"{region.name}.docx"
    actions.attach_word(officer, ret=ret, name=f"Bus franchising, {name}", data=(WORD / name).read_bytes())
    stances = {
        number: texts.STANCES[row[place]] for number, row in texts.BUS_ANSWERS.items() if row[place] in texts.STANCES
    }
    actions.save_answers(officer, ret=ret, answers=making.given(invitation, region, stances))
    mayoral = place % 3 == 0
    actions.submit_return(
        officer,
        ret=ret,
        whose_view="mayor" if mayoral else "chief-executive",
        cleared_by=region.mayor if mayoral else region.chief_executive,
    )


def _decide_some(making: Making, circulation: Circulation) -> None:
    """A morning's work on the table, so that each kind of decision can be seen."""
    officer = making.people.actor(BEA, at(making.day(-1), 9, 10))
    asked = Amendment.objects.current().filter(ret__invitation__circulation=circulation)
    current = list(asked.select_related("ret__invitation__circulation__position"))
    for after, outcome, reason in (
        ("and vehicles", "taken", ""),
        ("first refusal on its depots", "not", "Gives no power if the owner does not sell."),
        ("whom both sides accept", "parked", "Until legal advice."),
        ("and tram", "taken", ""),
        (", ferry", "part", "Ferries are kept for the text on ferry links."),
    ):
        groups = {item.group for item in current if item.after.strip() == after}
        items = [item for item in current if item.group in groups]
        actions.decide(
            officer,
            items=items,
            outcome=outcome,
            reason=reason,
            serials={item.key: item.serial for item in items},
        )


def _fallback(making: Making, position: Position) -> None:
    newest = position.versions.order_by("-number")[0]
    clause = newest.clause_texts.get(number__startswith="5").clause
    actions.note_fallback(
        making.people.actor(BEA, at(making.day(-1), 9, 20)),
        clause=clause,
        words="Three years, with a review in the second, if five cannot be had.",
        people=[making.people.accounts[HEAD], making.people.accounts["Imran Wetherby"]],
    )
