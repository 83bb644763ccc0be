"""`folkmoot consensus`: what is agreed, what blocks, and whom to talk to."""
