"""One index over what every room holds; what a person may find is decided by the rooms' own rule, inside the query."""
