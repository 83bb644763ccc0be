"""The network's memory: past positions, submissions, minutes and letters, and questions answered from them."""
