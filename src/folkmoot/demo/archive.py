"""Makes the invented memory: past papers of the network as Word files, taken in as a person would take them in."""

from datetime import date, timedelta

from folkmoot.apps.archive import actions
from folkmoot.demo.network import People, at
from folkmoot.engines.redline import DraftClause, compose

KEEPER = "Wren Halloran"
DEPARTMENT = "Department for Places and Transport"
Paper = tuple[str, str, int, str, str, str, tuple[str, ...]]

# Title, kind, how many days ago, who may see it, from whom, to whom, and its paragraphs.
PAPERS: tuple[Paper, ...] = (
    (
        "Bus grants: our answer to the consultation",
        "submission",
        910,
        "network",
        "Fourteen Regions",
        DEPARTMENT,
        (
            "We asked that the bus grant be paid for three years at a time, since operators order vehicles two years "
            "ahead.",
            "We asked that depots built with public money stay with the public when a contract ends.",
            "We did not ask for powers over school transport, on which the regions did not agree.",
        ),
    ),
    (
        "Reply of the department on the bus grant",
        "letter",
        840,
        "network",
        DEPARTMENT,
        "Fourteen Regions",
        (
            "The department will look at longer settlements in the next spending round and makes no promise on depots.",
            "Officials offer a meeting each quarter on how the grant is paid.",
        ),
    ),
    (
        "Mayors’ group: minutes of the spring meeting",
        "minutes",
        600,
        "network",
        "",
        "",
        (
            "The Mayors agreed to ask for one fund for adult skills, and to leave apprenticeships out of it.",
            "Saltcombe recorded that small ferries must be counted as public transport.",
        ),
    ),
    (
        "Warmer homes: what it costs a region",
        "report",
        420,
        "network",
        "",
        "",
        (
            "To insulate a terraced house of before 1919 cost between nine and fourteen thousand in the pilots.",
            "Half of the cost was scaffolding and survey, so streets are cheaper than single houses.",
        ),
    ),
    (
        "Ferry links: note of a call with officials",
        "other",
        200,
        "secretariat",
        "",
        "",
        (
            "Officials said in confidence that a harbour fund is being drafted and may open in the summer.",
            "We said that two regions would take part, and named neither.",
        ),
    ),
    (
        "What each region asked for in the last spending round",
        "report",
        1200,
        "secretariat",
        "",
        "",
        ("Nine regions asked for longer settlements, three for a visitor levy, and two for nothing that cost money.",),
    ),
)


def make_archive(people: People, today: date) -> None:
    """One import of all papers, put right where a guess was wrong, and taken in."""
    keeper = people.actor(KEEPER, at(today - timedelta(days=40)))
    files = [(f"{paper[0]}.docx", _word(paper, today)) for paper in PAPERS]
    batch = actions.stage(keeper, name="Papers of the first years", files=files)
    for paper, row in zip(PAPERS, batch.rows.order_by("place"), strict=True):
        title, kind, ago, audience, sent_from, sent_to, _paragraphs = paper
        actions.correct_row(
            keeper,
            row=row,
            title=title,
            kind=kind,
            day=(today - timedelta(days=ago)).isoformat(),
            audience=audience,
            handling="OFFICIAL",
            sent_from=sent_from,
            sent_to=sent_to,
        )
    actions.take_in(keeper, batch=batch, invented=True)


def _word(paper: Paper, today: date) -> bytes:
    title, _kind, ago, _audience, _sent_from, _sent_to, paragraphs = paper
    return compose(title, [DraftClause(1, title, paragraphs)], today=today - timedelta(days=ago))
