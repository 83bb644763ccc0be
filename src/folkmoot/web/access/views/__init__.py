"""Views of the access pages, one module a subject."""
