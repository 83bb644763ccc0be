"""Apps remember: tables, what may be seen, what may happen."""
