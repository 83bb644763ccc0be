"""Pages of the issues room."""
