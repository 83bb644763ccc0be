"""The positions room: each position at its stage, and who may open which of its pages."""

from tests.walk.address import HARROWMOOR, SECRETARIAT, Address
from tests.walk.rooms import positions_samples as samples
from tests.walk.world import World


def build(world: World) -> None:
    world["draft"] = samples.build_draft(world)
    world["confidential"] = samples.build_confidential(world)
    world["decided"] = samples.build_decided(world)
    world["signing"] = samples.build_signing(world)
    world["published"] = samples.build_published(world, make_pdf=lambda version: b"%PDF-1.4")


HIDDEN = [(samples.hide_another_draft, SECRETARIAT), (samples.hide_another_answer, HARROWMOOR)]
ADDRESSES: list[Address] = []
