"""Each room of the walk: its sample records and what everybody should meet at its addresses."""
