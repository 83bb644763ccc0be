"""Pages of the shell room."""
