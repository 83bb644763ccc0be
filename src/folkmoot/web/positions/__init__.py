"""Pages of the positions room."""
