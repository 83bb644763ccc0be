"""What may be seen of the agenda room, always through the reader's own audience."""
