"""The pages of a new installation: its first administrator, and what is still missing."""
