"""The demonstration network: complete, invented throughout, and the same each time it is made."""
