"""What every test of the radar’s pages shares: the server that plays sources back."""

from tests.apps.signals.conftest import playback

__all__ = ["playback"]
