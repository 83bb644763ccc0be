"""Tables of the mail room."""
