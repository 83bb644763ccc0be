"""Tables of the documents room."""
