"""Tables of the positions room."""
