"""Stored files, and the limited process in which received files are read."""
