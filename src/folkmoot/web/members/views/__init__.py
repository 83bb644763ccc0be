"""Views of the members pages, one module a subject."""
