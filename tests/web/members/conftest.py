"""The register that the pages show."""

from tests.apps.members.conftest import coordinator, network, shipped

__all__ = ["coordinator", "network", "shipped"]
