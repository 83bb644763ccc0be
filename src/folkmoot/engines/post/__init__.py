"""Reads one mail as it came: who wrote, in what words, with which files, and what kind of mail it is."""
