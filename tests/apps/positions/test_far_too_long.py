"""Word files with headings, numbers and names beyond all measure: kept, and short enough for every database."""

import pytest
from django.db.models import CharField, Model

from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Amendment, ClauseText, Return
from folkmoot.engines import redline
from tests.cast import Cast
from tests.positions_world import circulate, draft, invitation_of, marked_up


def too_long(row: Model) -> list[str]:
    """The fields of a row that PostgreSQL would refuse, and SQLite keeps."""
    fields = [field for field in row._meta.fields if isinstance(field, CharField) and field.max_length]
    return [field.name for field in fields if len(getattr(row, field.name) or "") > (field.max_length or 0)]


@pytest.mark.usefixtures("read_here")
def test_a_heading_of_a_thousand_letters(network: Cast) -> None:
    position = draft(network)
    long = redline.compose(
        "Buses", (redline.DraftClause(1, "Buses and trams " * 60, ("We ask for more.",)),), handling="OFFICIAL",
        today=network.actor("officer").today,
    )  # fmt: skip
    version = actions.import_draft(network.actor("officer"), position=position, name="long.docx", data=long)
    assert [field for text in ClauseText.objects.filter(version=version) for field in too_long(text)] == []
    assert version.clause_texts.get().heading.startswith("Buses and trams")


@pytest.mark.usefixtures("read_here")
def test_an_author_whose_name_fills_a_page(network: Cast) -> None:
    circulation = circulate(network, draft(network))
    invitation = invitation_of(circulation, "aldermere")
    data = marked_up(content(invitation.package), [("three", "five")], author="Maya Osei " * 100)
    officer = network.actor("member_officer")
    ret = actions.attach_word(
        officer, ret=actions.begin_return(officer, invitation=invitation), name="x.docx", data=data
    )
    assert too_long(Amendment.objects.get()) == []
    assert too_long(Return.objects.get(pk=ret.pk)) == []
