"""What every test of the issues pages shares: the offices in the register."""

from tests.apps.issues.conftest import network

__all__ = ["network"]
