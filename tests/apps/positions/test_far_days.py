"""Closing days centuries away would make each page count the working days up to them."""

from datetime import datetime

import pytest

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Circulation
from tests.cast import Cast
from tests.positions_world import CLOSES, LONDON, circulate, draft

FAR = datetime(2999, 12, 31, 12, tzinfo=LONDON)


def test_a_round_closes_within_a_year(network: Cast) -> None:
    with pytest.raises(Invalid, match="within a year"):
        circulate(network, draft(network), closes_at=FAR)
    assert not Circulation.objects.exists()


def test_a_round_is_not_extended_beyond_a_year(network: Cast) -> None:
    circulation = circulate(network, draft(network))
    with pytest.raises(Invalid, match="within a year"):
        actions.extend(network.actor("officer"), circulation=circulation, closes_at=FAR)
    assert Circulation.objects.get().closes_at == CLOSES
