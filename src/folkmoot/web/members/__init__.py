"""Pages of the members room."""
