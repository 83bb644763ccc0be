"""What every test of the agenda pages starts from."""

import pytest

from tests.agenda_world import Agenda, make_agenda
from tests.cast import Cast


@pytest.fixture
def agenda(cast: Cast) -> Agenda:
    return make_agenda(cast)
