"""Pages of the agenda room."""
