"""Tests of the radar engine."""
