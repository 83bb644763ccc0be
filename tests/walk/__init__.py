"""The generated walk: every address as everybody, and a search for what they may not see."""
