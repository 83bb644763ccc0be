"""Folkmoot: the workbench of a secretariat that joins elected regional mayors."""
