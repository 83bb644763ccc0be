"""Tests of the access pages."""
