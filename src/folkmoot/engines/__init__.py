"""Engines think: pure Python, values in, values out."""
