"""Requests for information: the case, its days, what was found, what is held back and why, and the release."""
