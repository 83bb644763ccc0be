"""Wires the house together: settings, addresses, the server."""
